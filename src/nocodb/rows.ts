import type { Base } from './base.ts'
import type { Row } from './cells.ts'
import type { Table } from './schema.ts'

/** What to read: titles of columns (a link by its title gives the linked Id), and a NocoDB `where`. */
export type Query = { readonly columns: readonly string[]; readonly where?: string }

/** The rows in the order of their Id, a page at a time, canonical cells. */
// eslint-disable-next-line require-yield
export async function* readRows(_base: Base, _table: Table, _query: Query): AsyncGenerator<Row[]> {
  throw new Error('on its way')
}

/** How many rows a `where` matches (all of them without). */
export async function countRows(_base: Base, _table: Table, _where?: string): Promise<number> {
  throw new Error('on its way')
}
