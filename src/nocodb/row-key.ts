import type { RowId } from './cells.ts'
import type { Column, Table } from './schema.ts'

/** The column that tells the rows of a table apart: how calls name it, and under which title answers give it. */
export type RowKey = Pick<Column, 'id' | 'wire'>

/** The key that the service can work with: one column of numbers, whatever its title; null: none is. */
export function numberKey({ keys }: { readonly keys: readonly Column[] }): Column | null {
  const [key, other] = keys
  return key !== undefined && other === undefined && isNumberKey(key.uidt) ? key : null
}

/** Whether a key of this type of NocoDB is a number: the one that it gives itself, or one of a database that was attached. */
export function isNumberKey(uidt: string): boolean {
  return KEY_TYPES.has(uidt)
}

const KEY_TYPES: ReadonlySet<string> = new Set(['ID', 'Number', 'AutoNumber'])

/** What a server that does not tell its keys calls them (0.301.3): the column that it makes itself. */
export const MADE_BY_NOCODB: RowKey = { id: 'Id', wire: 'Id' }

/** That of a table; null: its rows cannot be told apart by one column. */
export function rowKey({ keys, columns }: Pick<Table, 'keys' | 'columns'>): RowKey | null {
  if (keys === null) return [...columns.values()].find(({ uidt }) => uidt === 'ID') ?? MADE_BY_NOCODB
  return keys.length === 1 ? keys[0]! : null
}

/** The name of the key in a `where`, a sort or a body: its id, which no renaming touches and no sign of a title breaks. */
export function keyName(table: Pick<Table, 'keys' | 'columns'>): string {
  const key = rowKey(table) ?? MADE_BY_NOCODB
  return key.id || key.wire
}

/** The `where` of the rows of these ids. */
export function idIn(table: Table, ids: readonly RowId[]): string {
  return `(${keyName(table)},in,${ids.join(',')})`
}

/** The `where` of the rows whose id lies on that side of one. */
export function idIs(table: Table, side: 'gt' | 'ge' | 'le', id: RowId): string {
  return `(${keyName(table)},${side},${id})`
}

/** A key as an answer gives it: big numbers come as text. What is no number, or none that is held exactly, is left as it is: `doctor` tells. */
export function readId(raw: unknown): RowId {
  const isNumber = typeof raw === 'string' && /^-?\d+$/.test(raw) && Number.isSafeInteger(Number(raw))
  return (isNumber ? Number(raw) : raw) as RowId
}
