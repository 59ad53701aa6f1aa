import type { Base } from './base.ts'
import type { Cell, RowId } from './cells.ts'
import type { Table } from './schema.ts'

/** Ids in the order of the rows given (null: refused), and the reason of each refusal. */
export type InsertReport = {
  readonly ids: readonly (RowId | null)[]
  readonly refused: readonly { readonly index: number; readonly reason: string }[]
}

/** Inserts rows; the good rows of a refused batch go in. */
export async function insertRows(
  _base: Base,
  _table: Table,
  _rows: readonly Readonly<Record<string, Cell>>[],
): Promise<InsertReport> {
  throw new Error('on its way')
}
