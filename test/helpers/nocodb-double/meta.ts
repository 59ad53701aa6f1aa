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
    colOptions:
      field.relation === undefined ? null : { type: field.relation, fk_child_column_id: keyId(field) },
  }))
  return say({ id, title, columns })
}
