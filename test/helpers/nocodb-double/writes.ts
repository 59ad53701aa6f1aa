// Writings, with what NocoDB 0.301.3 on PostgreSQL does of them: what it says, and what it loses without a word.
import type { Answer, Call } from './answers.ts'
import { noRecord, say, tooMany } from './answers.ts'
import type { Double } from './double.ts'
import { fire } from './hooks.ts'
import { recordV3, rowV2 } from './reads.ts'
import type { DoubleTable, Field, Values } from './store.ts'
import { parseWhere, rowsWhere } from './where.ts'

/** v1 bulk-update-all: one set of values for all that `where` matches; it says what the database refuses. */
export function updateAll(_double: Double, table: DoubleTable, { query, body }: Call): Answer {
  const values = body as Values
  const ids = [...rowsWhere(table, parseWhere(query.get('where'), table))].map(([id]) => id)
  const fault = optionFault(table, values)
  if (fault !== null) return fault
  const cells = storable(table, values)
  const reason = databaseFault(
    table,
    ids.map((id) => ({ id, cells })),
  )
  if (reason !== null) return reason
  if (Object.keys(values).length > 0) for (const id of ids) table.update(id, cells)
  return say(ids.length)
}

type Update = { readonly id: number; readonly cells: Values }

export function updateV2(double: Double, table: DoubleTable, { body }: Call): Answer {
  const rows = body as Values[]
  if (rows.length > double.limits.v2) return tooMany(double.limits.v2)
  for (const row of rows) {
    if (table.get(table.idIn(row)) === undefined) return noRecord(table.idIn(row))
    const fault = optionFault(table, row)
    if (fault !== null) return fault
  }
  const updates = rows.map((row) => ({ id: table.idIn(row), cells: storable(table, row) }))
  // The silent loss: the database refuses, the whole batch is rolled back, and the answer is the usual one.
  // Its webhooks are called all the same.
  change(double, table, updates)
  return say(updates.map(({ id }) => ({ [table.key.title]: id })))
}

function change(double: Double, table: DoubleTable, updates: readonly Update[]): void {
  const rows = () => updates.map(({ id }) => rowV2(double, table, id))
  const before = rows()
  if (databaseFault(table, updates) === null) for (const { id, cells } of updates) table.update(id, cells)
  fire(double, table, 'update', rows(), before)
}

export function deleteV2(double: Double, table: DoubleTable, { body }: Call): Answer {
  const ids = [body].flat().map((row) => table.idIn(row as Values))
  const missing = ids.find((id) => table.get(id) === undefined)
  if (missing !== undefined) return noRecord(missing)
  const rows = ids.map((id) => rowV2(double, table, id))
  for (const id of ids) {
    table.delete(id)
    for (const field of table.fields.filter(({ relation }) => relation === 'hm'))
      for (const child of [...double.childrenOf(field, id)])
        double.tableById(field.related!)!.link(child, field.key!, null)
  }
  fire(double, table, 'delete', rows)
  return say(ids.map((id) => ({ [table.key.title]: id })))
}

export function updateV3(double: Double, table: DoubleTable, { body }: Call): Answer {
  const rows = body as { id: number; fields: Values }[]
  if (rows.length > double.limits.v3) return tooMany(double.limits.v3)
  for (const { id, fields } of rows) {
    if (table.get(id) === undefined) return noRecord(id)
    const fault = typeFault(table, fields)
    if (fault !== null) return fault
    if (Object.keys(fields).some((title) => table.field(title)?.relation !== undefined)) {
      return say({ msg: 'this.knex.applyCte is not a function' }, 500)
    }
  }
  const updates = rows.map(({ id, fields }) => ({ id, cells: storable(table, fields) }))
  change(double, table, updates)
  return say({ records: rows.map(({ id }) => recordV3(double, table, id)) })
}

export function insertV2(double: Double, table: DoubleTable, { body }: Call): Answer {
  const rows = (Array.isArray(body) ? body : [body]) as Values[]
  if (rows.length > double.limits.v2) return tooMany(double.limits.v2)
  for (const row of rows) {
    const fault = optionFault(table, row)
    if (fault !== null) return fault
  }
  const cells = rows.map((row) => storable(table, row))
  const reason = databaseFault(
    table,
    cells.map((row) => ({ id: 0, cells: row })),
  )
  if (reason !== null) return reason
  const ids = cells.map((row) => table.insert(row))
  fire(
    double,
    table,
    'insert',
    ids.map((id) => rowV2(double, table, id)),
  )
  const inserted = ids.map((id) => ({ [table.key.title]: id }))
  return say(Array.isArray(body) ? inserted : inserted[0])
}

