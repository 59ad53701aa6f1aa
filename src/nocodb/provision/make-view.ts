import { z } from 'zod'
import { PortreaError } from '../../errors.ts'
import type { MetaClient } from '../meta-client.ts'
import { showCards, showGrid, sort } from './arrange.ts'
import { findView, MARK, VIEW_MARK } from './current-schema.ts'
import type { CurrentTable } from './current-schema.ts'
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
      await meta.dbView.gridUpdate(id, { row_height: view.rowHeight })
      break
    case 'kanban':
    case 'calendar':
      await showCards(meta, table, id, view.columns)
      break
    case 'form':
      await fillForm(meta, table, id, view.questions)
      break
  }
  await meta.dbView.update(id, { meta: { ...begun?.meta, ...ownMeta(view), [MARK]: 'done' } })
}

/** What NocoDB keeps in the `meta` of a view of this kind. */
function ownMeta({ key, kind }: DesiredView): object {
  const form = kind === 'form' ? { hide_banner: true, hide_branding: true } : {}
  return { ...form, [VIEW_MARK]: key }
}

async function create(meta: MetaClient, table: CurrentTable, view: DesiredView): Promise<string> {
  const { title, description, kind } = view
  const mark = { ...ownMeta(view), [MARK]: 'begun' }
  const request = { title, description, type: TYPES[kind], meta: mark } as const
  const { id } = await send(meta, table, view, request)
  if (id !== undefined && id !== null) return id
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB ne donne pas d’identifiant à la vue « ${title} » : créez-la à la main.`,
  )
}

/** The SDK's types forget `meta`, which every route takes. */
async function send(
  meta: MetaClient,
  table: CurrentTable,
  view: DesiredView,
  request: object,
): Promise<{ id?: string | null }> {
  switch (view.kind) {
    case 'grid':
      return meta.dbView.gridCreate(table.id, request as never)
    case 'kanban':
      return meta.dbView.kanbanCreate(table.id, {
        ...request,
        fk_grp_col_id: columnId(table, view.by),
      } as never)
    case 'calendar': {
      const range = [{ fk_from_column_id: columnId(table, view.by) }]
      return meta.dbView.calendarCreate(table.id, { ...request, calendar_range: range } as never)
    }
    case 'form':
      return meta.dbView.formCreate(table.id, { ...request, ...formWords(view) } as never)
  }
}

function columnId(table: CurrentTable, title: string): string {
  const column = table.columns.find((one) => one.title === title)
  if (column !== undefined) return column.id
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    `La colonne « ${title} » manque à la table « ${table.title} » : relancez \`portrea provision\`.`,
  )
}

const Filters = z.object({ list: z.array(z.looseObject({ id: z.string() })) })

/** A view that was begun is not looked at yet: its filters are made again. */
async function filter(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  rows: DesiredView['rows'],
): Promise<void> {
  for (const { id } of Filters.parse(await meta.dbTableFilter.read(viewId)).list)
    await meta.dbTableFilter.delete(id)
  const logical_op = rows.length > 1 ? 'or' : 'and'
  for (const conditions of rows) {
    const alone = conditions.length === 1 || rows.length === 1
    const group = alone ? null : await meta.dbTableFilter.create(viewId, { is_group: true, logical_op })
    const parent = group === null ? {} : { fk_parent_id: String(group.id) }
    for (const { title, operator, value } of conditions)
      await meta.dbTableFilter.create(viewId, {
        ...parent,
        fk_column_id: columnId(table, title),
        comparison_op: operator,
        value,
        logical_op: alone ? logical_op : 'and',
      } as never)
  }
}
