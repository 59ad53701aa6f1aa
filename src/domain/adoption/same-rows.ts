import { letters } from '../completeness/text.ts'
import type { TableProposal } from './propose.ts'

/** What tells a place from others in one row of a table of theirs. */
export type RowOfPlace = {
  readonly pivot: string | null
  readonly nom: string | null
  /** Its commune, or its postal code where the table has no commune. */
  readonly town: string | null
}

/** How many rows of a table stand in another one too, of how many that name a place. */
export type SameRows = { readonly rows: number; readonly of: number }

/** The same SIRET, or the same name in the same town (in any, where one of them says none). */
export function sameRows(table: readonly RowOfPlace[], other: readonly RowOfPlace[]): SameRows {
  const pivots = new Set(other.flatMap(({ pivot }) => keyOf(pivot) ?? []))
  const towns = new Map<string, Set<string | null>>()
  for (const { nom, town } of other) {
    const name = keyOf(nom)
    if (name !== null) towns.set(name, (towns.get(name) ?? new Set()).add(keyOf(town)))
  }
  const stands = ({ pivot, nom, town }: RowOfPlace) => {
    const [number, name, own] = [keyOf(pivot), keyOf(nom), keyOf(town)]
    if (number !== null && pivots.has(number)) return true
    const known = name === null ? undefined : towns.get(name)
    return known !== undefined && (own === null || known.has(null) || known.has(own))
  }
  const named = table.filter(({ pivot, nom }) => keyOf(pivot) !== null || keyOf(nom) !== null)
  return { rows: named.filter(stands).length, of: named.length }
}

function keyOf(text: string | null): string | null {
  const key = letters(text ?? '').replaceAll(' ', '')
  return key === '' ? null : key
}

/** The columns that tell a place, in two tables: the town by what both have. null: not to be told. */
export type TellingColumns = Readonly<Record<keyof RowOfPlace, string | null>>

export function tellingColumns(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly [TellingColumns, TellingColumns] {
  const town = ['commune', 'code_insee', 'code_postal'].find((key) => one.has(key) && other.has(key))
  const of = (columns: ReadonlyMap<string, string>): TellingColumns => ({
    pivot: columns.get('pivot') ?? null,
    nom: columns.get('nom') ?? null,
    town: town === undefined ? null : (columns.get(town) ?? null),
  })
  return [of(one), of(other)]
}

/** Key → title of what is proposed for the columns of a table. */
export function proposedTitles({ columns }: Pick<TableProposal, 'columns'>): ReadonlyMap<string, string> {
  return new Map(columns.flatMap(({ key, title }) => (title === null ? [] : [[key, title] as const])))
}
