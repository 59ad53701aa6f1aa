import type { Base } from '../nocodb/base.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Change, Refusal } from '../nocodb/write-rows.ts'

/** Rows gathered before they are written: enough for big groups of equal cells, few enough to hold. */
const BATCH = 4000

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
  const pending = new Map<string, Change[]>()
  const refused: (Refusal & { table: string })[] = []
  let rows = 0
  let cells = 0
  const flush = async (table: string, changes: readonly Change[]) => {
    const report = await writeRows(base, base.table(table), changes)
    rows += report.rows
    cells += report.cells
    refused.push(...report.refused.map((one) => ({ ...one, table })))
  }
  return {
    async take(table, changes) {
      const gathered = pending.get(table) ?? []
      for (const change of changes) gathered.push(change)
      pending.set(table, gathered)
      if (gathered.length < BATCH) return
      pending.delete(table)
      await flush(table, gathered)
    },
    async end() {
      for (const [table, changes] of pending) if (changes.length > 0) await flush(table, changes)
      pending.clear()
      return { rows, cells, refused, plan: null }
    },
  }
}

/** Keeps the changes to print them: nothing is written. */
export function collector(): Sink {
  const plan = new Map<string, Change[]>()
  return {
    async take(table, changes) {
      plan.set(table, [...(plan.get(table) ?? []), ...changes])
    },
    async end() {
      return {
        rows: 0,
        cells: 0,
        refused: [],
        plan: [...plan].map(([table, changes]) => ({ table, changes })),
      }
    },
  }
}
