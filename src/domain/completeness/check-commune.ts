import type { ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { type CheckKind, type Found, found, NOTHING } from './check.ts'
import { distance } from './distance.ts'
import { memoOfPair } from './memo.ts'
import { communeKey, communeNamed, type Place, wholeCommune } from './place.ts'

/** The INSEE code is a commune's, of today, and lies in the EPCI the record is linked to. */
export const codeInsee: CheckKind = {
  reasons: () => ({
    unknown: [],
    leading_zero: [],
    merged: ['commune'],
    other_commune: ['commune', 'meant'],
    other_epci: ['commune', 'epci', 'linked'],
  }),
  remember: false,
  make:
    ({ geography }) =>
    (value, { fields, place }) => {
      if (place.by === 'code') {
        const { meant } = place
        if (meant === null) return otherEpci(place, geography)
        return found('other_commune', meant.code, { commune: place.commune?.name ?? '', meant: meant.name })
      }
      if (place.by === 'successor' && place.commune !== null) {
        const { code, name } = place.commune
        return [...found('merged', code, { commune: name }), ...otherEpci(place, geography)]
      }
      const code = value.trim()
      const padded = `0${code}`
      if (/^\d{4}$/u.test(code) && geography.commune(padded) !== null) return found('leading_zero', padded)
      const meant = place.commune ?? communeNamed(fields.commune ?? '', geography.byPostalCode(code))
      return found('unknown', meant?.code ?? null)
    },
}

/** The postal code is one, and the commune uses it. CEDEX codes stand in no public list: they are `unknown`. */
export const codePostal: CheckKind = {
  reasons: () => ({ format: [], notation: [], unknown: [], other_commune: ['commune', 'codes'] }),
  remember: false,
  make:
    ({ geography }) =>
    (value, { fields, place }) => {
      const commune = place.by === 'name' ? null : place.commune
      const code = plainPostalCode(value, commune, geography)
      if (code === null) return found('format', onlyPostalCode(commune))
      const notation = code === value ? NOTHING : found('notation', code)
      if (commune?.postalCodes.includes(code)) return notation
      const users = geography.byPostalCode(code)
      if (users.length === 0) return [...notation, ...found('unknown', onlyPostalCode(commune))]
      if (commune === null || wholeCommune(commune, geography).postalCodes.includes(code)) return notation
      if (place.meant !== null) return notation
      const facts = { commune: commune.name, codes: commune.postalCodes.slice(0, 3).join(', ') }
      const sure = communeKey(fields.commune ?? '') === communeKey(commune.name)
      return [...notation, ...found('other_commune', sure ? onlyPostalCode(commune) : null, facts)]
    },
}

/** The commune's name is that of its code, or of one of those that use its postal code. */
export const communeName: CheckKind = {
  reasons: () => ({
    spelling: [],
    former: ['commune'],
    other_name: ['commune', 'code'],
    unknown: ['code'],
    other_epci: ['commune', 'epci', 'linked'],
  }),
  remember: false,
  make: ({ geography }) => {
    const compared = memoOfPair((code, name) => compareNames(name, geography.commune(code), geography))
    const lost = memoOfPair((postalCode, name) => nowhere(name, postalCode, geography))
    return (value, { fields, place }) => {
      const { commune } = place
      if (commune === null) return lost(fields.code_postal?.trim() ?? '', value)
      if (place.meant !== null) return NOTHING
      const named = value === commune.name ? NOTHING : sided(compared(commune.code, value), commune, fields)
      const elsewhere = place.by === 'name' ? otherEpci(place, geography) : NOTHING
      return elsewhere === NOTHING ? named : [...named, ...elsewhere]
    }
  },
}

function compareNames(value: string, commune: Commune | null, geography: Geography): readonly Found[] {
  if (commune === null) return NOTHING
  const { code, name } = commune
  const key = communeKey(value)
  const city = wholeCommune(commune, geography)
  if (city !== commune)
    return key === communeKey(city.name) ? NOTHING : found('other_name', null, { commune: name, code })
  if (key === communeKey(name)) return found('spelling', name)
  const former = commune.formerNames?.some((old) => communeKey(old) === key)
  return former
    ? found('former', name, { commune: name })
    : found('other_name', null, { commune: name, code })
}

/** Where the postal code sides with the INSEE code, the name is the one at fault. */
function sided(
  compared: readonly Found[],
  { name, postalCodes }: Commune,
  { code_postal: code }: ActorFields,
): readonly Found[] {
  const [first] = compared
  if (first?.reason !== 'other_name' || code === null || !postalCodes.includes(code.trim())) return compared
  return [{ ...first, suggestion: name }]
}

/** No commune could be told: it is a fault of the name only where the postal code is one. */
function nowhere(name: string, code: string, geography: Geography): readonly Found[] {
  const users = geography.byPostalCode(code)
  if (users.length === 0) return NOTHING
  const key = communeKey(name)
  const near = users.filter((commune) => distance(key, communeKey(commune.name), 2) <= 2)
  return found('unknown', near.length === 1 && key.length >= 6 ? (near[0]?.name ?? null) : null, { code })
}

/** The link of a person wins over the commune, and where they disagree it is said. */
function otherEpci({ commune, linked }: Place, geography: Geography): readonly Found[] {
  if (commune === null || linked === null || commune.epci === linked) return NOTHING
  const name = (siren: string | null): string =>
    siren === null ? 'aucun EPCI' : (geography.epci(siren)?.name ?? siren)
  return found('other_epci', null, { commune: commune.name, epci: name(commune.epci), linked: name(linked) })
}

const FIVE_DIGITS = /^\d{5}$/u

/** Five digits; null where none can be read: `35 000`, `35000 CEDEX`, `1000` (a spreadsheet took the zero). */
function plainPostalCode(value: string, commune: Commune | null, geography: Geography): string | null {
  if (FIVE_DIGITS.test(value)) return value
  const plain = value
    .replace(/\s+/gu, '')
    .replace(/^F-?/iu, '')
    .replace(/CEDEX\d*$/iu, '')
  const padded = `0${plain}`
  // Where the commune is known, the zero may as well be missing at the end.
  const known = commune?.postalCodes ?? (geography.byPostalCode(padded).length > 0 ? [padded] : [])
  if (known.includes(padded)) return padded
  return FIVE_DIGITS.test(plain) ? plain : null
}

function onlyPostalCode(commune: Commune | null): string | null {
  return commune?.postalCodes.length === 1 ? (commune.postalCodes[0] ?? null) : null
}
