import { letters } from '../domain/completeness/text.ts'
import { titleReader } from '../domain/adoption/title-words.ts'
import { FIELDS, type FieldName } from '../domain/fields.ts'
import { frenchList } from '../domain/typography.ts'
import type { AdoptionRules } from '../domain/rules/adoption.ts'

/**
 * The field that a column of a file gives, by its title, and how it is known: by the name of the standard (however it is
 * written: `code-postal`, `TÉLÉPHONE`), by one of its older versions, or by a name that other lists give it.
 */
export type Headers = (title: string) => { readonly field: FieldName; readonly by: By } | null
type By = 'name' | 'old' | 'other'

/** Where several columns give one field, the surest name wins. */
const RANK: Readonly<Record<By, number>> = { name: 0, old: 1, other: 2 }

/** The columns of the v0 standard, and the field that replaced each. */
const OLD_COLUMNS: readonly (readonly [string, FieldName])[] = [
  ['publics_accueillis', 'publics_specifiquement_adresses'],
  ['conditions_acces', 'frais_a_charge'],
  ['labels_nationaux', 'dispositif_programmes_nationaux'],
  ['labels_autres', 'autres_formations_labels'],
  ['accessibilite', 'fiche_acces_libre'],
  ['courriel', 'courriels'],
]

/**
 * Reads titles; with the names that `adopt` knows (config/adoption.yaml), those of other lists too.
 * @param own what the base itself calls its fields: a list that was exported from it has these titles
 */
export function headerReader(
  adoption: AdoptionRules | null = null,
  own: Readonly<Partial<Record<FieldName, string>>> = {},
): Headers {
  const known = new Map<string, { readonly field: FieldName; readonly by: By }>()
  const other = adoption === null ? null : otherNames(adoption)
  for (const field of FIELDS)
    if (own[field] !== undefined) known.set(keyOf(own[field]), { field, by: 'other' })
  for (const [title, field] of OLD_COLUMNS) known.set(keyOf(title), { field, by: 'old' })
  for (const field of FIELDS) known.set(keyOf(field), { field, by: 'name' })
  return (title) => (title.startsWith('_') ? null : (known.get(keyOf(title)) ?? other?.(title) ?? null))
}

function keyOf(title: string): string {
  return letters(title).replaceAll(' ', '')
}

/** The names that `adopt` knows for the columns of an actor; one that stands for two fields is none. */
function otherNames({ tables, words, ignored }: AdoptionRules): Headers {
  const read = titleReader({ words, ignored })
  const key = (title: string): string => read(title).words.toSorted().join(' ')
  const columns = tables['actors']?.columns ?? {}
  const known = new Map<string, FieldName | null>()
  for (const field of FIELDS)
    for (const name of [field, ...(Object.hasOwn(columns, field) ? (columns[field]?.names ?? []) : [])]) {
      const before = known.get(key(name))
      known.set(key(name), before === undefined || before === field ? field : null)
    }
  return (title) => {
    const field = known.get(key(title)) ?? null
    return field === null ? null : { field, by: 'other' }
  }
}

/** Which of the columns of a file gives a field, the surest first, then as they stand. */
export type Sources = ReadonlyMap<FieldName, readonly number[]>

/** The columns that give each field, by their places. */
export function sourcesOf(titles: readonly string[], headers: Headers): Sources {
  const found = titles.flatMap((title, place) => {
    const one = headers(title)
    return one === null ? [] : [{ ...one, place }]
  })
  const sorted = found.toSorted((one, other) => RANK[one.by] - RANK[other.by] || one.place - other.place)
  return new Map(
    [...Map.groupBy(sorted, ({ field }) => field)].map(([field, ones]) => [
      field,
      ones.map(({ place }) => place),
    ]),
  )
}

/** What people are told of the columns of a file. */
export function columnNotes(titles: readonly string[], headers: Headers): readonly string[] {
  const told = [...new Set(titles)].map((title) => ({ title, known: headers(title) }))
  const unknown = told.filter(
    ({ title, known }) => known === null && !title.startsWith('_') && title.trim() !== '',
  )
  const several = [...sourcesOf(titles, headers)].filter(([, places]) => places.length > 1)
  return [
    ...told.flatMap(({ title, known }) =>
      known?.by === 'old'
        ? [`Colonne de l’ancien standard : « ${title} » est lue comme « ${known.field} ».`]
        : [],
    ),
    ...told.flatMap(({ title, known }) =>
      known?.by === 'other' ? [`La colonne « ${title} » est lue comme « ${known.field} ».`] : [],
    ),
    ...several.map(
      ([field, places]) =>
        `Plusieurs colonnes donnent « ${field} » (${frenchList(places.map((place) => `n° ${place + 1}, « ${titles[place]} »`))}) : dans chaque fiche, la première remplie compte.`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          `Colonnes inconnues du standard, laissées de côté : ${unknown.map(({ title }) => title).join(', ')}.`,
        ]),
  ]
}
