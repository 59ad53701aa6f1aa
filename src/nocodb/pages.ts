import { absent } from './absent-column.ts'
import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { readId, rowKey } from './row-key.ts'
import type { Table } from './schema.ts'

export type PageQuery = {
  /** Ids (or titles) of the columns; none: only the key. */
  readonly fields: readonly string[]
  readonly where?: string | undefined
  readonly limit: number
  readonly lastFirst?: boolean
}

/** One record as the server wrote it: `values` by title of column. */
export type RawRecord = { readonly id: RowId; readonly values: Readonly<Record<string, unknown>> }

/** One page in the order of the keys; `total` is what `where` matches, null where the route does not tell. */
export type Page = {
  readonly records: readonly RawRecord[]
  readonly total: number | null
  readonly more: boolean
}

/** Reads one page by the fastest route there is. */
export async function readPage(base: Base, table: Table, query: PageQuery): Promise<Page> {
  return base.capabilities.routes.v2 ? readV2Page(base, table, query) : readV3Page(base, table, query)
}

type V2Page = { list: Record<string, unknown>[]; pageInfo: { totalRows: number } }

async function readV2Page({ http }: Base, table: Table, query: PageQuery): Promise<Page> {
  const key = rowKey(table)
  const name = key === null ? null : key.id || key.wire
  const { list, pageInfo } = await http.send<V2Page>({
    method: 'GET',
    path: `/api/v2/tables/${table.id}/records`,
    query: {
      fields: [...(name === null ? [] : [name]), ...query.fields].join(','),
      limit: query.limit,
      ...(name === null ? {} : { sort: query.lastFirst ? `-${name}` : name }),
      ...(query.where === undefined ? {} : { where: query.where }),
    },
    expects: (body) =>
      Array.isArray((body as V2Page).list) && typeof (body as V2Page).pageInfo?.totalRows === 'number',
  })
  const records = list.map((values) => {
    if (key !== null && values[key.wire] === undefined) throw absent(table, key.wire)
    return { id: readId(values[key?.wire ?? '']), values }
  })
  return { records, total: pageInfo.totalRows, more: pageInfo.totalRows > list.length }
}

type V3Page = { records: { id: RowId; fields: Record<string, unknown> }[]; next?: string | null }

async function readV3Page({ http, id }: Base, table: Table, query: PageQuery): Promise<Page> {
  const key = rowKey(table)
  const name = key === null ? null : key.id || key.wire
  const { records, next } = await http.send<V3Page>({
    method: 'GET',
    path: `/api/v3/data/${id}/${table.id}/records`,
    query: {
      fields: JSON.stringify(query.fields.length === 0 && name !== null ? [name] : query.fields),
      pageSize: query.limit,
      ...(name === null
        ? {}
        : { sort: JSON.stringify([{ field: name, direction: query.lastFirst ? 'desc' : 'asc' }]) }),
      ...(query.where === undefined ? {} : { where: query.where }),
    },
    expects: (body) => Array.isArray((body as V3Page).records),
  })
  return {
    // v3 keeps the key out of the fields.
    records: records.map(({ id: raw, fields }) => ({
      id: readId(raw),
      values: key === null ? fields : { [key.wire]: raw, ...fields },
    })),
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
