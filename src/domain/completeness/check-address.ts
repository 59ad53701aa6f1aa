import type { Commune } from '../geography.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { communeKey, communeNamed } from './place.ts'

/** The street of the place only: postal code and commune have fields of their own, and must not say otherwise. */
export const address: CheckKind = {
  reasons: () => ({
    with_commune: [],
    other_commune: ['commune', 'own'],
    other_postal_code: ['code', 'commune'],
  }),
  remember: false,
  make:
    ({ geography }) =>
    (value, record) => {
      const parts = FIVE_DIGITS.test(value) ? split(value) : null
      if (parts === null) return NOTHING
      return judge(parts, communeNamed(parts.tail, geography.byPostalCode(parts.code)), record)
    },
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

/** `said`: the commune of that postal code whose name follows it; null: none. */
function judge(
  { street, code, tail }: Parts,
  said: Commune | null,
  { fields, place }: CheckedRecord,
): readonly Found[] {
  const own = place.commune
  const names = [fields.commune, own?.name ?? null].filter((name) => name !== null)
  const same = fields.code_postal?.trim() === code || own?.postalCodes.includes(code) === true
  if (same && names.some((name) => communeKey(name) === communeKey(tail)))
    return /\p{L}{2}/u.test(street) ? found('with_commune', street) : NOTHING
  if (said === null || names.length === 0 || own?.code === said.code) return NOTHING
  if (same) return found('other_commune', null, { commune: said.name, own: own?.name ?? names[0] ?? '' })
  return fields.code_postal === null
    ? NOTHING
    : found('other_postal_code', null, { code, commune: said.name })
}
