import { type CheckKind, found, NOTHING } from './check.ts'
import { fold } from './text.ts'

/** `keep`: acronyms that stay in capitals; `accents`: words that capitals wrote without their accents. */
export type CapitalsParams = { readonly keep: readonly string[]; readonly accents: readonly string[] }

const SMALL = new Set(
  'a au aux avec chez d dans de des du en entre et l la le les ou par pour sans sous sur un une'.split(' '),
)
/** A single short word in capitals is taken for an acronym that nobody told us of. */
const ACRONYM = 6

/** A name all in capitals: right, but tiring to read and lost on a map. */
export const capitals: CheckKind<CapitalsParams> = {
  reasons: () => ({ capitals: [] }),
  scope: 'value',
  make: ({ params }) => {
    const keep = new Set(params.keep.map((word) => word.toUpperCase()))
    const accents = new Map(params.accents.map((word) => [fold(word), word]))
    return (value) => {
      if (/\p{Ll}/u.test(value) || !/\p{Lu}{2}/u.test(value)) return NOTHING
      const words = value.match(/\p{L}+/gu) ?? []
      if (words.length === 1 && (words[0]?.length ?? 0) <= ACRONYM) return NOTHING
      const suggestion = frenchTitle(value, keep, accents)
      return suggestion === value ? NOTHING : found('capitals', suggestion)
    }
  },
}

/** « CENTRE COMMUNAL D ACTION SOCIALE » → « Centre Communal d'Action Sociale ». */
function frenchTitle(text: string, keep: ReadonlySet<string>, accents: ReadonlyMap<string, string>): string {
  const elided = text.replace(/\b([DL])[ ’](?=[AEIOUYHÀÂÉÈÊÎÔÛŒ])/gu, "$1'")
  let first = true
  return elided.replace(/\p{L}+/gu, (word) => {
    const leading = first
    first = false
    const lower = word.toLowerCase()
    if (keep.has(word)) return word
    if (SMALL.has(lower) && !leading) return lower
    const accented = accents.get(fold(word)) ?? lower
    return accented.charAt(0).toUpperCase() + accented.slice(1)
  })
}
