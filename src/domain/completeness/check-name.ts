import { type CheckKind, found, NOTHING } from './check.ts'
import { fold } from './text.ts'

/**
 * `keep`: acronyms that stay in capitals; `accents`: words that capitals wrote without their accents; `short`: words of
 * four letters at most that are no acronyms, as the others of that length are taken to be.
 */
export type CapitalsParams = {
  readonly keep: readonly string[]
  readonly accents: readonly string[]
  readonly short: readonly string[]
}

const SMALL = new Set(
  'a au aux avec chez d dans de des du en entre et l la le les ou par pour sans sous sur un une'.split(' '),
)
/** What stands before a first name, however short. */
const SAINTS = new Set(['saint', 'sainte', 'st', 'ste'])
/** A single short word in capitals is taken for an acronym that nobody told us of. */
const ACRONYM = 6
/** So is a word this short among others: « CC DU PAYS DE DOL ». */
const SHORT = 4

/** A name all in capitals: right, but tiring to read and lost on a map. */
export const capitals: CheckKind<CapitalsParams> = {
  reasons: () => ({ capitals: [] }),
  remember: false,
  make: ({ params }) => {
    const keep = new Set(params.keep.map((word) => word.toUpperCase()))
    const words = new Map([...params.accents, ...params.short].map((word) => [fold(word), word]))
    return (value, { place }) => {
      if (/\p{Ll}/u.test(value) || !/\p{Lu}{2}/u.test(value)) return NOTHING
      const written = value.match(/\p{L}+/gu) ?? []
      if (written.length === 1 && written.join('').length <= ACRONYM) return NOTHING
      const suggestion = withCommune(frenchTitle(value, keep, words), place.commune?.name ?? '')
      return suggestion === value ? NOTHING : found('capitals', suggestion)
    }
  },
}

/** « CENTRE COMMUNAL D ACTION SOCIALE » → « Centre Communal d'Action Sociale ». */
function frenchTitle(text: string, keep: ReadonlySet<string>, words: ReadonlyMap<string, string>): string {
  const elided = text.replace(/\b([DL])[ ’](?=[AEIOUYHÀÂÉÈÊÎÔÛŒ])/gu, "$1'")
  let [first, saint] = [true, false]
  return elided.replace(/\p{L}+/gu, (word) => {
    const [leading, ofSaint] = [first, saint]
    const lower = word.toLowerCase()
    first = false
    saint = SAINTS.has(lower)
    if (keep.has(word)) return word
    if (lower === 'st' || lower === 'ste') return lower === 'st' ? 'Saint' : 'Sainte'
    const small = SMALL.has(lower)
    if (small && !leading) return lower
    const plain = /^[A-Z]+$/u.test(word)
    const known = plain ? words.get(lower) : undefined
    if (plain && !small && !ofSaint && known === undefined && word.length <= SHORT) return word
    const accented = known ?? lower
    return accented.charAt(0).toUpperCase() + accented.slice(1)
  })
}

/** The record's commune as the official list writes it, where the name holds it: « Le Mene » → « Le Mené ». */
function withCommune(name: string, commune: string): string {
  const plain = (text: string): string => fold(text).replace(/[-']/gu, ' ')
  const [within, searched] = [plain(name), plain(commune)]
  const at =
    searched.length < 3 || within.length !== name.length ? -1 : ` ${within} `.indexOf(` ${searched} `)
  return at < 0 ? name : name.slice(0, at) + commune + name.slice(at + searched.length)
}
