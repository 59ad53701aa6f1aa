import type { ActorFields } from '../actor.ts'
import type { Commune, Geography } from '../geography.ts'
import { memo } from './memo.ts'
import { letters } from './text.ts'

/** Where a record says it is. */
export type Place = {
  /** The commune of today: by its code, its code's successor, or its name and postal code when they name one only. */
  readonly commune: Commune | null
  /** What told the commune. */
  readonly by: 'code' | 'successor' | 'name' | null
  /** SIREN of the EPCI it was linked to by a person; null: none. */
  readonly linked: string | null
  /** SIREN of the EPCI the record counts for: the link, else the commune's; null: none. */
  readonly epci: string | null
}

type Placed = { readonly fields: ActorFields; readonly linkedEpci: string | null }

/** Finds the commune and the EPCI of records; remembers the names it has compared. */
export function placeFinder(geography: Geography): (record: Placed) => Place {
  const byName = memo((key: string): Commune | null | false => {
    const [name = '', postalCode = ''] = key.split('\n')
    return communeNamed(name, geography.byPostalCode(postalCode)) ?? false
  })
  const findCommune = (fields: ActorFields): Pick<Place, 'commune' | 'by'> => {
    const code = fields.code_insee?.trim().toUpperCase()
    const known = code === undefined ? null : geography.commune(code)
    if (known !== null) return { commune: known, by: 'code' }
    const successor = code === undefined ? null : geography.successor(code)
    if (successor !== null) return { commune: successor, by: 'successor' }
    if (fields.commune === null || fields.code_postal === null) return { commune: null, by: null }
    const named = byName(`${fields.commune}\n${fields.code_postal.trim()}`)
    return named ? { commune: named, by: 'name' } : { commune: null, by: null }
  }
  return ({ fields, linkedEpci }) => {
    const { commune, by } = findCommune(fields)
    return { commune, by, linked: linkedEpci, epci: linkedEpci ?? commune?.epci ?? null }
  }
}

/** The one commune among `candidates` that bears this name, or bore it before a merger; null: none, or several. */
export function communeNamed(name: string, candidates: readonly Commune[]): Commune | null {
  const key = communeKey(name)
  const today = candidates.filter((commune) => communeKey(commune.name) === key)
  if (today.length === 1) return today[0] ?? null
  const former = candidates.filter((commune) => commune.formerNames?.some((old) => communeKey(old) === key))
  return today.length === 0 && former.length === 1 ? (former[0] ?? null) : null
}

/** A commune's name as people write it in many ways: no CEDEX, no « 3e arrondissement », Saint for St. */
export function communeKey(name: string): string {
  return letters(name)
    .replace(/ cedex.*$/u, '')
    .replace(/ \d+(?:er|e|eme|nd)?(?: arrondissement| arr)?$/u, '')
    .replace(/\bst\b/gu, 'saint')
    .replace(/\bste\b/gu, 'sainte')
    .replace(/ s (?=\S)/gu, ' sur ')
}