export function insertV3(double: Double, table: DoubleTable, { body }: Call): Answer {
  const rows = (Array.isArray(body) ? body : [body]) as { fields: Values }[]
  if (rows.length > double.limits.v3) return tooMany(double.limits.v3)
  for (const { fields } of rows) {
    const fault = typeFault(table, fields)
    if (fault !== null) return fault
  }
  const cells = rows.map(({ fields }) => storable(table, fields))
  const reason = databaseFault(
    table,
    cells.map((row) => ({ id: 0, cells: row })),
  )
  if (reason !== null) return reason
  const ids = cells.map((row) => table.insert(row))
  fire(
    double,
    table,
    'insert',
    ids.map((id) => rowV2(double, table, id)),
  )
  return say({ records: ids.map((id) => recordV3(double, table, id)) })
}

const NUMBERS = new Set(['Number', 'Decimal', 'ForeignKey'])
const DATES = new Set(['Date', 'DateTime'])
const SYSTEM = new Set(['ID', 'CreatedTime', 'LastModifiedTime', 'Formula', 'Links', 'LinkToAnotherRecord'])

const choicesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : value === null || value === '' ? [] : String(value).split(',')

/** What is written of the values sent: unknown and computed fields are dropped without a word. */
function storable(table: DoubleTable, values: Values): Values {
  const cells: Values = {}
  for (const [title, value] of Object.entries(values)) {
    const field = table.field(title)
    if (field === undefined || field === table.key || SYSTEM.has(field.type)) continue
    cells[field.title] = storedForm(field, value)
  }
  return cells
}

function storedForm({ type }: Field, value: unknown): unknown {
  if (type === 'MultiSelect') return choicesOf(value).join(',') || null
  if (type === 'DateTime' && typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
    return `${new Date(value).toISOString().slice(0, 19).replace('T', ' ')}+00:00`
  }
  return NUMBERS.has(type) && value === '' ? null : value
}

function optionFault(table: DoubleTable, values: Values): Answer | null {
  for (const [title, value] of Object.entries(values)) {
    const field = table.field(title)
    if (field === undefined || !field.type.endsWith('Select')) continue
    const wrong = (
      field.type === 'MultiSelect' ? choicesOf(value) : value === null ? [] : [String(value)]
    ).filter((choice) => !field.choices.includes(choice))
    if (wrong.length === 0) continue
    const valid = field.choices.join(', ')
    return say(
      {
        msg: `Invalid option(s) "${wrong.join(', ')}" provided for column "${title}". Valid options are "${valid}"`,
      },
      400,
    )
  }
  return null
}

/** v3 looks at types before the database does. */
function typeFault(table: DoubleTable, values: Values): Answer | null {
  for (const [title, value] of Object.entries(values)) {
    const field = table.field(title)
    if (field === undefined || value === null) continue
    const wrong =
      (NUMBERS.has(field.type) && Number.isNaN(Number(value))) ||
      (DATES.has(field.type) && Number.isNaN(Date.parse(String(value)))) ||
      (field.type.endsWith('Select') && choicesOf(value).some((choice) => !field.choices.includes(choice)))
    if (!wrong) continue
    const message = `Invalid value '${String(value)}' for type '${field.type}' on column '${title}'`
    return say({ error: 'ERR_INVALID_VALUE_FOR_FIELD', message }, 422)
  }
  return null
}

/** What PostgreSQL would refuse: text in a number, a date that is none, an overflow, a value already taken. */
function databaseFault(table: DoubleTable, updates: readonly Update[]): Answer | null {
  const refuse = (code: string, message: string) =>
    say({ error: 'ERR_DATABASE_OP_FAILED', message, code }, 400)
  for (const { id, cells } of updates) {
    for (const [title, value] of Object.entries(cells)) {
      const field = table.field(title)!
      if (value === null) continue
      if (NUMBERS.has(field.type) && Number.isNaN(Number(value)))
        return refuse('22P02', `Invalid value '${String(value)}' for type 'bigint'`)
      if (field.type === 'Number' && Math.abs(Number(value)) >= 2 ** 63)
        return refuse('22003', `Invalid data type or value for column '${title}'.`)
      if (DATES.has(field.type) && Number.isNaN(Date.parse(String(value))))
        return refuse('22007', 'The date / time value is invalid.')
      if (field.unique && isTaken(table, title, value, id, updates)) {
        return refuse(
          '23505',
          `${title} field unique constraint violation. Value '${String(value)}' already exists.`,
        )
      }
    }
  }
  return null
}

function isTaken(
  table: DoubleTable,
  title: string,
  value: unknown,
  id: number,
  updates: readonly Update[],
): boolean {
  for (const [other, row] of table.rows()) if (row[title] === value && other !== id) return true
  return updates.filter(({ cells }) => cells[title] === value).length > 1
}
