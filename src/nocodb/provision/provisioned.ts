import type { Base } from '../base.ts'
import { openMeta } from '../meta-client.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import { readSchema } from './current-schema.ts'
import type { DesiredSchema, DesiredTable } from './desired-schema.ts'
import { readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** What Portrea made in a base, by id; keys are `table` and `table.column` of config/columns.yaml. */
export type Provisioned = {
  readonly tables: ReadonlyMap<string, string>
  readonly columns: ReadonlyMap<string, string>
  /** Columns of somebody's that the service writes to. */
  readonly taken: ReadonlyMap<string, string>
  /** Id → its title as provision gave it. */
  readonly views: ReadonlyMap<string, string>
  /** Choices added to selects of somebody's, by the id of the column. */
  readonly options: ReadonlyMap<string, readonly string[]>
}

/** What of a base Portrea made. Throws what the calls throw. */
export async function readProvisioned(
  base: Pick<Base, 'id' | 'http'>,
  desired: DesiredSchema,
): Promise<Provisioned> {
  const schema = await readSchema(await openMeta(base.http), base.id)
  return provisioned(schema, desired, await readManifest(base.http, base.id))
}

/**
 * What the manifest names and still stands, what bears our mark under one of our titles (a provision was interrupted
 * before it could be noted, or the manifest was lost), and what bears it and is among `fresh`, the ids that came while we worked:
 * views, buttons and forms of any title. A mark alone proves nothing: a copy of a table or column bears it too. Of a view
 * the mark says which of ours it is, and of the views that say the same the first is ours: copies come after it.
 */
export function provisioned(
  schema: readonly CurrentTable[],
  desired: DesiredSchema,
  manifest: Manifest | null,
  fresh: ReadonlySet<string> = NONE,
): Provisioned {
  const made = {
    tables: new Map<string, string>(),
    columns: new Map<string, string>(),
    taken: new Map<string, string>(),
    views: new Map<string, string>(),
    options: new Map<string, readonly string[]>(),
  }
  for (const table of schema) {
    const own = desired.tables.find(({ title }) => title === table.title)
    const key =
      manifest?.tables[table.id] ??
      (own !== undefined && table.stage !== null ? own.key : freshTitle(table, fresh))
    if (key !== undefined) made.tables.set(table.id, key)
    for (const column of table.columns) {
      const handed = manifest?.taken[column.id] ?? takenByMark(column, own, manifest)
      const place = manifest?.columns[column.id] ?? placeByMark(column, own) ?? freshPlace(column, key, fresh)
      if (handed !== undefined) made.taken.set(column.id, handed)
      else if (place !== undefined) made.columns.set(column.id, place)
      const options = manifest?.options[column.id]
      if (options !== undefined) made.options.set(column.id, options)
    }
    const first = own === undefined ? NONE : firstOfEachKey(table, manifest)
    for (const { id, title, stage } of table.views) {
      const known = desired.views.some((view) => view.table === table.title && view.title === title)
      const ours = stage !== null && (known || first.has(id) || fresh.has(id))
      const given = manifest?.views[id] ?? (ours ? title : undefined)
      if (given !== undefined) made.views.set(id, given)
    }
  }
  return made
}

const NONE: ReadonlySet<string> = new Set()

/** The lists per EPCI and per person follow from rows: they are known by their mark, whatever people call them. */
function firstOfEachKey({ views }: CurrentTable, manifest: Manifest | null): ReadonlySet<string> {
  const groups = Map.groupBy(
    views.filter(({ key }) => key !== null),
    ({ key }) => key,
  )
  return new Set(
    [...groups.values()].flatMap((same) =>
      same.some(({ id }) => manifest?.views[id] !== undefined) ? [] : [same[0]!.id],
    ),
  )
}

function freshTitle({ id, stage, title }: CurrentTable, fresh: ReadonlySet<string>): string | undefined {
  return stage !== null && fresh.has(id) ? title : undefined
}

function freshPlace(
  { id, stage, title }: CurrentColumn,
  table: string | undefined,
  fresh: ReadonlySet<string>,
): string | undefined {
  return stage !== null && fresh.has(id) ? `${table ?? ''}.${title}` : undefined
}

function placeByMark(column: CurrentColumn, own: DesiredTable | undefined): string | undefined {
  const key = own?.keys.get(column.title)
  return key === undefined || column.stage === null ? undefined : `${own?.key}.${key}`
}

/** Where the manifest was lost, what was handed over bears the same mark; it alone goes on having no description. */
function takenByMark(
  column: CurrentColumn,
  own: DesiredTable | undefined,
  manifest: Manifest | null,
): string | undefined {
  if (manifest !== null || column.description !== '') return undefined
  const written = own?.columns.some(({ title, role }) => title === column.title && role === 'written')
  return written === true ? placeByMark(column, own) : undefined
}
