import { z } from 'zod'
import type { MetaClient } from '../meta-client.ts'
import { MARK } from './current-schema.ts'
import type { CurrentTable } from './current-schema.ts'
import type { DesiredTable, DesiredView, GridColumn } from './desired-schema.ts'

const ViewColumns = z.object({
  list: z.array(
    z.looseObject({
      id: z.string(),
      fk_column_id: z.string(),
      show: z.unknown().transform(Boolean),
      order: z.number().nullish(),
      width: z.string().nullish(),
    }),
  ),
})

/** The view that opens with a table: its columns in order, at widths that can be read; then the table is whole. */
export async function arrangeFirstGrid(
  meta: MetaClient,
  table: CurrentTable,
  desired: DesiredTable,
): Promise<void> {
  const first = table.views[0]
  if (first !== undefined) await showColumns(meta, table, first.id, desired.grid, [])
  await meta.dbTable.update(table.id, { meta: { ...table.meta, [MARK]: 'done' } })
}

/** A grid of its own; where it was begun and left, the rest. */
export async function createView(meta: MetaClient, table: CurrentTable, view: DesiredView): Promise<void> {
  const { title, description } = view
  const begun = table.views.find((one) => one.title === title)
  // The SDK's type forgets `meta`, which the route takes.
  const request = { title, description, meta: { [MARK]: 'begun' } } as Parameters<
    typeof meta.dbView.gridCreate
  >[1]
  const id = begun?.id ?? (await meta.dbView.gridCreate(table.id, request)).id
  if (id === undefined || id === null) return
  await showColumns(meta, table, id, view.columns, view.groups)
  await sort(meta, table, id, view)
  await meta.dbView.gridUpdate(id, { row_height: view.rowHeight })
  await meta.dbView.update(id, { meta: { ...begun?.meta, [MARK]: 'done' } })
}

/**
 * Hides the columns added since `before` in every view but the first grid of a table that provision made: NocoDB shows
 * a new column everywhere, shared views and forms included.
 */
export async function hideNewColumns(meta: MetaClient, before: CurrentTable): Promise<void> {
  const known = new Set(before.columns.map(({ id }) => id))
  const others = before.stage === null ? before.views : before.views.slice(1)
  for (const view of others) {
    const { list } = ViewColumns.parse(await meta.dbViewColumn.list(view.id))
    for (const { id, show, fk_column_id: column } of list)
      if (show && !known.has(column)) await meta.dbViewColumn.update(view.id, id, { show: false })
  }
}

async function showColumns(
  meta: MetaClient,
  table: CurrentTable,
  viewId: string,
  columns: readonly GridColumn[],
  groups: readonly string[],
): Promise<void> {
  await meta.dbView.hideAllColumn(viewId)
  const { list } = ViewColumns.parse(await meta.dbViewColumn.list(viewId))
  const byColumn = new Map(list.map((column) => [column.fk_column_id, column.id]))
  const ids = new Map(table.columns.map(({ title, id }) => [title, byColumn.get(id)]))
  for (const [index, { title, width, total }] of columns.entries()) {
    const id = ids.get(title)
    if (id === undefined) continue
    const shown = { show: true, order: index + 1, width: `${width}px`, aggregation: total }
    const group = groups.indexOf(title)
    const grouped = group < 0 ? {} : { group_by: true, group_by_order: group + 1, group_by_sort: 'asc' }
    await meta.dbView.gridColumnUpdate(id, { ...shown, ...grouped })
  }
}

async function sort(meta: MetaClient, table: CurrentTable, viewId: string, view: DesiredView): Promise<void> {
  const { list } = await meta.dbTableSort.list(viewId)
  for (const { title, direction } of view.sorts) {
    const column = table.columns.find((one) => one.title === title)
    if (column === undefined || list.some((one) => one.fk_column_id === column.id)) continue
    await meta.dbTableSort.create(viewId, { fk_column_id: column.id, direction })
  }
}
