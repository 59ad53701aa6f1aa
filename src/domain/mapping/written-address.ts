/** What one cell says of where a place is, as it is written; null: it does not say it. */
export type WrittenAddress = {
  readonly street: string | null
  readonly postalCode: string
  readonly commune: string
}

const CODE = String.raw`(\d{2} ?\d{3})`
/** Not a number and not one letter alone: what follows a code in a street is no commune. */
const TOWN = String.raw`(\p{L}[^\d,;()\n]*\p{L})`
const CEDEX = String.raw`(?:\s+cedex(?:\s*\d+)?)?`
const BEHIND = new RegExp(String.raw`^(?:(.+?)[\s,;–—-]+)?(?<!\d)${CODE}(?!\d)[\s,;–—-]+${TOWN}$`, 'su')
const BEFORE = new RegExp(
  String.raw`^(?:(.+?)\s*[,;\n–—]\s*)?${TOWN}\s*(?:\(\s*${CODE}\s*\)|[\s,–—-]\s*${CODE})$`,
  'su',
)
const ENDING = new RegExp(String.raw`${CEDEX}(?:\s*,?\s*\(?france\)?)?\s*$`, 'iu')
/** Longer is no address: the patterns would look at each of its spaces many times. */
const LONGEST = 200

/**
 * « 29200 BREST », « Brest (29200) », « 12 rue de la Paix, 29200 Brest Cedex 2 »: a postal code and its commune, behind a
 * street where there is one; null: it is nothing of that kind.
 */
export function readAddress(text: string): WrittenAddress | null {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST) return null
  const bare = trimmed.replace(ENDING, '').trim()
  const [, street, code, town] = BEHIND.exec(bare) ?? []
  if (code !== undefined && town !== undefined) return written(street, code, town)
  const [, before, name, bracketed, behind] = BEFORE.exec(bare) ?? []
  const last = bracketed ?? behind
  return name === undefined || last === undefined ? null : written(before, last, name)
}

function written(street: string | undefined, code: string, commune: string): WrittenAddress {
  const own = street?.trim() ?? ''
  return { street: own === '' ? null : own, postalCode: code.replaceAll(' ', ''), commune: commune.trim() }
}
