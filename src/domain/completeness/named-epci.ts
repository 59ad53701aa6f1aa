import type { ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { communeAmongNames, communeInPart, communeKey } from './commune-names.ts'
import { placeFinder, wholeCommune } from './place.ts'
import { departmentsOf, readPostalCode } from './postal-code.ts'

/** The one EPCI that the place of a record names (SIREN); or that its words contradict each other, or name none. */
export type NamedEpci =
  | { readonly siren: string }
  | { readonly siren: null; readonly why: 'nothing' | 'contradiction' }

/**
 * Which EPCI the commune, the INSEE code and the postal code of a record name together. They may name several communes,
 * as long as all lie in one EPCI; a code or a name that nobody knows says nothing. It is asked before something is
 * written in people's place: where in doubt, none.
 */
export function epciNamer(geography: Geography): (fields: ActorFields) => NamedEpci {
  const placeOf = placeFinder(geography)
  return (fields) => {
    const { commune, meant, elsewhere, epci } = placeOf({ fields, linkedEpci: null })
    if (epci === null) return { siren: null, why: elsewhere === null ? 'nothing' : 'contradiction' }
    const lies = ({ epci: other }: Commune) => other === epci
    const contradicted =
      (meant !== null && !lies(meant)) ||
      (elsewhere !== null && !lies(elsewhere)) ||
      (commune !== null && postalCodePointsAway(fields, commune, geography, lies)) ||
      (commune !== null && namePointsAway(fields, commune, epci, geography))
    return contradicted ? { siren: null, why: 'contradiction' } : { siren: epci }
  }
}

/** A postal code that is one, and that no commune of the EPCI uses. */
function postalCodePointsAway(
  { code_postal: written }: ActorFields,
  commune: Commune,
  geography: Geography,
  lies: (commune: Commune) => boolean,
): boolean {
  const code = readPostalCode(written?.trim() ?? '')?.code ?? ''
  const users = geography.byPostalCode(code)
  if (users.length === 0 || wholeCommune(commune, geography).postalCodes.includes(code)) return false
  return !commune.postalCodes.includes(code) && !users.some(lies)
}

/** A name that is neither the commune's, of today or before, nor that of another commune of its EPCI. */
function namePointsAway(
  { commune: written }: ActorFields,
  commune: Commune,
  epci: string,
  geography: Geography,
): boolean {
  const key = communeKey(written ?? '')
  if (key === '') return false
  const bears = (one: Commune | null) =>
    one !== null && [one.name, ...(one.formerNames ?? [])].some((name) => communeKey(name) === key)
  if (bears(commune) || bears(wholeCommune(commune, geography))) return false
  const around = geography.byDepartment(departmentsOf(commune.code)[0] ?? '')
  if (communeAmongNames(written ?? '', [commune], around) !== null) return false
  if (communeInPart(written ?? '', [commune]) !== null) return false
  return !geography.epci(epci)?.communes.some((code) => bears(geography.commune(code)))
}
