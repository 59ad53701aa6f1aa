import { allEnded } from './all-ended.ts'
import type { Base } from '../nocodb/base.ts'
import type { RowId } from '../nocodb/cells.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import { chunk } from '../nocodb/chunk.ts'
import type { Cells } from '../nocodb/write-back.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Change, Refusal } from '../nocodb/write-rows.ts'

/** Rows gathered before they are written: enough for big groups of equal cells, few enough to hold. */
const BATCH = 8_000
/** New rows sent at once: one after the other, so that their Ids follow the order in which they are given. */
const NEW_ROWS = 100

/** Where changes go: to NocoDB, or, in a dry run, to the plan. */
export type Sink = {
  take(table: string, changes: readonly Change[]): Promise<void>
  /** Writes what was taken so far, while more is found: the caller need not wait. */
  begin(): void
  /** New rows of the service's own tables. */
  add(table: string, rows: readonly Cells[]): Promise<void>
  end(): Promise<SinkReport>
  /** Waits for what is being written, whatever comes of it. */
  settled(): Promise<void>
}

/** Cells that NocoDB refused; `id` is null for a row that did not go in. */
export type Refused = Omit<Refusal, 'id'> & { readonly id: RowId | null; readonly table: string }

/** What a dry run would write to one table: cells of rows that are there, and new rows. */
export type PlannedTable = {
  readonly table: string
  readonly changes: readonly Change[]
  readonly inserts: readonly Cells[]
}

/** What became of the changes. */
export type SinkReport = {
  readonly rows: number
  readonly cells: number
  /** Rows of which the link was filled. */
  readonly filled: readonly { readonly table: string; readonly id: RowId }[]
  readonly refused: readonly Refused[]
  readonly plan: readonly PlannedTable[] | null
}

/** What became of them where nothing was sent. */
export const NOTHING_WRITTEN: SinkReport = { rows: 0, cells: 0, filled: [], refused: [], plan: null }

/** Writes the changes to NocoDB, verified, a few thousand rows at a time. */
export function writer(base: Base): Sink {
  const pending = new Map<string, Map<RowId, Change>>()
  const refused: Refused[] = []
  const filled: { readonly table: string; readonly id: RowId }[] = []
  let rows = 0
  let cells = 0
  let under: Promise<void> = Promise.resolve()
  const flush = async (table: string, gathered: ReadonlyMap<RowId, Change>) => {
    const report = await writeRows(base, base.table(table), [...gathered.values()])
    rows += report.rows
    cells += report.cells
    filled.push(...(report.filled ?? []).map((id) => ({ table, id })))
    refused.push(...report.refused.map((one) => ({ ...one, table })))
  }
  // After what is under way: a row twice under way would be checked against the wrong cells.
  const begin = () => {
    const gathered = [...pending]
    pending.clear()
    under = under.then(async () => {
      await allEnded(gathered.map(([table, changes]) => flush(table, changes)))
    })
    under.catch(() => {}) // the caller that awaits it handles it
  }
  return {
    async take(table, changes) {
      const gathered = gather(pending, table, changes)
      if (gathered.size < BATCH) return
      begin()
      await under
    },
    begin,
    async add(table, added) {
      for (const some of chunk(added, NEW_ROWS)) {
        const report = await insertRows(base, base.table(table), some)
        const kept = some.filter((_, index) => report.ids[index] !== null)
        rows += kept.length
        cells += kept.reduce((sum, row) => sum + titlesOf(row).length, 0)
        for (const { index, reason } of report.refused)
          refused.push({ table, id: null, columns: titlesOf(some[index]), reason })
      }
    },
    async end() {
      begin()
      await under
      return { rows, cells, filled, refused, plan: null }
    },
    async settled() {
      await under.catch(() => {})
    },
  }
}

/** Keeps the changes to print them, a row once: nothing is written. */
export function collector(): Sink {
  const plan = new Map<string, Map<RowId, Change>>()
  const added = new Map<string, Cells[]>()
  return {
    async take(table, changes) {
      gather(plan, table, changes)
    },
    begin() {},
    async add(table, rows) {
      added.set(table, [...(added.get(table) ?? []), ...rows])
    },
    async end() {
      const tables = [...new Set([...plan.keys(), ...added.keys()])].map((table) => ({
        table,
        changes: [...(plan.get(table)?.values() ?? [])],
        inserts: added.get(table) ?? [],
      }))
      const touched = tables.filter(({ changes, inserts }) => changes.length + inserts.length > 0)
      return { rows: 0, cells: 0, filled: [], refused: [], plan: touched }
    },
    async settled() {},
  }
}

/** Adds the changes to those of their table; of one cell the last wins. */
function gather(
  pending: Map<string, Map<RowId, Change>>,
  table: string,
  changes: readonly Change[],
): ReadonlyMap<RowId, Change> {
  const gathered = pending.get(table) ?? new Map<RowId, Change>()
  pending.set(table, gathered)
  for (const change of changes) {
    const before = gathered.get(change.id)
    gathered.set(change.id, { ...before, ...change, cells: { ...before?.cells, ...change.cells } })
  }
  return gathered
}

/** The titles of the cells that hold something. */
function titlesOf(cells: Cells = {}): string[] {
  return Object.keys(cells).filter((title) => cells[title] !== null)
}
