import type { Commune, Geography } from '../geography.ts'
import { firstThree, otherEpci } from './check-commune.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { communeKey } from './commune-names.ts'
import { speaksFor } from './other-voices.ts'
import { readInseeCode, wholeCommune } from './place.ts'
import { readPostalCode } from './postal-code.ts'

/** The INSEE code is a commune's, of today, and lies in the EPCI the record is linked to. */
export const codeInsee: CheckKind = {
  reasons: () => ({
    unknown: [],
    leading_zero: [],
    notation: [],
    merged: ['commune'],
    other_commune: ['commune', 'meant'],
    other_epci: ['commune', 'epci', 'linked'],
  }),
  remember: false,
  make:
    ({ geography }) =>
    (value, record) => {
      const { commune, by, meant } = record.place
      if (commune !== null && (by === 'code' || by === 'successor')) {
        if (meant !== null) return otherCommune(commune, meant, record, geography)
        const apart = otherEpci(record.place, geography)
        if (by === 'successor') return [...found('merged', commune.code, { commune: commune.name }), ...apart]
        const mended = misspelt(value, geography)
        return mended === NOTHING ? apart : [...mended, ...apart]
      }
      const bearer = geography.commune(readInseeCode(value, geography))
      if (commune !== null && bearer !== null) return otherCommune(bearer, commune, record, geography)
      return found('unknown', commune?.code ?? null)
    },
}

/** A code that can be read, and is not written as it must be. */
function misspelt(value: string, geography: Geography): readonly Found[] {
  const code = readInseeCode(value, geography)
  if (value.trim().toUpperCase() === code) return NOTHING
  return found(/^\s*\d{4}\s*$/u.test(value) ? 'leading_zero' : 'notation', code)
}

function otherCommune(
  coded: Commune,
  meant: Commune,
  record: CheckedRecord,
  geography: Geography,
): readonly Found[] {
  const facts = { commune: coded.name, meant: meant.name }
  return found('other_commune', speaksFor(coded, meant, record, geography) ? null : meant.code, facts)
}

/** The postal code is one, and the commune uses it. CEDEX codes stand in no public list: they are `unknown`. */
export const codePostal: CheckKind = {
  reasons: () => ({
    format: [],
    notation: [],
    cedex: [],
    insee: ['commune'],
    unknown: [],
    other_commune: ['commune', 'codes'],
  }),
  remember: false,
  make:
    ({ geography }) =>
    (value, record) => {
      const { place } = record
      const commune = place.by === 'name' ? null : place.commune
      const read = readPostalCode(value.trim())
      if (read === null || (read.padded && !isPadded(read.code, record, geography)))
        return found('format', namesAnother(value, commune) ? null : onlyPostalCode(commune))
      const { code } = read
      const users = geography.byPostalCode(code)
      if (read.cedex) return found('cedex', users.length > 0 ? code : onlyPostalCode(commune))
      const notation = code === value ? NOTHING : found('notation', code)
      if (commune?.postalCodes.includes(code)) return notation
      if (users.length === 0)
        return [
          ...notation,
          ...(inseeCode(code, record, geography) ?? found('unknown', onlyPostalCode(commune))),
        ]
      if (commune === null || wholeCommune(commune, geography).postalCodes.includes(code)) return notation
      if (place.meant !== null) return notation
      return [...notation, ...found('other_commune', ...otherCode(commune, users, record, geography))]
    },
}

/**
 * A code that is no postal code but the INSEE code of the record's own commune: its postal code is meant. null: nothing
 * else of the record names that commune, and the code may as well be a CEDEX one.
 */
function inseeCode(
  code: string,
  { place, fields }: CheckedRecord,
  geography: Geography,
): readonly Found[] | null {
  const coded = geography.commune(code) ?? geography.successor(code)
  if (coded === null) return null
  const named = communeKey(fields.commune ?? '') === communeKey(coded.name)
  if (!named && place.commune?.code !== coded.code) return null
  return found('insee', onlyPostalCode(coded), { commune: coded.name })
}

/** Where the name sides with the INSEE code, and nothing with the postal code, the postal code is the one at fault. */
function otherCode(
  commune: Commune,
  users: readonly Commune[],
  record: CheckedRecord,
  geography: Geography,
): [suggestion: string | null, facts: Found['facts']] {
  const facts = { commune: commune.name, codes: firstThree(commune.postalCodes) }
  const sure =
    communeKey(record.fields.commune ?? '') === communeKey(commune.name) &&
    !users.some((user) => speaksFor(user, commune, record, geography))
  return [sure ? onlyPostalCode(commune) : null, facts]
}

/** Whether a zero before four digits makes a code of the commune; of any, where no name says otherwise. */
function isPadded(code: string, { fields, place }: CheckedRecord, geography: Geography): boolean {
  if (place.commune !== null) return place.commune.postalCodes.includes(code)
  return fields.commune === null && geography.byPostalCode(code).length > 0
}

/** Whether a value holds a postal code that is not the commune's: then it is not for us to choose. */
function namesAnother(value: string, commune: Commune | null): boolean {
  const codes = value.match(/(?<!\d)\d{5}(?!\d)/gu) ?? []
  return codes.some((code) => commune?.postalCodes.includes(code) !== true)
}

function onlyPostalCode(commune: Commune | null): string | null {
  return commune?.postalCodes.length === 1 ? (commune.postalCodes[0] ?? null) : null
}
