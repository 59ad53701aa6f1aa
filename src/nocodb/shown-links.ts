import pMap from 'p-map'
import type { Base } from './base.ts'
import { CHOICES, cellReader } from './cells.ts'
import type { Cell, RowId } from './cells.ts'
import { childrenOf, everyRow, rowIds } from './linked-ids.ts'
import { countRows } from './pages.ts'
import type { Column, Table } from './schema.ts'

/** The names of the rows of the table at the other end of a link, as NocoDB shows them in its cell. */
export async function namesAt(base: Base, { relatedTableId }: Column): Promise<ReadonlyMap<RowId, Cell>> {
  const related = tableOf(base, relatedTableId)
  const names = new Map<RowId, Cell>()
  if (related === undefined) return names // in another base
  const named = namingOf(related)
  if (named === null) return names
  const read = cellReader(named.kind)
  for await (const { id, values } of everyRow(base, related, [named]))
    names.set(id, read(values[named.wire] ?? null))
  return names
}

/**
 * What a list of links shows in each row of `table`: the names of the rows that it lists, as one list. They are told
 * from the side that takes fewer calls.
 * @param where only these rows of the table
 */
export async function namesListed(
  base: Base,
  table: Table,
  list: Column,
  where: string | undefined,
): Promise<ReadonlyMap<RowId, Cell>> {
  const related = tableOf(base, list.relatedTableId)
  if (related === undefined) return new Map()
  const names = await namesAt(base, list)
  const listed = new Map<RowId, string[]>()
  for (const [row, other] of await pairsOf(base, table, related, list, where)) {
    const name = names.get(other) ?? null
    if (name !== null) listed.set(row, [...(listed.get(row) ?? []), String(name)])
  }
  return new Map([...listed].map(([row, all]) => [row, all.join(CHOICES)]))
}

type Pair = readonly [row: RowId, other: RowId]

async function pairsOf(
  base: Base,
  table: Table,
  related: Table,
  list: Column,
  where: string | undefined,
): Promise<Pair[]> {
  const [back] = [...related.inverses].find(([, { columnId }]) => columnId === list.id) ?? []
  const key = back === undefined ? undefined : related.columns.get(related.foreignKeys.get(back) ?? '')
  if (key !== undefined) return pairsByKey(base, related, key)
  const other = otherSide(table, related, list)
  const [ours, theirs] = await Promise.all([countRows(base, table, where), countRows(base, related)])
  if (other === null || ours <= theirs) return listsOf(base, table, list.id, where)
  return (await listsOf(base, related, other.id)).map(([row, mine]) => [mine, row])
}

async function pairsByKey(base: Base, related: Table, key: Column): Promise<Pair[]> {
  const read = cellReader(key.kind)
  const pairs: Pair[] = []
  for await (const { id, values } of everyRow(base, related, [key])) {
    const row = read(values[key.wire])
    if (typeof row === 'number') pairs.push([row, id])
  }
  return pairs
}

async function listsOf(base: Base, table: Table, columnId: string, where?: string): Promise<Pair[]> {
  const ids = await rowIds(base, table, where)
  const lists = await pMap(
    ids,
    async (row) => (await childrenOf(base, table, columnId, row)).map((other): Pair => [row, other]),
    { concurrency: base.settings.connections },
  )
  return lists.flat()
}

/** The other side of a list of many to many; null: several could be it. */
function otherSide(table: Table, related: Table, list: Column): Column | null {
  const lists = (from: Table, to: Table) =>
    [...from.columns.values()].filter(
      ({ kind, relatedTableId }) => kind === 'links' && relatedTableId === to.id,
    )
  const [mine, theirs] = [lists(table, related), lists(related, table)]
  return table.id !== related.id && mine.length === 1 && mine[0]?.id === list.id && theirs.length === 1
    ? (theirs[0] ?? null)
    : null
}

/** The column that names a row: the one that the server says, else the first that holds text. */
export function namingOf({ display, columns }: Table): Column | null {
  return display ?? [...columns.values()].find(({ kind, system }) => kind === 'text' && !system) ?? null
}

function tableOf(base: Base, id: string | null): Table | undefined {
  return [...base.tables.values()].find((table) => table.id === id)
}
