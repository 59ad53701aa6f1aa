import pMap from 'p-map'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { and, readPage } from './pages.ts'
import type { Table } from './schema.ts'

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
  for (let after = 0, more = true; more;) {
    const page = await readPage(base, table, {
      fields: [],
      where: and(matching, `(Id,gt,${after})`),
      limit: base.capabilities.pageSize,
    })
    for (const { id } of page.records) ids.push(id)
    after = ids.at(-1) ?? 0
    more = page.more && page.records.length > 0
  }
  return ids
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
  { id }: Table,
  columnId: string,
  parent: RowId,
  _page: number,
  offset: number,
): Promise<Children> {
  const path = `/api/v2/tables/${id}/links/${columnId}/records/${parent}`
  const query = { fields: 'Id', limit: base.capabilities.pageSize, offset }
  type Answer = { list: { Id: RowId }[]; pageInfo: { totalRows: number } }
  const expects = (body: unknown) => Array.isArray((body as Answer).list)
  const { list, pageInfo } = await base.http.send<Answer>({ method: 'GET', path, query, expects })
  return { ids: list.map(({ Id }) => Id), more: pageInfo.totalRows > offset + list.length }
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
  return { ids: records.map((record) => record.id), more: typeof next === 'string' }
}
