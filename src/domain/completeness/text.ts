/** How two wordings are compared: lower case, no accents, plain apostrophes and dashes, single spaces. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (PLAIN.test(lower)) return lower
  return lower
    .replaceAll('œ', 'oe')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘`´]/gu, "'")
    .replace(/[‐-―−]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Words of ASCII with single spaces between them, which is most of what is compared. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/u

/** Letters and digits only, folded: « L'Île-d'Arz » and « ile d arz » differ by their article alone. */
export function letters(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim()
}

/** A value short enough to be quoted in a sentence. */
export function quoted(text: string, limit = 60): string {
  if (text.length <= limit && !/\s\s|[\r\n]/u.test(text)) return text
  const signs = [...text.replace(/\s+/gu, ' ').trim()]
  return signs.length <= limit
    ? signs.join('')
    : `${signs
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}

/** The values of a field that takes several, whatever sign stands between them; none where it is empty. */
export function pieces(value: string | null): readonly string[] {
  if (value === null) return []
  return value
    .split(/[|;,]/u)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
}

/** The text without any of these signs at its end. (`/[.]+$/` looks at a run of them again from each of its signs.) */
export function withoutEnd(text: string, signs: string): string {
  let end = text.length
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
