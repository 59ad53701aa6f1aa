import type { Commune } from '../geography.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { memo, memoOfPair } from './memo.ts'
import { communeKey, communeNamed } from './commune-names.ts'

/** The street of the place only: postal code and commune have fields of their own, and must not say otherwise. */
export const address: CheckKind = {
  reasons: () => ({
    with_commune: [],
    other_commune: ['commune', 'own'],
    other_postal_code: ['code', 'commune'],
  }),
  remember: false,
  make: ({ geography }) => {
    const keyOf = memo(communeKey)
    const communeOf = memoOfPair((code, tail) => communeNamed(tail, geography.byPostalCode(code), keyOf))
    return (value, record) => {
      const parts = FIVE_DIGITS.test(value) ? split(value) : null
      return parts === null ? NOTHING : judge(parts, record, { communeOf, keyOf })
    }
  },
}

/** The commune of a postal code that bears a name, and how names are compared; both remember. */
type Towns = {
  readonly communeOf: (code: string, name: string) => Commune | null
  readonly keyOf: (name: string) => string
}

const FIVE_DIGITS = /\d{5}/u
/** A number that such a word announces is that of a box, not of a town. */
const BOX = /\b(?:BP|CS|TSA)\s*n?°?\s*$/iu

type Parts = { readonly street: string; readonly code: string; readonly tail: string }

/** « 16 Rue de Rennes, 35410 Châteaugiron, France » → street, postal code, and what follows it; null: none is said. */
function split(value: string): Parts | null {
  const last = [...value.matchAll(/(?<!\d)\d{5}(?!\d)/gu)].at(-1)
  if (last === undefined) return null
  const [before, after] = [value.slice(0, last.index), value.slice(last.index + 5)]
  const tail = after
    .replace(/^[\s,;–—-]+/u, '')
    .replace(/[\s,.]+$/u, '')
    .replace(/[\s,]+france$/iu, '')
  if (tail === '' || BOX.test(before)) return null
  return { street: before.replace(/[\s,;–—-]+$/u, '').trim(), code: last[0], tail }
}

function judge(
  { street, code, tail }: Parts,
  { fields, place }: CheckedRecord,
  { communeOf, keyOf }: Towns,
): readonly Found[] {
  const own = place.commune
  const names = [fields.commune, own?.name ?? null].filter((name) => name !== null)
  const same = fields.code_postal?.trim() === code || own?.postalCodes.includes(code) === true
  if (same && names.some((name) => keyOf(name) === keyOf(tail)))
    return /\p{L}{2}/u.test(street) ? found('with_commune', street) : NOTHING
  const said = communeOf(code, tail)
  if (said === null || names.length === 0 || own?.code === said.code) return NOTHING
  if (same) return found('other_commune', null, { commune: said.name, own: own?.name ?? names[0] ?? '' })
  return fields.code_postal === null
    ? NOTHING
    : found('other_postal_code', null, { code, commune: said.name })
}
