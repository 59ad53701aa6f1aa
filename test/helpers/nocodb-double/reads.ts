// Lists and counts, as v2 and v3 answer them.
import type { Answer, Call } from './answers.ts'
import { say } from './answers.ts'
import type { DoubleTable, Field, Values } from './store.ts'
import type { Double } from './double.ts'
import { parseWhere, rowsWhere } from './where.ts'

export function count(_double: Double, table: DoubleTable, { query }: Call): Answer {
  return say({ count: select(table, query, Infinity, 0).total })
}

export function listV2(double: Double, table: DoubleTable, { query }: Call): Answer {
  const limit = pageSize(double, query.get('limit'))
  const offset = Number(query.get('offset') ?? 0)
  const { rows, total } = select(table, query, limit, offset)
  if (offset > 0 && offset >= total)
    return say({ error: 'ERR_INVALID_OFFSET_VALUE', message: `Offset value '${offset}' is invalid` }, 422)
  const { fields, unknown } = fieldsOf(table, query.get('fields')?.split(','))
  if (unknown !== undefined)
    return say({ error: 'ERR_FIELD_NOT_FOUND', message: `Field '${unknown}' not found` }, 404)
  const list = rows.map(([id, row]) => valuesOf(double, table, fields, id, row, 'v2'))
  const page = Math.floor(offset / limit) + 1
  const pageInfo = {
    totalRows: total,
    page,
    pageSize: limit,
    isFirstPage: page === 1,
    isLastPage: offset + list.length >= total,
  }
  return say({ list, pageInfo })
}

export function listV3(double: Double, table: DoubleTable, { query, path }: Call): Answer {
  const limit = pageSize(double, query.get('pageSize'))
  const page = Number(query.get('page') ?? 1)
  const { rows, total } = select(table, query, limit, (page - 1) * limit)
  const asked = query.get('fields')
  const { fields, unknown } = fieldsOf(table, asked === null ? undefined : (JSON.parse(asked) as string[]))
  if (unknown !== undefined) {
    return say(
      { error: 'ERR_FIELD_NOT_FOUND', message: `Field '${unknown}' on 'fields' query parameter not found` },
      422,
    )
  }
  const records = rows.map(([id, row]) => ({ id, fields: valuesOf(double, table, fields, id, row, 'v3') }))
  const next = page * limit < total ? { next: `${double.url}${path}?page=${page + 1}` } : {}
  return say({ records, ...next, nestedNext: null })
}

/** One record in full, as v3 answers a writing. */
export function recordV3(double: Double, table: DoubleTable, id: number): unknown {
  return { id, fields: valuesOf(double, table, table.fields, id, table.get(id) ?? {}, 'v3') }
}

/** One row in full, as v2 writes it and webhooks tell it. */
export function rowV2(double: Double, table: DoubleTable, id: number): Values {
  return valuesOf(double, table, table.fields, id, table.get(id) ?? {}, 'v2')
}

function fieldsOf(
  table: DoubleTable,
  names?: readonly string[],
): { fields: readonly Field[]; unknown?: string } {
  if (names === undefined) return { fields: table.fields }
  const unknown = names.find((name) => table.field(name) === undefined)
  const fields = names.flatMap((name) => table.field(name) ?? [])
  return unknown === undefined ? { fields } : { fields, unknown }
}

function pageSize({ maxPage }: Double, asked: string | null): number {
  return Math.min(Number(asked ?? 25) || 25, maxPage)
}

type Selected = { rows: (readonly [number, Values])[]; total: number }

function select(table: DoubleTable, query: URLSearchParams, limit: number, offset: number): Selected {
  const filter = parseWhere(query.get('where'), table)
  const sort = query.get('sort') ?? ''
  const lastFirst = sort.startsWith('-') || sort.includes('"desc"')
  const rows: (readonly [number, Values])[] = []
  const all = query.get('where') === null
  if (all && limit === Infinity) return { rows: [], total: table.size }
  let total = 0
  for (const [id, row] of rowsWhere(table, filter, lastFirst)) {
    if (total >= offset && rows.length < limit && limit !== Infinity) rows.push([id, row])
    total++
    if (all && rows.length === limit) return { rows, total: table.size }
  }
  return { rows, total }
}

function valuesOf(
  double: Double,
  table: DoubleTable,
  fields: readonly Field[],
  id: number,
  row: Values,
  form: 'v2' | 'v3',
): Values {
  const values: Values = {}
  for (const field of fields) {
    if (field === table.key) {
      if (form === 'v2') values[field.title] = id
    } else if (field.relation === 'bt') {
      const parent = row[field.key!] as number | null
      const related = double.tableById(field.related!)
      const exists = parent !== null && related?.get(parent) !== undefined
      const end = form === 'v2' ? { [related?.key.title ?? '']: parent } : { id: parent, fields: {} }
      values[field.title] = exists ? end : null
    } else if (field.relation === 'hm') {
      values[field.title] = [...double.childrenOf(field, id)].length
    } else {
      const cell = row[field.title] ?? null
      const list = form === 'v3' && field.type === 'MultiSelect' && typeof cell === 'string'
      values[field.title] = list ? cell.split(',') : cell
    }
  }
  return values
}
