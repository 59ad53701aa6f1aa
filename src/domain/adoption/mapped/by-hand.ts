import { isField } from '../../fields.ts'
import type { Mapping } from '../../mapping/mapping.ts'

/** Fields that hold several values, each as good as the others. */
export const SEVERAL: ReadonlySet<string> = new Set([
  ...['courriels', 'site_web', 'typologie', 'services', 'publics_specifiquement_adresses'],
  ...['prise_en_charge_specifique', 'frais_a_charge', 'dispositif_programmes_nationaux', 'formations_labels'],
  ...['autres_formations_labels', 'modalites_acces', 'modalites_accompagnement', 'itinerance'],
])
const JOINED: ReadonlySet<string> = new Set(['nom', 'adresse', 'complement_adresse', 'presentation_detail'])

/** How a field is read out of several columns that a person names together; null: one column is all that it takes. */
export function severalWay(key: string): 'first' | 'all' | 'join' | null {
  if (!isField(key) || PARTS.some((keys) => keys.includes(key) && keys.length === 2)) return null
  return SEVERAL.has(key) ? 'all' : JOINED.has(key) ? 'join' : 'first'
}

/** Fields that one column may hold together, each reading its part. */
const PARTS: readonly (readonly string[])[] = [
  ['adresse', 'code_postal', 'commune'],
  ['latitude', 'longitude'],
]

/** The fields that may share a column with this one. */
export function partsOf(key: string): readonly string[] {
  return PARTS.find((keys) => keys.includes(key)) ?? []
}

/** A field of the table of actors, and how it is read. */
type Composed = { readonly key: string; readonly from: Mapping }

/**
 * What a person said that no single column can say: several columns for one field, and one column for several.
 * @param agreed key of a field → title of theirs; `together` → their titles
 * @param holdsAddress whether the values of that column are a postal code and a commune
 */
export function composedByHand(
  agreed: ReadonlyMap<string, string>,
  together: ReadonlyMap<string, readonly string[]>,
  holdsAddress: (title: string) => boolean,
): Composed[] {
  const several = [...together].flatMap(([key, titles]): Composed[] => {
    const way = severalWay(key)
    return way === null ? [] : [{ key, from: { [way]: titles } as Mapping }]
  })
  const shared = [...agreed].flatMap(([key, title]): Composed[] => {
    if (together.has(key)) return []
    const beside = partsOf(key).filter(
      (other) => other !== key && agreed.get(other) === title && !together.has(other),
    )
    const isPart = beside.length > 0 || (partsOf(key).length === 3 && holdsAddress(title))
    if (!isPart) return []
    return [{ key, from: partsOf(key).length === 2 ? { point: title } : { address: title } }]
  })
  return [...several, ...shared]
}
