import { z } from 'zod'
import { columnKeys, writtenKeys } from '../columns/tables.ts'
import type { ColumnKey } from '../columns/tables.ts'
import { ACTOR_COLUMNS, description, title } from './column-name.ts'
import type { ColumnName } from './column-name.ts'

type ActorKey = ColumnKey<'actors'>

/** What every table of actors has beside the name of the place: the link to its EPCI, and what the service writes. */
type SharedKey =
  | 'epci'
  | 'epciTrace'
  | 'completeness'
  | 'toComplete'
  | 'anomalies'
  | 'freshness'
  | 'possibleDuplicates'

/** How one table of actors calls its columns; what it does not name is no column of it, and reads as unknown. */
export type ActorNames = Readonly<Record<'nom' | SharedKey, ColumnName>> &
  Readonly<Partial<Record<ActorKey, ColumnName>>>

/** A table of actors, by its names in NocoDB. */
export type NamedActors = {
  readonly title: string
  readonly description: string
  readonly columns: ActorNames
}

/** The same keys. */
export const SHARED_KEYS: ReadonlySet<string> = new Set(['epci', ...writtenKeys('actors')])

/** `otherActors` of config/columns.yaml: each table names the columns that it has, and by default what it shares as `actors` does. */
export const otherActorsSchema = z
  .array(
    z.strictObject({
      title,
      description,
      columns: z.strictObject(
        Object.fromEntries(
          columnKeys('actors').map((key) => [
            key,
            key === 'nom' ? ACTOR_COLUMNS[key] : ACTOR_COLUMNS[key].optional(),
          ]),
        ),
      ),
    }),
  )
  .default([])

type Named = { readonly columns: Readonly<Partial<Record<string, ColumnName>>> }

/** The same file, where each of the other tables of actors calls what it shares, and does not name, as `actors` does. */
export function withSharedNames<
  File extends { readonly actors: Named; readonly otherActors: readonly Named[] },
>(file: File): File {
  const shared = Object.entries(file.actors.columns).filter(([key]) => SHARED_KEYS.has(key))
  const otherActors = file.otherActors.map((table) => ({
    ...table,
    columns: { ...Object.fromEntries(shared), ...named(table.columns) },
  }))
  return { ...file, otherActors }
}

function named(columns: Named['columns']): Named['columns'] {
  return Object.fromEntries(Object.entries(columns).filter(([, name]) => name !== undefined))
}
