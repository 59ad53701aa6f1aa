/** A sentence with plain spaces where French typography has no-break ones. */
export function plainSpaces(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/gu, ' ')
}

/** The same, with typewriter apostrophes too: as it is typed in a test. */
export function plain(text: string): string {
  return plainSpaces(text).replaceAll('’', "'")
}
