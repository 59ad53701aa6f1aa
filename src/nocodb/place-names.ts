import type { Columns } from '../config/columns-file.ts'
import { shownName } from '../domain/shown-name.ts'
import { fieldReadings } from './actor-fields.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { readByIds } from './rows.ts'

/** The names of these places as they stand in the base now, for those who may see it; they are kept nowhere. */
export async function placeNames(
  base: Base,
  columns: Columns,
  ids: readonly RowId[],
): Promise<ReadonlyMap<RowId, string>> {
  if (ids.length === 0) return new Map()
  const table = base.table(columns.actors.title)
  const { titles, read } = fieldReadings(columns, table).nom
  const rows = await readByIds(base, table, ids, titles)
  return new Map(
    rows.flatMap((row) => {
      const name = shownName(read(row) ?? '')
      return name === '' ? [] : [[row.Id, name] as const]
    }),
  )
}
