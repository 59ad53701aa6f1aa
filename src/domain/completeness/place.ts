import type { ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { memo, memoOfPair } from './memo.ts'
import { letters } from './text.ts'

/** Where a record says it is. */
export type Place = {
  /**
   * The commune of today: by its code, its code's successor, or its name and postal code when they name one only. A
   * postal code in the place of the INSEE code is no code.
   */
  readonly commune: Commune | null
  /** What told the commune. */
  readonly by: 'code' | 'successor' | 'name' | null
  /**
   * The commune that name and postal code agree on, where the INSEE code is another's: then the code is at fault, and
   * the two that agree are not to be accused. null: nothing so clear.
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
  /** By name and postal code; where there is no postal code, the INSEE code may be one. */
  const byName = ({ commune: name, code_postal: postal, code_insee: insee }: ActorFields): Commune | null => {
    const code = postal ?? insee
    return name === null || code === null ? null : named(code.trim(), name)
  }
  const byCode = (fields: ActorFields): Found | null => {
    const written = fields.code_insee
    if (written === null) return null
    const code = written.trim().toUpperCase()
    const commune = geography.commune(written) ?? geography.commune(code)
    if (commune !== null) return { commune, by: 'code' }
    const successor = geography.successor(code)
    if (successor === null || isPostalCode(code, successor, fields)) return null
    return { commune: successor, by: 'successor' }
  }
  /** An old code is also the postal code of others: what else is written must then speak for the old commune. */
  const isPostalCode = (
    code: string,
    successor: Commune,
    { commune: name, code_postal: postal }: ActorFields,
  ) =>
    geography.byPostalCode(code).length > 0 &&
    !successor.postalCodes.includes(postal?.trim() ?? '') &&
    (name === null || communeNamed(name, [successor], keyOf) === null)
  const find = (fields: ActorFields): (Found & { readonly meant: Commune | null }) | null => {
    const coded = byCode(fields)
    if (coded !== null && coded.commune.name === fields.commune) return { ...coded, meant: null }
    const meant = byName(fields)
    if (coded === null) return meant === null ? null : { commune: meant, by: 'name', meant: null }
    if (meant === null || meant.code === wholeCommune(coded.commune, geography).code)
      return { ...coded, meant: null }
    const typedPostalCode = meant.postalCodes.includes(fields.code_insee?.trim() ?? '')
    return typedPostalCode ? { commune: meant, by: 'name', meant: null } : { ...coded, meant }
  }
  return ({ fields, linkedEpci }) => {
    const found = find(fields)
    if (found === null) return { commune: null, by: null, meant: null, linked: linkedEpci, epci: linkedEpci }
    return { ...found, linked: linkedEpci, epci: linkedEpci ?? found.commune.epci }
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
