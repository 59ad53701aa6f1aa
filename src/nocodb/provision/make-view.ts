import { commandLine } from '../../domain/command-line.ts'
import { PortreaError } from '../../errors.ts'
import type { MetaClient } from '../meta-client.ts'
import { MARK, VIEW_MARK } from '../meta-model.ts'
import type { CurrentTable } from '../meta-model.ts'
import { showCards, showGrid, sort } from './arrange.ts'
import { findView } from './current-schema.ts'
import type { DesiredView } from './desired-views.ts'
import { fillForm, formWords } from './make-form.ts'

/** NocoDB's numbers of the kinds of views. */
const TYPES = { form: 1, grid: 3, kanban: 4, calendar: 6 } as const

/** A view of its own; where it was begun and left, the rest. */
export async function makeView(meta: MetaClient, table: CurrentTable, view: DesiredView): Promise<void> {
  const begun = findView(table, view)
  const id = begun?.id ?? (await create(meta, table, view))
  await filter(meta, table, id, view.rows)
  await sort(meta, table, id, view.sorts)
  switch (view.kind) {
    case 'grid':
      await showGrid(meta, table, id, view.columns, view.groups)
      await meta.updateGrid(id, { row_height: view.rowHeight })
      break
    case 'kanban':
    case 'calendar':
      await showCards(meta, table, id, view.columns)
      break
    case 'form':
      await fillForm(meta, table, id, view.questions)
      break
  }
  await meta.updateView(id, { meta: { ...begun?.meta, ...ownMeta(view), [MARK]: 'done' } })
}

/** What NocoDB keeps in the `meta` of a view of this kind. */
function ownMeta({ key, kind }: DesiredView): object {
  const form = kind === 'form' ? { hide_banner: true, hide_branding: true } : {}
  return { ...form, [VIEW_MARK]: key }
}

async function create(meta: MetaClient, table: CurrentTable, view: DesiredView): Promise<string> {
  const { title, description, kind } = view
  const mark = { ...ownMeta(view), [MARK]: 'begun' }
  return meta.createView(kind, table.id, {
    ...{ title, description, type: TYPES[kind], meta: mark },
    ...kindOptions(table, view),
  })
}

/** What a view of this kind is made with. */
function kindOptions(table: CurrentTable, view: DesiredView): Readonly<Record<string, unknown>> {
  switch (view.kind) {
    case 'grid':
      return {}
    case 'kanban':
      return { fk_grp_col_id: columnId(table, view.by) }
    case 'calendar':
      return { calendar_range: [{ fk_from_column_id: columnId(table, view.by) }] }
    case 'form':
      return formWords(view)
  }
}

function columnId(table: CurrentTable, title: string): string {
  const column = table.columns.find((one) => one.title === title)
  if (column !== undefined) return column.id
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    `La colonne « ${title} » manque à la table « ${table.title} » : relancez \`${commandLine('provision')}\`.`,
  )
}

/** A view that was begun is not looked at yet: its filters are made again. */
async function filter(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  rows: DesiredView['rows'],
): Promise<void> {
  for (const { id } of await meta.filters(viewId)) await meta.deleteFilter(id)
  const logical_op = rows.length > 1 ? 'or' : 'and'
  for (const conditions of rows) {
    const alone = conditions.length === 1 || rows.length === 1
    const group = alone ? null : await meta.createFilter(viewId, { is_group: true, logical_op })
    const parent = group === null ? {} : { fk_parent_id: String(group.id) }
    for (const { title, operator, value } of conditions)
      await meta.createFilter(viewId, {
        ...parent,
        fk_column_id: columnId(table, title),
        comparison_op: operator,
        value,
        logical_op: alone ? logical_op : 'and',
      })
  }
}
