import type { Http } from '../../src/nocodb/http.ts'
import { createBase } from '../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../src/nocodb/meta-client.ts'
import { newName } from '../../src/nocodb/provision/new-name.ts'
import type { OwnBase, OwnColumn, OwnTable } from './bases.ts'

/** Makes a base as its people would have: tables, choices, rows, links, and in each table views of their own, one shared. */
export async function makeBase(http: Http, meta: Sdk, { name, tables }: OwnBase): Promise<string> {
  // NocoDB takes no more than 50 signs.
  const base = await createBase(http, `${name.slice(0, 25)} ${process.hrtime.bigint()}`)
  const ids = new Map<string, string>()
  for (const table of tables) ids.set(table.title, await makeTable(meta, base, table))
  for (const { title, lists = [] } of tables)
    for (const list of lists) await makeList(meta, String(ids.get(title)), String(ids.get(list.of)), list)
  for (const table of tables) await makeComputed(http, meta, base, String(ids.get(table.title)), table)
  for (const id of ids.values()) await makeViews(meta, id)
  return base
}

const isComputed = ({ lookup, rollup, formula }: OwnColumn) => (lookup ?? rollup ?? formula) !== undefined
/** NocoDB takes no more in one call. */
const AT_ONCE = 100

/** The last column is added afterwards, as people add theirs: NocoDB then puts the one that names the row in front. */
async function makeTable(meta: Sdk, base: string, { title, columns, rows }: OwnTable): Promise<string> {
  const taken = new Set(['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'nc_order'])
  const bodies = columns
    .filter((one) => !isComputed(one))
    .map(({ title: name, uidt = 'SingleLineText', choices }, at) => ({
      ...{ title: name, column_name: newName(name, taken), uidt, pv: at === 0 },
      ...(choices === undefined
        ? {}
        : { colOptions: { options: choices.map((choice) => ({ title: choice, color: '#cfdffe' })) } }),
    }))
  const made = await meta.dbTable.create(base, {
    title,
    table_name: newName(title, new Set()),
    columns: bodies.slice(0, -1) as never,
  })
  const id = String(made.id)
  await meta.dbTableColumn.create(id, bodies.at(-1) as never)
  for (let at = 0; at < rows.length; at += AT_ONCE)
    await meta.dbDataTableRow.create(id, rows.slice(at, at + AT_ONCE))
  return id
}

/** What NocoDB computes by itself: of the columns that stand there, links included. */
async function makeComputed(
  http: Http,
  meta: Sdk,
  base: string,
  table: string,
  { columns }: OwnTable,
): Promise<void> {
  const columnsOf = async (id: string) => (await meta.dbTable.read(id)).columns as unknown as Loose[]
  const titled = (all: readonly Loose[], title: string) => all.find((one) => one['title'] === title)!
  for (const column of columns.filter(isComputed)) {
    const own = await columnsOf(table)
    const options = async (through: string, of: string, key: string) => {
      const link = titled(own, through)
      const related = await columnsOf(link['colOptions'].fk_related_model_id)
      return { related_field_id: link['id'], [key]: titled(related, of)['id'] }
    }
    const { title, lookup, rollup, formula } = column
    const body =
      lookup === undefined
        ? rollup === undefined
          ? { type: 'Formula', options: { formula } }
          : {
              type: 'Rollup',
              options: {
                ...(await options(rollup.through, rollup.of, 'related_table_rollup_field_id')),
                rollup_function: rollup.by,
              },
            }
        : {
            type: 'Lookup',
            options: await options(lookup.through, lookup.of, 'related_table_lookup_field_id'),
          }
    const path = `/api/v3/meta/bases/${base}/tables/${table}/fields`
    await http.send({ method: 'POST', path, body: { title, ...body } })
  }
}

/** A list of rows of another table, and its other side there under the name that people gave it. */
async function makeList(
  meta: Sdk,
  parentId: string,
  childId: string,
  { title, back, kind = 'hm', rows }: NonNullable<OwnTable['lists']>[number],
): Promise<void> {
  const columnsOf = async (table: string) => (await meta.dbTable.read(table)).columns as unknown as Loose[]
  const before = new Set((await columnsOf(childId)).map(({ id }) => id))
  await meta.dbTableColumn.create(parentId, { title, uidt: 'Links', type: kind, parentId, childId } as never)
  const uidt = kind === 'mm' ? 'Links' : 'LinkToAnotherRecord'
  const other = (await columnsOf(childId)).find((one) => one['uidt'] === uidt && !before.has(one['id']))!
  await meta.dbTableColumn.update(other['id'], { title: back, uidt } as never)
  const list = (await columnsOf(parentId)).find((one) => one['title'] === title)!
  for (const [row, linked] of Object.entries(rows))
    await meta.dbDataTableRow.nestedLink(
      parentId,
      list['id'],
      row,
      linked.map((Id) => ({ Id })),
    )
}

type Loose = Readonly<Record<string, any>>

/** A sorted and filtered grid that is shared, and a form. */
async function makeViews(meta: Sdk, table: string): Promise<void> {
  const { columns } = (await meta.dbTable.read(table)) as unknown as { columns: Loose[] }
  const first = columns.find(({ pv }) => pv)!
  const grid = String((await meta.dbView.gridCreate(table, { title: 'Ma vue', type: 3 })).id)
  await meta.dbTableSort.create(grid, { fk_column_id: first['id'], direction: 'desc' })
  await meta.dbTableFilter.create(grid, {
    fk_column_id: first['id'],
    comparison_op: 'notblank',
    logical_op: 'and',
  } as never)
  await meta.dbViewShare.create(grid)
  await meta.dbView.formCreate(table, { title: 'Mon formulaire', type: 1 })
}

/** Everything of their tables that people own, to be held side by side: columns, rows, views with what they show. */
export async function whatTheyOwn(meta: Sdk, base: string, { tables }: OwnBase) {
  const { list } = await meta.dbTable.list(base)
  return Promise.all(
    tables.map(async ({ title, columns, lists = [] }) => {
      const id = String(list.find((one) => one.title === title)?.id)
      const table = (await meta.dbTable.read(id)) as unknown as Loose
      const backs = tables.flatMap((one) =>
        (one.lists ?? []).filter(({ of }) => of === title).map(({ back }) => back),
      )
      const own = [...columns.map((one) => one.title), ...lists.map((one) => one.title), ...backs]
      const titles = new Map<string, string>(table['columns'].map((one: Loose) => [one['id'], one['title']]))
      const query = { fields: own, limit: 1000, sort: 'Id' } as never // enough for what is compared cell by cell
      return {
        ...{ title, id, description: table['description'], meta: table['meta'] },
        columns: table['columns'].filter((one: Loose) => own.includes(one['title'])).map(ownColumn),
        rows: ((await meta.dbDataTableRow.list(id, query)) as unknown as Loose)['list'],
        views: await ownViews(meta, id, titles),
      }
    }),
  )
}

async function ownViews(meta: Sdk, table: string, titles: ReadonlyMap<string, string>) {
  const views = ((await meta.dbView.list(table)).list as Loose[]).filter(
    ({ meta: mark }) => !JSON.stringify(mark ?? {}).includes('portrea'),
  )
  return Promise.all(
    views.map(async ({ id, title, type, uuid, meta: mark }) => {
      const shown = ((await meta.dbViewColumn.list(id)) as unknown as { list: Loose[] }).list
      return {
        ...{ id, title, type, uuid, mark },
        shown: shown
          .filter(({ show }) => show)
          .toSorted((one, other) => one['order'] - other['order'])
          .map((column) => titles.get(column['fk_column_id'])),
        sorts: (await meta.dbTableSort.list(id)).list.map((one) => [
          titles.get(String(one.fk_column_id)),
          one.direction,
        ]),
        filters: ((await meta.dbTableFilter.read(id)).list as Loose[]).map((one) => [
          titles.get(one['fk_column_id']),
          one['comparison_op'],
        ]),
      }
    }),
  )
}

/** A column but for what moves by itself, and the choices: provision may add some to a select that was agreed to. */
function ownColumn({ colOptions, updated_at: _, dtxp: __, ...column }: Loose): Loose {
  const options = colOptions?.options?.map(({ title, color }: Loose) => `${title} ${color}`)
  return { ...column, options }
}
