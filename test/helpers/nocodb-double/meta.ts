// Bases, tables and fields, as the meta routes of v2 and v3 show them.
import type { Answer, Call } from './answers.ts'
import { say } from './answers.ts'
import type { Double } from './double.ts'
import { DoubleTable, addLink, fieldOf } from './store.ts'
import type { Field, FieldOption, TableOption } from './store.ts'

export const WORKSPACE = 'wdouble'

export function info(double: Double): Answer {
  return say({ version: '0.301.3', ee: false, ncDefaultWorkspaceId: WORKSPACE, ncSiteUrl: double.url })
}

export function bases({ baseId, title }: Double): Answer {
  return say({ list: [{ id: baseId, title, workspace_id: WORKSPACE }] })
}

/** The double has one base, which takes the new title. */
export function createBase(double: Double, { body }: Call): Answer {
  double.title = (body as { title: string }).title
  return say({ id: double.baseId, title: double.title })
}

export function tables({ all }: Double): Answer {
  return say({ list: all.map(({ id, title }) => ({ id, title })) })
}

export function createTable(double: Double, { body }: Call): Answer {
  const table = new DoubleTable(body as TableOption)
  double.all.push(table)
  return tableV3(double, table)
}

export function createField(double: Double, table: DoubleTable, { body }: Call): Answer {
  const option = body as FieldOption
  const child = double.tableById(option.options?.related_table_id ?? '')
  if (option.type === 'Links' && child !== undefined) return say(fieldV3(addLink(table, option.title, child)))
  const field = fieldOf(option)
  table.fields.push(field)
  return say(fieldV3(field))
}

/** What v2 takes: a plain column, or a link from the side of its parent. */
export function createColumn(double: Double, table: DoubleTable, { body }: Call): Answer {
  const { title, uidt, childId } = body as { title: string; uidt: string; childId?: string }
  const child = double.tableById(childId ?? '')
  if (child === undefined) table.fields.push(fieldOf({ title, type: uidt }))
  else addLink(table, title, child)
  return tableV2(double, table)
}

/** v3 does not list CreatedAt and UpdatedAt. */
export function tableV3(_double: Double, { id, title, fields }: DoubleTable): Answer {
  const listed = fields.filter(({ type }) => type !== 'CreatedTime' && type !== 'LastModifiedTime')
  return say({ id, title, fields: listed.map(fieldV3) })
}

function fieldV3({ id, title, type, choices, related, relation, unique }: Field): unknown {
  const options =
    related !== undefined
      ? { options: { relation_type: relation, related_table_id: related } }
      : choices.length > 0
        ? { options: { choices: choices.map((choice) => ({ title: choice })) } }
        : {}
  return { id, title, type, ...options, ...(unique ? { unique } : {}) }
}

export function tableV2(double: Double, { id, title, fields }: DoubleTable): Answer {
  const keyId = (field: Field) =>
    fields.find(({ title: name, type }) => type === 'ForeignKey' && name === field.key)?.id ??
    double.tableById(field.related!)?.field(field.key!)?.id
  const columns = fields.map((field) => ({
    id: field.id,
    title: field.title,
    uidt: field.type,
    system: field.type === 'CreatedTime' || field.type === 'LastModifiedTime',
    pk: field === fields[0],
    colOptions:
      field.relation === undefined
        ? { options: field.choices.map((title) => ({ title })) }
        : { type: field.relation, fk_child_column_id: keyId(field) },
  }))
  return say({ id, title, columns })
}

/** The token is that of the owner, unless it was made weaker. */
export function me({ role }: Double): Answer {
  return say({ id: 'usdouble', email: 'owner@portrea.test', roles: {}, base_roles: { [role]: true } })
}

/** A title (without the spaces at its ends), a type, choices: what a person changes in a column. */
export function updateColumn(double: Double, { body }: Call, [id]: string[]): Answer {
  const found = columnOf(double, id)
  if (found === null) return noColumn(id)
  const { title: given, uidt, colOptions } = body as Changed
  const title = given?.trim()
  if (title !== undefined && title !== found.field.title) found.table.rename(found.field, title)
  if (uidt !== undefined) found.field.type = uidt
  if (colOptions?.options !== undefined) found.field.choices = colOptions.options.map((one) => one.title)
  return tableV2(double, found.table)
}

type Changed = {
  readonly title?: string
  readonly uidt?: string
  readonly colOptions?: { readonly options?: readonly { readonly title: string }[] } | null
}

/** The other side of a link goes with it, and so does its foreign key. */
export function deleteColumn(double: Double, _call: Call, [id]: string[]): Answer {
  const found = columnOf(double, id)
  if (found === null) return noColumn(id)
  const { table, field } = found
  const key = field.relation === undefined ? undefined : field.key
  for (const one of double.all)
    for (const other of one.fields.filter((side) => side === field || isOtherSide(side, one, field, table)))
      one.fields.splice(one.fields.indexOf(other), 1)
  for (const one of double.all)
    for (const other of one.fields.filter(({ type, title }) => type === 'ForeignKey' && title === key))
      if (one === table || one.id === field.related) one.fields.splice(one.fields.indexOf(other), 1)
  return tableV2(double, table)
}

function isOtherSide(side: Field, one: DoubleTable, field: Field, table: DoubleTable): boolean {
  return side.related === table.id && one.id === field.related && side.key === field.key
}

export function updateTable(double: Double, table: DoubleTable, { body }: Call): Answer {
  const { title } = body as { title: string }
  const other = double.all.find((one) => one !== table && one.title === title)
  if (other !== undefined)
    return say({ error: 'ERR_DUPLICATE_IN_ALIAS', message: `Duplicate table name '${title}'` }, 422)
  table.title = title
  return say({ msg: 'The table has been updated successfully' })
}

export function deleteTable(double: Double, table: DoubleTable): Answer {
  double.all.splice(double.all.indexOf(table), 1)
  return say(true)
}

function columnOf(double: Double, id = ''): { table: DoubleTable; field: Field } | null {
  for (const table of double.all) {
    const field = table.fields.find((one) => one.id === id)
    if (field !== undefined) return { table, field }
  }
  return null
}

function noColumn(id = ''): Answer {
  return say({ error: 'ERR_FIELD_NOT_FOUND', message: `Field '${id}' not found` }, 404)
}
