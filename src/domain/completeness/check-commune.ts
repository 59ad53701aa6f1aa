import type { Commune, Geography } from '../geography.ts'
import { type CheckKind, type CheckedRecord, type Found, found, NOTHING } from './check.ts'
import { communeAmongNames, communeInPart, communeKey, communeNamed } from './commune-names.ts'
import { distance } from './distance.ts'
import { memoOfPair } from './memo.ts'
import { speaksFor } from './other-voices.ts'
import { type Place, wholeCommune } from './place.ts'
import { departmentsOf, readPostalCode } from './postal-code.ts'

/** The commune's name is that of its code, or of one of those that use its postal code. */
export const communeName: CheckKind = {
  reasons: () => ({
    spelling: [],
    former: ['commune'],
    partial: ['commune'],
    other_name: ['commune', 'code'],
    other_postal_code: ['code', 'codes'],
    unknown: ['code'],
    other_epci: ['commune', 'epci', 'linked'],
  }),
  remember: false,
  make: ({ geography }) => {
    const compared = memoOfPair((code, name) => compareNames(name, geography.commune(code), geography))
    const lost = memoOfPair((postalCode, name) => nowhere(name, postalCode, geography))
    return (value, record) => {
      const { commune, elsewhere, meant, by } = record.place
      if (elsewhere !== null) return otherPostalCode(elsewhere, record)
      if (commune === null) return lost(record.fields.code_postal?.trim() ?? '', value)
      if (meant !== null) return NOTHING
      const named =
        value === commune.name ? NOTHING : sided(compared(commune.code, value), value, record, geography)
      const apart = by === 'name' || by === 'department' ? otherEpci(record.place, geography) : NOTHING
      return apart === NOTHING ? named : [...named, ...apart]
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
  if (commune.formerNames?.some((old) => communeKey(old) === key))
    return found('former', name, { commune: name })
  const around = geography.byDepartment(departmentsOf(code)[0] ?? '')
  if (communeAmongNames(value, [commune], around) !== null) return found('spelling', name)
  const namesake = around.some((one) => communeKey(one.name) === key)
  if (!namesake && communeInPart(value, [commune]) !== null) return found('partial', name, { commune: name })
  return found('other_name', null, { commune: name, code })
}

/** Where the postal code sides with the INSEE code, and nothing with the name, the name is the one at fault. */
function sided(
  compared: readonly Found[],
  value: string,
  record: CheckedRecord,
  geography: Geography,
): readonly Found[] {
  const [first] = compared
  const own = record.place.commune
  const postal = readPostalCode(record.fields.code_postal?.trim() ?? '')?.code ?? ''
  if (first?.reason !== 'other_name' || own === null || !own.postalCodes.includes(postal)) return compared
  const [department = ''] = departmentsOf(postal)
  const side = communeNamed(value, geography.byDepartment(department)) ?? { name: value }
  return speaksFor(side, own, record, geography) ? compared : [{ ...first, suggestion: own.name }]
}

/** A name and a postal code that are both right, of two places. */
function otherPostalCode({ postalCodes }: Commune, { fields }: CheckedRecord): readonly Found[] {
  const code = readPostalCode(fields.code_postal?.trim() ?? '')?.code ?? fields.code_insee ?? ''
  return found('other_postal_code', null, { code, codes: firstThree(postalCodes) })
}

/** No commune could be told: it is a fault of the name only where the postal code is one. */
function nowhere(name: string, postal: string, geography: Geography): readonly Found[] {
  const read = readPostalCode(postal)
  if (read === null || read.padded) return NOTHING
  const { code } = read
  const users = geography.byPostalCode(code)
  if (users.length === 0) return NOTHING
  const key = communeKey(name)
  const near = key.length > LONGEST ? [] : users.filter((one) => distance(key, communeKey(one.name), 2) <= 2)
  return found('unknown', near.length === 1 && key.length >= 6 ? (near[0]?.name ?? null) : null, { code })
}

/** No name of a commune is longer. */
const LONGEST = 60

/** The link of a person wins over the commune, and where they disagree it is said. */
export function otherEpci({ commune, linked }: Place, geography: Geography): readonly Found[] {
  if (commune === null || linked === null || commune.epci === linked) return NOTHING
  const name = (siren: string | null): string =>
    siren === null ? 'aucun EPCI' : (geography.epci(siren)?.name ?? siren)
  return found('other_epci', null, { commune: commune.name, epci: name(commune.epci), linked: name(linked) })
}

/** Enough of them to recognise a place by. */
export function firstThree(postalCodes: readonly string[]): string {
  return postalCodes.slice(0, 3).join(', ')
}
