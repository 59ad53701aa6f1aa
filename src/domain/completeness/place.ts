import type { Actor, ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { communeAmongNames, communeInPart, communeKey, communeNamed } from './commune-names.ts'
import { memo, memoOfPair } from './memo.ts'
import { departmentsOf, onlyEpci, readPostalCode } from './postal-code.ts'

/** Where a record says it is. */
export type Place = {
  /**
   * The commune of today: by its code, its code's successor, or its name and postal code when they name one only, else its
   * name where it is unique in its département. A postal code in the place of the INSEE code is no code.
   */
  readonly commune: Commune | null
  /** What told the commune. */
  readonly by: Told | null
  /**
   * The commune that name and postal code agree on, where the INSEE code is another's: then the code is at fault, and
   * the two that agree are not to be accused. null: nothing so clear.
   */
  readonly meant: Commune | null
  /** The commune that the name alone says, in the département of a postal code that it does not use: one of the two is false. */
  readonly elsewhere: Commune | null
  /** SIREN of the EPCI it was linked to by a person; null: none. */
  readonly linked: string | null
  /** SIREN of the EPCI the record counts for: the link, else the commune's, else that of its postal code; null: none. */
  readonly epci: string | null
}

type Told = 'code' | 'successor' | 'name' | 'department'
type Found = Pick<Place, 'commune' | 'by' | 'meant' | 'elsewhere'> & { readonly epci: string | null }
type Placed = Pick<Actor, 'fields' | 'linkedEpci' | 'notInEpci'>

/** Finds the commune and the EPCI of records; remembers the names it has compared. */
export function placeFinder(geography: Geography): (record: Placed) => Place {
  const byName = nameFinder(geography)
  const byCode = codeFinder(geography)
  const find = (fields: ActorFields): Found => {
    const coded = byCode(fields)
    if (coded !== null && coded.commune.name === fields.commune) return told(coded.commune, coded.by)
    // Where there is no postal code, the INSEE code may be one.
    const postal = fields.code_postal ?? fields.code_insee ?? ''
    const named = byName(postal, fields.commune ?? '')
    if (coded === null) return named
    const meant = named.by === 'name' ? named.commune : null
    if (meant === null || meant.code === wholeCommune(coded.commune, geography).code)
      return told(coded.commune, coded.by)
    const typedPostalCode = meant.postalCodes.includes(fields.code_insee?.trim() ?? '')
    return typedPostalCode ? named : { ...told(coded.commune, coded.by), meant }
  }
  return ({ fields, linkedEpci, notInEpci = null }) => {
    const { epci, ...found } = find(fields)
    const own = epci === notInEpci ? null : epci
    return { ...found, linked: linkedEpci, epci: linkedEpci ?? own }
  }
}

function told(commune: Commune, by: Told): Found {
  return { commune, by, meant: null, elsewhere: null, epci: commune.epci }
}

/** By name and postal code, else by one of them as far as it goes. */
function nameFinder(geography: Geography): (postal: string, name: string) => Found {
  const keyOf = memo(communeKey)
  const inDepartment = memoOfPair((department, name) => {
    return communeNamed(name, geography.byDepartment(department), keyOf)
  })
  return memoOfPair((postal, name): Found => {
    const read = readPostalCode(postal.trim())
    if (read === null) return NOWHERE
    const { code, padded } = read
    const users = geography.byPostalCode(code)
    if (name === '') return { ...NOWHERE, epci: onlyEpci(code, geography) }
    const around = () => departmentsOf(code).flatMap((department) => geography.byDepartment(department))
    const exact = communeNamed(name, users, keyOf) ?? communeAmongNames(name, users, around())
    if (exact !== null) return told(exact, 'name')
    if (padded) return NOWHERE // Five digits of which one was added prove nothing where the name does not agree.
    const unique = departmentsOf(code).map((department) => inDepartment(department, name))
    const elsewhere = unique.find((commune) => commune !== null) ?? null
    if (users.length === 0) return elsewhere === null ? NOWHERE : told(elsewhere, 'department')
    const epci = onlyEpci(code, geography)
    if (elsewhere !== null) return { ...NOWHERE, elsewhere, epci: elsewhere.epci === epci ? epci : null }
    const inPart = communeInPart(name, users)
    return inPart === null ? { ...NOWHERE, epci } : told(inPart, 'name')
  })
}

const NOWHERE: Found = { commune: null, by: null, meant: null, elsewhere: null, epci: null }

/** By the INSEE code: that of a commune, or of one that was merged into it. */
function codeFinder(geography: Geography) {
  /** An old code is also the postal code of others: what else is written must then speak for the old commune. */
  const isPostalCode = (
    code: string,
    successor: Commune,
    { commune: name, code_postal: postal }: ActorFields,
  ) =>
    geography.byPostalCode(code).length > 0 &&
    !successor.postalCodes.includes(readPostalCode(postal?.trim() ?? '')?.code ?? '') &&
    (name === null || communeNamed(name, [successor]) === null)
  return (fields: ActorFields): { readonly commune: Commune; readonly by: Told } | null => {
    const written = fields.code_insee
    if (written === null) return null
    const code = geography.commune(written) === null ? readInseeCode(written, geography) : written
    const commune = geography.commune(code)
    if (commune !== null) return { commune, by: 'code' }
    const successor = geography.successor(code)
    if (successor === null || isPostalCode(code, successor, fields)) return null
    return { commune: successor, by: 'successor' }
  }
}

/** An INSEE code as people write it: in small letters, with spaces, without its first zero. */
export function readInseeCode(value: string, geography: Geography): string {
  const code = value.toUpperCase().replace(/[\s.-]/gu, '')
  return /^\d{4}$/u.test(code) && geography.commune(`0${code}`) !== null ? `0${code}` : code
}

/** An arrondissement of Paris, Lyon or Marseille is a commune to people, and part of one to the list. */
export function wholeCommune(commune: Commune, geography: Geography): Commune {
  return geography.successor(commune.code) ?? commune
}
