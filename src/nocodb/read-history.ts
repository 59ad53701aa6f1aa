import pMap from 'p-map'
import type { Columns } from '../config/columns-file.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { readPage } from './pages.ts'
import { columnOf, prepareReading } from './reading.ts'
import type { Reading } from './reading.ts'
import type { Table } from './schema.ts'

/** A row of the table « Historique ». */
export type HistoryRow = {
  readonly id: RowId
  readonly siren: string
  /** 'YYYY-MM-DD' */
  readonly date: string | null
  readonly row: Row
}

/**
 * The latest row of each SIREN that has one. The table grows every day: its last page is read, which mostly holds them
 * all, and each of the others is asked for by itself.
 */
export async function latestHistory(
  base: Base,
  { history }: Columns,
  sirens: readonly string[],
): Promise<ReadonlyMap<string, HistoryRow>> {
  const table = base.table(history.title)
  const titles = Object.values(history.columns).map(({ title }) => title)
  const reading = await prepareReading(base, table, { columns: titles })
  const read = async (limit: number, where?: string) =>
    (await lastRows(base, table, reading, { limit, where })).map((row) => ({
      id: row[ROW_ID],
      siren: String(row[history.columns.siren.title] ?? ''),
      date: dayOf(row[history.columns.date.title]),
      row,
    }))
  const latest = new Map<string, HistoryRow>()
  const keep = (rows: readonly HistoryRow[]) => {
    for (const row of rows) if (!latest.has(row.siren)) latest.set(row.siren, row)
  }
  const limit = Math.min(base.capabilities.pageSize, 2 * sirens.length + 1)
  const page = await read(limit)
  keep(page)
  if (page.length < limit) return latest
  const column = columnOf(table, history.columns.siren.title)
  const others = sirens.filter((siren) => !latest.has(siren))
  await pMap(others, async (siren) => keep(await read(1, `(${column.id || column.wire},eq,${siren})`)), {
    concurrency: base.settings.connections,
  })
  return latest
}

async function lastRows(
  base: Base,
  table: Table,
  { fields, toRow }: Reading,
  { limit, where }: { readonly limit: number; readonly where: string | undefined },
): Promise<Row[]> {
  const { records } = await readPage(base, table, { fields, where, limit, lastFirst: true })
  return records.map(toRow)
}
