import pg from 'pg'
import type { Base } from '../../src/nocodb/base.ts'
import { settings } from './our-work.ts'

/** Rows as our provision names them: cells by title of column. */
type Cells = Readonly<Record<string, unknown>>

/** The PostgreSQL under our own NocoDB: what takes minutes through the API takes a second there. */
export type Database = {
  /** Fills the table Acteurs; links are given by their title. */
  insertActors(rows: readonly Cells[]): Promise<void>
  /** Keeps every table that a run writes, under a name. */
  keep(name: string): Promise<void>
  /** Puts back what was kept (its first `records` actors only), as a table freshly loaded. */
  restore(name: string, records?: number): Promise<void>
  /** What people do in a day: they change the hours or the telephone of one row in `oneIn`. Answers how many rows. */
  edit(oneIn: number): Promise<number>
  /** Makes all that was written up to now an hour older: a run knows such rows as they are. */
  age(): Promise<void>
  /** Numbers of one column, as PostgreSQL writes them, by id of row: of all rows, or of these. */
  numbers(table: string, column: string, ids?: readonly number[]): Promise<Map<number, string | null>>
  /** Records that are linked, have a postal code, and are more than complete enough; `epci` is a row. */
  wholeRecords(): Promise<{ id: number; epci: number; postcode: string }[]>
  close(): Promise<void>
}

type Physical = {
  readonly title: string
  readonly name: string
  readonly columns: ReadonlyMap<string, string>
}

/** Opens the database `url`, which holds the tables of `base`. */
export async function openDatabase(url: string, base: Base): Promise<Database> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create schema if not exists bench')
  const { columns } = settings
  const actors = await physical(base, columns.actors.title)
  const written = [
    actors,
    await physical(base, columns.epcis.title),
    await physical(base, columns.syncs.title),
  ]
  return {
    insertActors: (rows) => insert(client, actors, base.table(columns.actors.title).foreignKeys, rows),
    async keep(name) {
      for (const [at, table] of written.entries())
        await client.query(`create table bench."${name}_${at}" as table ${table.name}`)
    },
    async restore(name, records) {
      for (const [at, table] of written.entries()) {
        const some = at === 0 && records !== undefined ? `where id <= ${records}` : ''
        await client.query(
          `begin; set local session_replication_role = replica; delete from ${table.name};
           insert into ${table.name} select * from bench."${name}_${at}" ${some} order by id; commit`,
        )
        await client.query(`vacuum full analyze ${table.name}`)
      }
      await client.query('checkpoint')
    },
    edit: (oneIn) => edit(client, actors, oneIn),
    async age() {
      await client.query(`update ${actors.name} set updated_at = updated_at - interval '1 hour'`)
    },
    numbers: (table, column, ids) => numbers(client, title(written, table), column, ids),
    wholeRecords: () => wholeRecords(client, actors, base),
    close: () => client.end(),
  }
}

function title(tables: readonly Physical[], wanted: string): Physical {
  const found = tables.find((table) => table.title === wanted)
  if (found === undefined) throw new Error(`The bench does not watch the table "${wanted}".`)
  return found
}

async function numbers(
  client: pg.Client,
  table: Physical,
  column: string,
  ids?: readonly number[],
): Promise<Map<number, string | null>> {
  if (ids?.length === 0) return new Map()
  const some = ids === undefined ? '' : 'where id = any($1)'
  const { rows } = await client.query<{ id: number; value: string | null }>(
    `select id, "${table.columns.get(column)}"::text as value from ${table.name} ${some}`,
    ids === undefined ? [] : [ids],
  )
  return new Map(rows.map(({ id, value }) => [id, value]))
}

async function wholeRecords(
  client: pg.Client,
  table: Physical,
  base: Base,
): Promise<{ id: number; epci: number; postcode: string }[]> {
  const { title: actors, columns: names } = settings.columns.actors
  const column = (name: string) => `"${table.columns.get(name)}"`
  const key = column(base.table(actors).foreignKeys.get(names.epci.title) ?? '')
  const [postcode, score, faults] = [names.code_postal, names.completeness, names.anomalies].map((one) =>
    column(one.title),
  )
  const { rows } = await client.query<{ id: number; epci: number; postcode: string }>(
    `select id, ${key} as epci, ${postcode} as postcode from ${table.name}
     where ${key} is not null and ${postcode} ~ '^[0-9]{5}$' and ${score} > 85 and ${faults} is null order by id`,
  )
  return rows
}

/** Names of a table and of its columns in PostgreSQL, by title. */
async function physical(base: Base, title: string): Promise<Physical> {
  const { table_name, columns } = await base.http.send<{
    table_name: string
    columns: { title: string; column_name: string | null }[]
  }>({ method: 'GET', path: `/api/v2/meta/tables/${base.table(title).id}` })
  const names = columns.flatMap((one) => (one.column_name ? [[one.title, one.column_name] as const] : []))
  return { title, name: `"${base.id}"."${table_name}"`, columns: new Map(names) }
}

async function insert(
  client: pg.Client,
  table: Physical,
  foreignKeys: ReadonlyMap<string, string>,
  rows: readonly Cells[],
): Promise<void> {
  const column = (title: string) => table.columns.get(foreignKeys.get(title) ?? title) ?? title
  const physicalRows = rows.map((row, at) => ({
    id: at + 1,
    nc_order: at + 1,
    created_at: new Date(Date.now() - (at % 700) * 86_400_000).toISOString(),
    ...Object.fromEntries(
      Object.entries(row).map(([title, cell]) => [
        column(title),
        typeof cell === 'string' ? choices(cell) : cell,
      ]),
    ),
  }))
  const names = [...new Set(physicalRows.flatMap(Object.keys))].map((name) => `"${name}"`).join(', ')
  for (let at = 0; at < rows.length; at += 5000) {
    const text = JSON.stringify(physicalRows.slice(at, at + 5000))
    await client.query(
      `insert into ${table.name} (${names}) select ${names} from json_populate_recordset(null::${table.name}, $1)`,
      [text],
    )
  }
}

/** NocoDB keeps several choices joined by commas. */
function choices(cell: string): string {
  return cell.replaceAll('|', ',')
}

async function edit(client: pg.Client, table: Physical, oneIn: number): Promise<number> {
  const { telephone, horaires } = settings.columns.actors.columns
  const column = (title: string) => `"${table.columns.get(title)}"`
  const [phone, hours] = [column(telephone.title), column(horaires.title)]
  const { rowCount } = await client.query(
    `update ${table.name} set updated_at = now() at time zone 'utc',
       ${hours} = case when id % 2 = 0 then ${hours} when ${hours} is null then 'Mo-Fr 09:00-12:00' end,
       ${phone} = case when id % 2 = 1 then ${phone} when ${phone} is null then '+33199' || lpad(id::text, 6, '0') end
     where (id / 2) % ${oneIn} = 3`,
  )
  return rowCount ?? 0
}
