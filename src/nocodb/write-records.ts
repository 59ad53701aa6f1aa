import type { Columns } from '../config/columns-file.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'
import { writeRows } from './write-rows.ts'
import type { Change, Refusal } from './write-rows.ts'

/** Writes the cells of records of the census, each in its own table, as `writeRows` does; ids are those of records. */
export async function writeRecords(
  base: Base,
  columns: Columns,
  changes: readonly Change[],
): Promise<{ readonly refused: readonly Refusal[]; readonly filled: readonly RecordId[] }> {
  const all = actorTables(base, columns)
  const refused: Refusal[] = []
  const filled: RecordId[] = []
  for (const [{ table, idOf }, own] of byTable(all, changes, ({ id }) => id)) {
    const rows = own.map((change) => ({ ...change, id: all.rowOf(change.id) }))
    const report = await writeRows(base, table, rows)
    refused.push(...report.refused.map((one) => ({ ...one, id: idOf(one.id) })))
    filled.push(...(report.filled ?? []).map(idOf))
  }
  return { refused, filled }
}
