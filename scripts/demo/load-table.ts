import { PortreaError } from '../../src/errors.ts'
import type { Base } from '../../src/nocodb/base.ts'
import type { Cell } from '../../src/nocodb/cells.ts'
import { insertRows } from '../../src/nocodb/insert-rows.ts'
import { countRows } from '../../src/nocodb/rows.ts'
import type { Table } from '../../src/nocodb/schema.ts'

/** Cells by title; a link by its title gives the Id it leads to. */
export type Cells = Readonly<Record<string, Cell>>
export type OnRows = (done: number, total: number) => void
/** Where a table stands: `begun` when a run was stopped while it loaded it. */
export type Marks = {
  of(table: string): 'begun' | 'done' | undefined
  set(table: string, mark: 'begun' | 'done'): void
}

/** One request of NocoDB: rows go in one after the other, so that a stopped run is taken up where it was. */
const CHUNK = 100

/**
 * Fills a table that is empty, or that a stopped run left half filled; what people may have typed since is left
 * alone. Answers how many rows were inserted.
 */
export async function loadTable(
  base: Base,
  table: Table,
  rows: readonly Cells[],
  marks: Marks,
  onRows: OnRows = () => {},
): Promise<number> {
  if (marks.of(table.title) === 'done') return 0
  const present = await countRows(base, table)
  if (present > 0 && marks.of(table.title) === undefined) return 0
  marks.set(table.title, 'begun')
  const missing = rows.slice(present)
  await insertAll(base, table, missing, onRows)
  marks.set(table.title, 'done')
  return missing.length
}

/** Inserts rows in their order. Throws NOCODB_REFUSED when one is refused. */
export async function insertAll(
  base: Base,
  table: Table,
  rows: readonly Cells[],
  onRows: OnRows,
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK)
    const { refused } = await insertRows(base, table, chunk)
    if (refused.length > 0) {
      const faults = refused.map(({ index, reason }) => `ligne ${from + index + 1} : ${reason}`)
      throw new PortreaError('NOCODB_REFUSED', `NocoDB a refusé des lignes de « ${table.title} ».`, {
        faults,
      })
    }
    onRows(from + chunk.length, rows.length)
  }
}
