import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { communeKey } from './place.ts'

/** The street of the place only: postal code and commune have fields of their own, and must not say otherwise. */
export const address: CheckKind = {
  reasons: () => ({ with_commune: [], other_postal_code: ['code', 'commune'] }),
  remember: false,
  make:
    ({ geography }) =>
    (value, record) => {
      const parts = FIVE_DIGITS.test(value) ? split(value) : null
      if (parts === null) return NOTHING
      const named = geography
        .byPostalCode(parts.code)
        .some(({ name }) => communeKey(name) === communeKey(parts.tail))
      return judge(parts, named, record)
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

/** `named`: the postal code is one of the commune whose name follows it. */
function judge(
  { street, code, tail }: Parts,
  named: boolean,
  { fields, place }: CheckedRecord,
): readonly Found[] {
  if (fields.code_postal?.trim() === code || place.commune?.postalCodes.includes(code)) {
    const names = [fields.commune ?? '', place.commune?.name ?? '', ...(place.commune?.formerNames ?? [])]
    const said = names.some((name) => communeKey(name) === communeKey(tail))
    return said && /\p{L}{2}/u.test(street) ? found('with_commune', street) : NOTHING
  }
  if (!named || fields.code_postal === null) return NOTHING
  return found('other_postal_code', null, { code, commune: tail })
}
