import type { Sdk } from '../../../src/nocodb/meta-client.ts'

type Loose = Readonly<Record<string, any>>

/** A table as people might have made it: names and options of their own, rows, a grid, a shared grid, a form. */
export async function makeOwnTable(meta: Sdk, baseId: string): Promise<void> {
  const { id } = await meta.dbTable.create(baseId, {
    title: 'Lieux',
    table_name: 'acteurs',
    columns: [
      { title: 'Nom', column_name: 'nom', uidt: 'LongText', pv: true },
      { title: 'siret', column_name: 'siret', uidt: 'SingleLineText' },
      {
        title: 'Avancement',
        column_name: 'avancement',
        uidt: 'SingleSelect',
        ...choices('Abandonné', 'Contacté'),
      },
      { title: 'Notes internes', column_name: 'notes', uidt: 'LongText' },
    ],
  })
  const table = String(id)
  // NocoDB moves the column that names the row to the front of the first view when a column is first added.
  await meta.dbTableColumn.create(table, { title: 'Budget', column_name: 'budget', uidt: 'Currency' })
  const rows = [
    { Nom: 'Médiathèque', siret: '21350238800019', Avancement: 'Abandonné', 'Notes internes': 'à revoir' },
  ]
  await meta.dbDataTableRow.create(table, [...rows, { Nom: 'CCAS', Avancement: 'Contacté', Budget: 12.5 }])
  const grid = await meta.dbView.gridCreate(table, { title: 'Ma vue', type: 3 })
  await meta.dbViewShare.create(String(grid.id))
  await meta.dbView.formCreate(table, { title: 'Mon formulaire', type: 1 })
}

function choices(...titles: string[]): object {
  return { colOptions: { options: titles.map((title) => ({ title, color: '#cfdffe' })) } }
}

/** What people own in a table: its columns of before Portrea, its rows, its views with what they show. */
export async function ownThings(meta: Sdk, tableId: string) {
  const own = ['Nom', 'siret', 'Avancement', 'Notes internes', 'Budget']
  const table = (await meta.dbTable.read(tableId)) as Loose
  const titles = new Map<string, string>(table.columns.map((one: Loose) => [one['id'], one['title']]))
  const views = ((await meta.dbView.list(tableId)).list as Loose[]).filter(
    ({ meta: mark }) => !JSON.stringify(mark).includes('portrea'),
  )
  return {
    title: table.title,
    meta: table.meta,
    description: table.description,
    columns: table.columns.filter((one: Loose) => own.includes(one['title'])).map(ownColumn),
    rows: ((await meta.dbDataTableRow.list(tableId, { fields: own })) as Loose).list,
    views: await Promise.all(
      views.map(async ({ id, title, type, uuid, meta: mark }) => ({
        ...{ id: String(id), title, type, uuid, meta: mark },
        shown: await shown(meta, String(id), titles),
      })),
    ),
  }
}

/** All of a column but its options (some may be added), of which the first stay. */
function ownColumn({ colOptions, updated_at: _, dtxp: __, ...column }: Loose): Loose {
  return { ...column, options: colOptions?.options.slice(0, 2) }
}

/** Titles of the columns that a view shows, in order. */
export async function shownColumns(meta: Sdk, tableId: string, viewId: string): Promise<string[]> {
  const table = (await meta.dbTable.read(tableId)) as Loose
  return shown(meta, viewId, new Map(table['columns'].map((one: Loose) => [one['id'], one['title']])))
}

async function shown(meta: Sdk, viewId: string, titles: ReadonlyMap<string, string>): Promise<string[]> {
  const { list } = (await meta.dbViewColumn.list(viewId)) as unknown as { list: Loose[] }
  return list
    .filter(({ show }) => show)
    .toSorted((one, other) => one['order'] - other['order'])
    .map((column) => titles.get(column['fk_column_id']) ?? '')
}

/** Everything that provision decides of a base, by title: two bases made in different ways can be held side by side. */
export async function comparable(meta: Sdk, baseId: string) {
  const { list } = await meta.dbTable.list(baseId)
  const tables = await Promise.all(list.map(async ({ id }) => (await meta.dbTable.read(String(id))) as Loose))
  return Promise.all(
    tables
      .toSorted((one, other) => (one['title'] < other['title'] ? -1 : 1))
      .map(async (table) => {
        const titles = new Map<string, string>(table.columns.map((one: Loose) => [one['id'], one['title']]))
        return {
          ...{ title: table['title'], description: table['description'], meta: table['meta'] },
          columns: table['columns']
            // On SQLite the name of a foreign key holds that of the base.
            .filter(({ uidt }: Loose) => uidt !== 'ForeignKey')
            .map(
              ({ title, uidt, description, pv, colOptions }: Loose) =>
                `${title} ${uidt} ${description} ${Boolean(pv)} ${colOptions?.type} ${colOptions?.options?.map((o: Loose) => o['title'] + o['color'])}`,
            )
            .toSorted(),
          views: await Promise.all(
            table['views'].map(async ({ id, title, type, meta: mark, description }: Loose) => ({
              ...{ title, type, mark: { ...mark, groupingFieldColumn: undefined }, description },
              filters: ((await meta.dbTableFilter.read(String(id))).list as Loose[]).map(
                ({ fk_column_id: column, comparison_op: operator, value, is_group: group }) =>
                  `${titles.get(column)} ${operator} ${value} ${Boolean(group)}`,
              ),
              shown: await shown(meta, String(id), titles),
              sorts: (await meta.dbTableSort.list(String(id))).list.map(
                ({ fk_column_id: column, direction }) => [titles.get(String(column)), direction],
              ),
            })),
          ),
        }
      }),
  )
}
