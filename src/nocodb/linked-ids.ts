import pMap from 'p-map'
import { absent } from './absent-column.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { and, readPage } from './pages.ts'
import type { RawRecord } from './pages.ts'
import { idIs, MADE_BY_NOCODB, readId, rowKey } from './row-key.ts'
import type { RowKey } from './row-key.ts'
import type { Column, Table } from './schema.ts'

/** Child → parent, from the list of each parent: the way where links have no foreign key. */
export async function linkedIds(base: Base, parents: Table, columnId: string): Promise<Map<RowId, RowId>> {
  const linked = new Map<RowId, RowId>()
  const ids = await rowIds(base, parents)
  await pMap(
    ids,
    async (parent) => {
      for (const child of await childrenOf(base, parents, columnId, parent)) linked.set(child, parent)
    },
    { concurrency: base.settings.connections },
  )
  return linked
}

/** The Ids of all rows of a table, or of those that match. */
export async function rowIds(base: Base, table: Table, matching?: string): Promise<RowId[]> {
  const ids: RowId[] = []
  for await (const { id } of everyRow(base, table, [], matching)) ids.push(id)
  return ids
}

/** Every row of a table, or of those that match, in the order of the Ids, with these columns as the server writes them. */
export async function* everyRow(
  base: Base,
  table: Table,
  columns: readonly Column[],
  matching?: string,
): AsyncGenerator<RawRecord> {
  const limit = base.capabilities.pageSize
  const fields = columns.map(({ id, wire }) => id || wire)
  for (let after: RowId | undefined, more = true; more;) {
    const where = after === undefined ? matching : and(matching, idIs(table, 'gt', after))
    const page = await readPage(base, table, { fields, where, limit })
    yield* page.records
    after = page.records.at(-1)?.id
    more = page.more && after !== undefined
  }
}

/** The rows that one parent lists in one of its columns. */
export async function childrenOf(
  base: Base,
  parents: Table,
  columnId: string,
  parent: RowId,
): Promise<RowId[]> {
  const read = base.capabilities.routes.v2 ? v2Children : v3Children
  const children: RowId[] = []
  for (let page = 1; ; page++) {
    const { ids, more } = await read(base, parents, columnId, parent, page, children.length)
    children.push(...ids)
    if (!more || ids.length === 0) return children
  }
}

type Children = { ids: RowId[]; more: boolean }

async function v2Children(
  base: Base,
  parents: Table,
  columnId: string,
  parent: RowId,
  _page: number,
  offset: number,
): Promise<Children> {
  const path = `/api/v2/tables/${parents.id}/links/${columnId}/records/${parent}`
  const key = keyAtOtherEnd(base, parents, columnId)
  const query = { fields: key.id || key.wire, limit: base.capabilities.pageSize, offset }
  type Answer = { list: Record<string, unknown>[]; pageInfo: { totalRows: number } }
  const expects = (body: unknown) => Array.isArray((body as Answer).list)
  const { list, pageInfo } = await base.http.send<Answer>({ method: 'GET', path, query, expects })
  const ids = list.map((values) => {
    if (values[key.wire] === undefined) throw absent(parents, key.wire)
    return readId(values[key.wire])
  })
  return { ids, more: pageInfo.totalRows > offset + list.length }
}

/** That of the table to which a column of links leads. */
function keyAtOtherEnd(base: Base, { columns }: Table, columnId: string): RowKey {
  const column = [...columns.values()].find(({ id }) => id === columnId)
  const related = [...base.tables.values()].find(({ id }) => id === column?.relatedTableId)
  return (related === undefined ? null : rowKey(related)) ?? MADE_BY_NOCODB
}

/** v3 leaves the ids out as soon as `fields` is given (0.301.3): so it is not. */
async function v3Children(
  base: Base,
  { id }: Table,
  columnId: string,
  parent: RowId,
  page: number,
): Promise<Children> {
  const path = `/api/v3/data/${base.id}/${id}/links/${columnId}/${parent}`
  const query = { pageSize: base.capabilities.pageSize, page }
  type Answer = { records: { id: RowId }[]; next?: string | null }
  const expects = (body: unknown) => Array.isArray((body as Answer).records)
  const { records, next } = await base.http.send<Answer>({ method: 'GET', path, query, expects })
  return { ids: records.map((record) => readId(record.id)), more: typeof next === 'string' }
}
