import type { ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { memo, memoOfPair } from './memo.ts'
import { letters } from './text.ts'

/** Where a record says it is. */
export type Place = {
  /** The commune of today: by its code, its code's successor, or its name and postal code when they name one only. */
  readonly commune: Commune | null
  /** What told the commune. */
  readonly by: 'code' | 'successor' | 'name' | null
  /**
   * The commune that name and postal code agree on, where the INSEE code is another's: then the code is at fault, most
   * often a postal code typed there, and the two that agree are not to be accused. null: nothing so clear.
   */
  readonly meant: Commune | null
  /** SIREN of the EPCI it was linked to by a person; null: none. */
  readonly linked: string | null
  /** SIREN of the EPCI the record counts for: the link, else the commune's; null: none. */
  readonly epci: string | null
}

type Found = { readonly commune: Commune; readonly by: 'code' | 'successor' | 'name' }
type Placed = { readonly fields: ActorFields; readonly linkedEpci: string | null }

/** Finds the commune and the EPCI of records; remembers the names it has compared. */
export function placeFinder(geography: Geography): (record: Placed) => Place {
  const keyOf = memo(communeKey)
  const named = memoOfPair((postalCode, name) =>
    communeNamed(name, geography.byPostalCode(postalCode), keyOf),
  )
  const findCommune = (fields: ActorFields): Found | null => {
    const code = fields.code_insee
    if (code !== null) {
      const known = geography.commune(code) ?? geography.commune(code.trim().toUpperCase())
      if (known !== null) return { commune: known, by: 'code' }
      const successor = geography.successor(code.trim().toUpperCase())
      if (successor !== null) return { commune: successor, by: 'successor' }
    }
    if (fields.commune === null || fields.code_postal === null) return null
    const commune = named(fields.code_postal.trim(), fields.commune)
    return commune === null ? null : { commune, by: 'name' }
  }
  const otherMeant = ({ commune: name, code_postal: postal }: ActorFields, commune: Commune) => {
    if (name === null || postal === null || name === commune.name) return null
    const meant = named(postal.trim(), name)
    return meant === null || meant.code === wholeCommune(commune, geography).code ? null : meant
  }
  return ({ fields, linkedEpci }) => {
    const found = findCommune(fields)
    if (found === null) return { commune: null, by: null, meant: null, linked: linkedEpci, epci: linkedEpci }
    const { commune, by } = found
    const meant = by === 'code' ? otherMeant(fields, commune) : null
    return { commune, by, meant, linked: linkedEpci, epci: linkedEpci ?? commune.epci }
  }
}

/** An arrondissement of Paris, Lyon or Marseille is a commune to people, and part of one to the list. */
export function wholeCommune(commune: Commune, geography: Geography): Commune {
  return geography.successor(commune.code) ?? commune
}

/** The one commune among `candidates` that bears this name, or bore it before a merger; null: none, or several. */
export function communeNamed(
  name: string,
  candidates: readonly Commune[],
  keyOf = communeKey,
): Commune | null {
  const key = communeKey(name)
  const today = candidates.filter((commune) => keyOf(commune.name) === key)
  if (today.length === 1) return today[0] ?? null
  const former = candidates.filter((commune) => commune.formerNames?.some((old) => keyOf(old) === key))
  return today.length === 0 && former.length === 1 ? (former[0] ?? null) : null
}

/** A commune's name as people write it in many ways: no CEDEX, no « 3e arrondissement », Saint for St, no spaces. */
export function communeKey(name: string): string {
  return letters(name)
    .replace(/ (?:cedex.*|commune nouvelle)$/u, '')
    .replace(/ \d+(?:er|e|eme|nd)?(?: arrondissement| arr)?$/u, '')
    .replace(/\bst\b/gu, 'saint')
    .replace(/\bste\b/gu, 'sainte')
    .replace(/ s (?=\S)/gu, ' sur ')
    .replaceAll(' ', '')
}
