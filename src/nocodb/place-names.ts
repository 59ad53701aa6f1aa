import type { Columns } from '../config/columns-file.ts'
import type { RecordId } from '../domain/record-id.ts'
import { shownName } from '../domain/shown-name.ts'
import { fieldReadings } from './actor-fields.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import { readByIds } from './rows.ts'

/** The names of these places as they stand in the base now, for those who may see it; they are kept nowhere. */
export async function placeNames(
  base: Base,
  columns: Columns,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, string>> {
  if (ids.length === 0) return new Map()
  const all = actorTables(base, columns)
  const found = new Map<RecordId, string>()
  for (const [{ table, names, idOf }, own] of byTable(all, ids, (id) => id)) {
    const { titles, read } = fieldReadings(names, table).nom
    for (const row of await readByIds(base, table, own.map(all.rowOf), titles)) {
      const name = shownName(read(row) ?? '')
      if (name !== '') found.set(idOf(row[ROW_ID]), name)
    }
  }
  return found
}
