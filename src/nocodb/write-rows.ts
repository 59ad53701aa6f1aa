import type { Base } from './base.ts'
import type { Cell, RowId } from './cells.ts'
import type { Table } from './schema.ts'

export type Change = { readonly id: RowId; readonly cells: Readonly<Record<string, Cell>> }
export type Refusal = { readonly id: RowId; readonly columns: readonly string[]; readonly reason: string }
/** What was written and kept (`rows`, `cells`), with how many requests, and what was not. */
export type WriteReport = {
  readonly rows: number
  readonly cells: number
  readonly requests: number
  readonly refused: readonly Refusal[]
}

/** Writes the cells, reads them back, and names what the server did not keep. */
export async function writeRows(
  _base: Base,
  _table: Table,
  _changes: readonly Change[],
): Promise<WriteReport> {
  throw new Error('on its way')
}
