import type { MetaClient } from '../meta-client.ts'
import { MARK } from '../meta-model.ts'
import type { CurrentTable } from '../meta-model.ts'
import type { DesiredView } from './desired-views.ts'
import type { GridColumn } from './grid-columns.ts'

/** The view that opens with a table: its columns in order, at widths that can be read; then the table is whole. */
export async function arrangeFirstGrid(
  meta: MetaClient,
  table: CurrentTable,
  desired: { readonly grid: readonly GridColumn[]; readonly sort: DesiredView['sorts'][number] | null },
): Promise<void> {
  const first = table.views[0]
  if (first !== undefined) {
    await showGrid(meta, table, first.id, desired.grid, [])
    if (desired.sort !== null) await sort(meta, table, first.id, [desired.sort])
  }
  await meta.updateTable(table.id, { meta: { ...table.meta, [MARK]: 'done' } })
}

/**
 * Hides the columns added since `before` in every view but the first grid of a table that provision made: NocoDB shows
 * a new column everywhere, shared views and forms included.
 */
export async function hideNewColumns(meta: MetaClient, before: CurrentTable): Promise<void> {
  const known = new Set(before.columns.map(({ id }) => id))
  const others = before.stage === null ? before.views : before.views.slice(1)
  for (const view of others) {
    for (const { id, show, fk_column_id: column } of await meta.viewColumns(view.id))
      if (show && !known.has(column)) await meta.updateViewColumn(view.id, id, { show: false })
  }
}

/** The columns of a grid: these, in this order, the others hidden. */
export async function showGrid(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  columns: readonly GridColumn[],
  groups: readonly string[],
): Promise<void> {
  const widths = new Map(columns.map((column) => [column.title, column]))
  await showColumns(meta, table, viewId, [...widths.keys()], async ({ id, title, order }) => {
    const { width, total } = widths.get(title)!
    const shown = { show: true, order, width: `${width}px`, aggregation: total }
    const group = groups.indexOf(title)
    const grouped = group < 0 ? {} : { group_by: true, group_by_order: group + 1, group_by_sort: 'asc' }
    await meta.updateGridColumn(id, { ...shown, ...grouped })
  })
}

/** What a card of a kanban or a calendar shows. */
export async function showCards(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  columns: readonly string[],
): Promise<void> {
  await showColumns(meta, table, viewId, columns, async ({ id, order }) => {
    await meta.updateViewColumn(viewId, id, { show: true, order })
  })
}

/** Orders the rows of a view; what it is ordered by already stays. */
export async function sort(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  sorts: readonly { readonly title: string; readonly direction: 'asc' | 'desc' }[],
): Promise<void> {
  const list = await meta.sorts(viewId)
  for (const { title, direction } of sorts) {
    const column = table.columns.find((one) => one.title === title)
    if (column === undefined || list.some((one) => one.fk_column_id === column.id)) continue
    await meta.createSort(viewId, { fk_column_id: column.id, direction })
  }
}

/** One column of a view: the id that it has there, and its place. */
type Place = { readonly id: string; readonly title: string; readonly order: number }

async function showColumns(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  titles: readonly string[],
  show: (place: Place) => Promise<void>,
): Promise<void> {
  await meta.hideColumns(viewId)
  const list = await meta.viewColumns(viewId)
  const byColumn = new Map(list.map((column) => [column.fk_column_id, column.id]))
  const ids = new Map(table.columns.map(({ title, id }) => [title, byColumn.get(id)]))
  await Promise.all(
    titles.map(async (title, index) => {
      const id = ids.get(title)
      if (id !== undefined) await show({ id, title, order: index + 1 })
    }),
  )
}
