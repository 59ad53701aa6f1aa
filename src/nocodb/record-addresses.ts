import type { Columns } from '../config/columns-file.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from './actor-tables.ts'
import type { Base } from './base.ts'
import { baseAddress, knownDashboard } from './dashboard.ts'
import type { Cells } from './write-back.ts'

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

/** Cells of rows of « Propositions », with where their records open; as they are in a base that does not have that column yet. */
export async function withAddresses(
  base: Base,
  columns: Columns,
  rows: readonly Cells[],
): Promise<readonly Cells[]> {
  const { open, recordId } = columns.proposals.columns
  const records = rows.flatMap((row) => row[recordId.title] ?? []).map(Number)
  const isThere = base.tables.get(columns.proposals.title)?.columns.has(open.title) === true
  if (!isThere || !rows.some((row) => recordId.title in row)) return rows
  const at = records.length === 0 ? '' : baseAddress(await knownDashboard(base.http), base.id)
  const addresses = recordAddresses(base, columns, at, [...new Set(records)])
  return rows.map((row) => {
    if (!(recordId.title in row)) return row
    const record = row[recordId.title] ?? null
    return { ...row, [open.title]: record === null ? null : (addresses.get(Number(record)) ?? null) }
  })
}
