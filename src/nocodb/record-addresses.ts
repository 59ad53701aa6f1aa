import type { Columns } from '../config/columns-file.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'

/** Where these places open in NocoDB, whose base opens at `baseAddress`: their row over the grid of their table. */
export function recordAddresses(
  base: Base,
  columns: Columns,
  baseAddress: string,
  ids: readonly RecordId[],
): ReadonlyMap<RecordId, string> {
  const all = actorTables(base, columns)
  return new Map(
    byTable(all, ids, (id) => id).flatMap(([{ table }, own]) =>
      own.map((id) => [id, `${baseAddress}/${table.id}?rowId=${all.rowOf(id)}`] as const),
    ),
  )
}
