import pMap from 'p-map'
import { sameCell, wireCell } from './cells.ts'
import type { Cell, RowId } from './cells.ts'
import type { Base } from './base.ts'
import type { Change } from './group-writes.ts'
import { and, readPage } from './pages.ts'
import { prepareReading } from './reading.ts'
import { idIs, idIn } from './row-key.ts'
import type { Column, Table } from './schema.ts'

export type Refusal = { readonly id: RowId; readonly columns: readonly string[]; readonly reason: string }

/** NocoDB answers 200 to a cell of such a column, and writes nothing. */
const COMPUTED = new Set([
  'Formula',
  'Rollup',
  'Lookup',
  'Count',
  'Button',
  'Barcode',
  'QrCode',
  'AutoNumber',
])

/** Why this column cannot take this cell, known before anything is sent; null when it can. */
export function cellFault(table: Table, title: string, cell: Cell): string | null {
  const column = table.columns.get(title)
  if (column === undefined) return `there is no column "${title}" in table "${table.title}"`
  if (COMPUTED.has(column.uidt) || isSystem(column)) return `"${title}" is filled by NocoDB itself`
  const result = wireCell(column, cell)
  return 'fault' in result ? result.fault : null
}

function isSystem({ system, kind }: Column): boolean {
  return system && kind !== 'foreignKey'
}

/** Sets aside the cells that cannot be sent; changes of one row are put together, the last one wins. */
export function soundChanges(
  table: Table,
  changes: readonly Change[],
): { sound: Change[]; refused: Refusal[] } {
  const rows = new Map<RowId, Record<string, Cell>>()
  const refused: Refusal[] = []
  for (const { id, cells } of changes) {
    for (const [title, cell] of Object.entries(cells)) {
      const reason = cellFault(table, title, cell)
      if (reason !== null) {
        refused.push({ id, columns: [title], reason })
        continue
      }
      const row = rows.get(id)
      if (row === undefined) rows.set(id, { [title]: cell })
      else row[title] = cell
    }
  }
  return { sound: [...rows].map(([id, cells]) => ({ id, cells })), refused }
}

/** What the database holds of some changes, compared with what was sent. */
export type Verdict = {
  /** Changes not kept whole, reduced to the cells that were not. */
  readonly left: readonly { readonly change: Change; readonly origin: Change }[]
  /** Rows that exist no more. */
  readonly gone: readonly Change[]
}

/** Ids in one `where`: 500 of them make a URL of 4 kB, and NocoDB needs 17 ms for 300 of them. */
const IDS_AT_ONCE = 500

/** Reads back, lean, the cells that were sent. */
export async function readBack(base: Base, table: Table, changes: readonly Change[]): Promise<Verdict> {
  const columns = [...new Set(changes.flatMap(({ cells }) => Object.keys(cells)))]
  const ids = [...new Set(changes.map(({ id }) => id))].toSorted((one, other) => one - other)
  const { fields, toRow } = await prepareReading(base, table, { columns })
  const kept = new Map<RowId, Readonly<Record<string, Cell>>>()
  const limit = base.capabilities.pageSize
  await pMap(
    idWindows(table, ids, limit),
    async (where) => {
      let page = await readPage(base, table, { fields, where, limit })
      for (;;) {
        for (const record of page.records) kept.set(record.id, toRow(record))
        const reached = page.records.at(-1)?.id
        if (!page.more || reached === undefined) return
        page = await readPage(base, table, { fields, where: and(where, idIs(table, 'gt', reached)), limit })
      }
    },
    { concurrency: base.settings.connections },
  )
  return compare(table, changes, kept)
}

/** A range where the ids are dense, else a list of them. */
function idWindows(table: Table, ids: readonly RowId[], pageSize: number): string[] {
  const windows: string[] = []
  for (let start = 0; start < ids.length;) {
    const from = ids[start]!
    let end = start
    while (end < ids.length && ids[end]! < from + pageSize) end++
    const dense = end - start > pageSize / 4
    if (!dense) end = Math.min(start + IDS_AT_ONCE, ids.length)
    windows.push(
      dense
        ? `${idIs(table, 'ge', from)}~and${idIs(table, 'le', ids[end - 1]!)}`
        : idIn(table, ids.slice(start, end)),
    )
    start = end
  }
  return windows
}

function compare(
  table: Table,
  changes: readonly Change[],
  kept: ReadonlyMap<RowId, Readonly<Record<string, Cell>>>,
): Verdict {
  const left: { change: Change; origin: Change }[] = []
  const gone: Change[] = []
  for (const change of changes) {
    const row = kept.get(change.id)
    if (row === undefined) {
      gone.push(change)
      continue
    }
    const lost = Object.entries(change.cells).filter(
      ([title, cell]) => !sameCell(table.columns.get(title)?.kind ?? 'other', cell, row[title] ?? null),
    )
    if (lost.length > 0)
      left.push({ change: { id: change.id, cells: Object.fromEntries(lost) }, origin: change })
  }
  return { left, gone }
}
