import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import type { Table } from './schema.ts'

export type PageQuery = {
  /** Ids (or titles) of the columns; none: only the Id. */
  readonly fields: readonly string[]
  readonly where?: string | undefined
  readonly limit: number
  readonly lastFirst?: boolean
}

/** One record as the server wrote it: `values` by title of column. */
export type RawRecord = { readonly id: RowId; readonly values: Readonly<Record<string, unknown>> }

/** One page in the order of the Ids; `total` is what `where` matches, null where the route does not tell. */
export type Page = {
  readonly records: readonly RawRecord[]
  readonly total: number | null
  readonly more: boolean
}

/** Reads one page by the fastest route there is. */
export async function readPage(base: Base, table: Table, query: PageQuery): Promise<Page> {
  return base.capabilities.routes.v2 ? readV2Page(base, table, query) : readV3Page(base, table, query)
}

type V2Page = { list: { Id: RowId }[]; pageInfo: { totalRows: number } }

async function readV2Page({ http }: Base, table: Table, query: PageQuery): Promise<Page> {
  const { list, pageInfo } = await http.send<V2Page>({
    method: 'GET',
    path: `/api/v2/tables/${table.id}/records`,
    query: {
      fields: ['Id', ...query.fields].join(','),
      limit: query.limit,
      sort: query.lastFirst ? '-Id' : 'Id',
      ...(query.where === undefined ? {} : { where: query.where }),
    },
    expects: (body) =>
      Array.isArray((body as V2Page).list) && typeof (body as V2Page).pageInfo?.totalRows === 'number',
  })
  const records = list.map((values) => ({ id: values.Id, values }))
  return { records, total: pageInfo.totalRows, more: pageInfo.totalRows > list.length }
}

type V3Page = { records: { id: RowId; fields: Record<string, unknown> }[]; next?: string | null }

async function readV3Page({ http, id }: Base, table: Table, query: PageQuery): Promise<Page> {
  const { records, next } = await http.send<V3Page>({
    method: 'GET',
    path: `/api/v3/data/${id}/${table.id}/records`,
    query: {
      fields: JSON.stringify(query.fields.length === 0 ? ['Id'] : query.fields),
      pageSize: query.limit,
      sort: JSON.stringify([{ field: 'Id', direction: query.lastFirst ? 'desc' : 'asc' }]),
      ...(query.where === undefined ? {} : { where: query.where }),
    },
    expects: (body) => Array.isArray((body as V3Page).records),
  })
  return {
    records: records.map((record) => ({ id: record.id, values: record.fields })),
    total: null,
    more: typeof next === 'string',
  }
}

/** How many rows a `where` matches (all of them without). */
export async function countRows(base: Base, table: Table, where?: string): Promise<number> {
  const path = base.capabilities.routes.v2
    ? `/api/v2/tables/${table.id}/records/count`
    : `/api/v3/data/${base.id}/${table.id}/count`
  const query = where === undefined ? {} : { where }
  const expects = (body: unknown) => typeof (body as { count?: unknown }).count === 'number'
  return (await base.http.send<{ count: number }>({ method: 'GET', path, query, expects })).count
}

/** Both conditions at once. */
export function and(where: string | undefined, other: string): string {
  return where === undefined ? other : `(${where})~and${other}`
}
