import type { Commune, Geography } from '../geography.ts'
import { counted } from '../typography.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { communeKey, communeNamed } from './commune-names.ts'
import { memo, memoOfPair } from './memo.ts'
import { wholeCommune } from './place.ts'
import { readPostalCode } from './postal-code.ts'
import { letters } from './text.ts'

/** The street of the place only: postal code and commune have fields of their own, and must not say otherwise. */
export const address: CheckKind = {
  reasons: () => ({
    with_commune: [],
    other_commune: ['commune', 'own'],
    other_postal_code: ['code', 'commune', 'own'],
  }),
  remember: false,
  make: ({ geography }) => {
    const keyOf = memo(communeKey)
    const communeOf = memoOfPair((code, tail) => communeNamed(tail, geography.byPostalCode(code), keyOf))
    return (value, record) => {
      if (!FIVE_DIGITS.test(value) || value.length > LONGEST) return NOTHING
      const towns = townsOf(value)
      return towns.length === 0 ? NOTHING : judge(value, towns, record, { communeOf, keyOf, geography })
    }
  },
}

const FIVE_DIGITS = /\d{5}/u
/** A longer text is no address. */
const LONGEST = 1000
/** A number that such a word announces is that of a box, not of a town. */
const BOX = /\b(?:BP|CS|TSA|CEDEX)\s*(?:n\s*°?)?\s*$/iu

/** What is known of towns; names and codes are remembered. */
type Towns = {
  /** The commune of a postal code that bears a name. */
  readonly communeOf: (code: string, name: string) => Commune | null
  readonly keyOf: (name: string) => string
  readonly geography: Geography
}

/** A postal code in an address, where its mention begins (« F-35000 »), and what follows it, up to the next one. */
type Town = { readonly from: number; readonly code: string; readonly tail: string }

/** « 16 Rue de Rennes, 35410 Châteaugiron, France » → 35410, « Châteaugiron ». */
function townsOf(value: string): readonly Town[] {
  const codes = [...value.matchAll(/(?<!\d)(?:\b(?:FR?|FRANCE)\s?[-–]\s?)?(\d{5})(?!\d)/giu)].filter(
    ({ index }) => !BOX.test(value.slice(Math.max(0, index - 20), index)),
  )
  return codes.map(({ index, 0: mention, 1: code = '' }, at) => {
    const tail = value.slice(index + mention.length, codes[at + 1]?.index ?? value.length)
    const name = tail
      .replace(/^[\s,;:.–—-]+/u, '')
      .replace(/[\s,;.–—-]+$/u, '')
      .replace(/[\s,]+france$/iu, '')
    return { from: index, code, tail: name }
  })
}

function judge(value: string, all: readonly Town[], record: CheckedRecord, towns: Towns): readonly Found[] {
  const other = all.flatMap((town) => another(town, record, towns))
  if (other.length > 0) return other.slice(0, 1)
  const own = all.filter((town) => isOwn(town, record, towns))
  const first = own[0]
  // From the first mention on, the address must say nothing but the place; what stands before is kept.
  if (first === undefined || own.length !== all.filter(({ from }) => from >= first.from).length)
    return NOTHING
  const street = value
    .slice(0, first.from)
    .replace(/[\s,;:–—(-]+$/u, '')
    .trim()
  return readsAsStreet(street, record, towns) ? found('with_commune', street) : NOTHING
}

/** A town that is not the record's own: then one of the two is false, and which is not for us to say. */
function another({ code, tail }: Town, { fields, place }: CheckedRecord, towns: Towns): readonly Found[] {
  const { commune } = place
  const postal = readPostalCode(fields.code_postal?.trim() ?? '')?.code ?? null
  const said = towns.communeOf(code, tail)
  const own = commune?.name ?? fields.commune ?? ''
  const sameTown =
    said !== null && commune !== null && said.code === wholeCommune(commune, towns.geography).code
  // Where the address agrees with the name, the name's own finding tells what the code says.
  const named = [own, fields.commune ?? ''].some(
    (name) => name !== '' && towns.keyOf(tail) === towns.keyOf(name),
  )
  if (said !== null && !sameTown && !named && own !== '' && (postal === code || postal === null)) {
    const known = postal === code || commune?.postalCodes.includes(code) === true
    return known ? found('other_commune', null, { commune: said.name, own }) : NOTHING
  }
  if (postal === null || postal === code) return NOTHING
  if (commune?.postalCodes.includes(code) !== true && said === null && tail !== '') return NOTHING
  const users = towns.geography.byPostalCode(code)
  if (users.length === 0) return NOTHING // a CEDEX code
  const name = said?.name ?? (users.length === 1 ? (users[0]?.name ?? '') : counted(users.length, 'commune'))
  return found('other_postal_code', null, { code, commune: name, own: postal })
}

/** Whether code and name are those of the record's own cells, of which none says otherwise: nothing is lost with them. */
function isOwn(
  { code, tail }: Town,
  { fields, place }: CheckedRecord,
  { keyOf, communeOf, geography }: Towns,
): boolean {
  const { commune, code_postal: postal } = fields
  if (postal === null || readPostalCode(postal.trim())?.code !== code) return false
  if (place.meant !== null || place.elsewhere !== null) return false
  if (tail === '') return true
  if (commune === null || keyOf(tail) !== keyOf(commune)) return false
  if (place.commune !== null) {
    const said = communeOf(code, tail) ?? place.commune
    const whole = wholeCommune(place.commune, geography)
    const same =
      said.code === whole.code &&
      [whole, place.commune, ...(whole.formerNames ?? []).map((name) => ({ name }))].some(
        ({ name }) => keyOf(name) === keyOf(tail),
      )
    if (!same) return false
  }
  const numbers = (text: string): string => (text.match(/\d+/gu) ?? []).join(' ')
  const isCedex = (text: string): boolean => /\bcedex\b/u.test(letters(text))
  return isCedex(tail)
    ? letters(tail) === letters(commune)
    : numbers(tail) === '' || numbers(tail) === numbers(commune)
}

/** Whether what is left is an address: a word that is not the place's name alone, nothing begun and not ended. */
function readsAsStreet(street: string, { fields, place }: CheckedRecord, { keyOf }: Towns): boolean {
  const words = street.toLowerCase().split(/[\s,;.'’()-]+/u)
  const said = words.filter((word) => /\p{L}{3}/u.test(word) && !SMALL.has(word))
  const isBegun = SMALL.has(words.at(-1) ?? '') || (words.length === 1 && STREETS.has(words[0] ?? ''))
  if (said.length === 0 || isBegun) return false
  if (street.split('(').length !== street.split(')').length) return false
  const names = [fields.commune, place.commune?.name ?? null]
  return !names.some((name) => name !== null && keyOf(name) === keyOf(street))
}

/** Words after which something must come. */
const SMALL = new Set(
  'à au aux bp cedex chez code cs d de des du en et f fr france l la le les n n° no numéro ou par postal pour près sur tsa'.split(
    ' ',
  ),
)
const STREETS = new Set('allée avenue boulevard chemin cours impasse place quai route rue square'.split(' '))
