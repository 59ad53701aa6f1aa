/** A name that every file system and every header takes: « fiche-territoire-ca-saint-brieuc.pdf ». */
export function pdfName(...parts: readonly string[]): string {
  return `${fileWords(...parts)}.pdf`
}

/** The same without its ending. */
export function fileWords(...parts: readonly string[]): string {
  const words = parts
    .join(' ')
    .replaceAll(/œ/giu, 'oe')
    .replaceAll(/æ/giu, 'ae')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/gu, '')
  return words === '' ? 'document' : words
}

const LONGEST = 120
