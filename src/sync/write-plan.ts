import type { Base } from '../nocodb/base.ts'
import type { RowId } from '../nocodb/cells.ts'
import type { Cells } from '../nocodb/write-back.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Change, Refusal } from '../nocodb/write-rows.ts'

/** Rows gathered before they are written: enough for big groups of equal cells, few enough to hold. */
const BATCH = 4_000

/** Where changes go: to NocoDB, or, in a dry run, to the plan. */
export type Sink = {
  take(table: string, changes: readonly Change[]): Promise<void>
  end(): Promise<SinkReport>
}

/** What became of the changes. */
export type SinkReport = {
  readonly rows: number
  readonly cells: number
  readonly refused: readonly (Refusal & { readonly table: string })[]
  readonly plan: readonly { readonly table: string; readonly changes: readonly Change[] }[] | null
}

/** Writes the changes to NocoDB, verified, a few thousand rows at a time. */
export function writer(base: Base): Sink {
  const pending = new Map<string, Map<RowId, Cells>>()
  const refused: (Refusal & { table: string })[] = []
  let rows = 0
  let cells = 0
  const flush = async (table: string, gathered: ReadonlyMap<RowId, Cells>) => {
    const report = await writeRows(base, base.table(table), listed(gathered))
    rows += report.rows
    cells += report.cells
    refused.push(...report.refused.map((one) => ({ ...one, table })))
  }
  return {
    async take(table, changes) {
      const gathered = gather(pending, table, changes)
      if (gathered.size < BATCH) return
      pending.delete(table)
      await flush(table, gathered)
    },
    async end() {
      await Promise.all([...pending].map(([table, gathered]) => flush(table, gathered)))
      pending.clear()
      return { rows, cells, refused, plan: null }
    },
  }
}

/** Keeps the changes to print them, a row once: nothing is written. */
export function collector(): Sink {
  const plan = new Map<string, Map<RowId, Cells>>()
  return {
    async take(table, changes) {
      gather(plan, table, changes)
    },
    async end() {
      const tables = [...plan].map(([table, gathered]) => ({ table, changes: listed(gathered) }))
      return { rows: 0, cells: 0, refused: [], plan: tables.filter(({ changes }) => changes.length > 0) }
    },
  }
}

/** Adds the changes to those of their table; of one cell the last wins. */
function gather(
  pending: Map<string, Map<RowId, Cells>>,
  table: string,
  changes: readonly Change[],
): ReadonlyMap<RowId, Cells> {
  const gathered = pending.get(table) ?? new Map<RowId, Cells>()
  pending.set(table, gathered)
  for (const { id, cells } of changes) gathered.set(id, { ...gathered.get(id), ...cells })
  return gathered
}

function listed(gathered: ReadonlyMap<RowId, Cells>): Change[] {
  return [...gathered].map(([id, cells]) => ({ id, cells }))
}
