import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import type { Table } from './schema.ts'
import type { WriteReport } from './write-rows.ts'

/** Links each row to its target (null: unlinks), verified. */
export async function setLinks(
  _base: Base,
  _table: Table,
  _linkTitle: string,
  _pairs: readonly { readonly id: RowId; readonly target: RowId | null }[],
): Promise<WriteReport> {
  throw new Error('on its way')
}
