// The links endpoints: no webhook, and UpdatedAt does not move.
import type { Answer, Call } from './answers.ts'
import { noRecord, say } from './answers.ts'
import type { Double } from './double.ts'
import type { DoubleTable, Field, Values } from './store.ts'

/** The rows at the other end that a body names: v2 by the title of their key alone, v3 by `id`. */
const idsOf = (body: unknown, related: DoubleTable, v2: boolean): number[] =>
  (body as Values[]).map((end) => Number(end[v2 ? related.key.title : 'id']))

export function getLinks(
  double: Double,
  table: DoubleTable,
  field: Field,
  record: number,
  call: Call,
  v2: boolean,
): Answer {
  if (table.get(record) === undefined) return noRecord(record)
  const related = double.tableById(field.related!)!
  if (field.relation === 'bt') {
    const parent = table.get(record)?.[field.key!] ?? null
    return say(
      v2 ? parent && { [related.key.title]: parent } : { record: parent && { id: parent, fields: {} } },
    )
  }
  const limit = Math.min(Number(call.query.get(v2 ? 'limit' : 'pageSize') ?? 25), double.maxPage)
  const offset = v2
    ? Number(call.query.get('offset') ?? 0)
    : (Number(call.query.get('page') ?? 1) - 1) * limit
  const all = [...double.childrenOf(field, record)]
  if (offset > 0 && offset >= all.length) {
    return say({ error: 'ERR_INVALID_OFFSET_VALUE', message: `Offset value '${offset}' is invalid` }, 422)
  }
  const ids = all.slice(offset, offset + limit)
  if (v2)
    return say({ list: ids.map((id) => ({ [related.key.title]: id })), pageInfo: { totalRows: all.length } })
  // As soon as `fields` is given, v3 leaves the ids out.
  const records = ids.map((id) => (call.query.has('fields') ? { fields: {} } : { id, fields: {} }))
  return say({ records, ...(offset + limit < all.length ? { next: `${double.url}${call.path}` } : {}) })
}

export function changeLinks(
  double: Double,
  table: DoubleTable,
  field: Field,
  record: number,
  call: Call,
  v2: boolean,
): Answer {
  const related = double.tableById(field.related!)!
  const ends = idsOf(call.body, related, v2)
  if (table.get(record) === undefined) return noRecord(record)
  const missing = ends.find((id) => related.get(id) === undefined)
  if (missing !== undefined && call.method === 'POST') return noRecord(missing)
  for (const end of ends) {
    const [child, id, parent] = field.relation === 'hm' ? [related, end, record] : [table, record, end]
    if (call.method === 'POST') child.link(id, field.key!, parent)
    else if (child.get(id)?.[field.key!] === parent) child.link(id, field.key!, null)
  }
  return say(v2 ? true : { success: true }, v2 && call.method === 'POST' ? 201 : 200)
}
