import type { TableKey } from '../columns/tables.ts'
import type { Columns } from '../config/columns-file.ts'
import { BY_FORM, isByForm } from '../domain/public-diagnostic.ts'
import type { PersonalRow } from '../domain/retention.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row } from './cells.ts'
import { dayOf } from './day.ts'
import type { PersonalTarget } from './personal-targets.ts'
import type { Manifest } from './provision/manifest.ts'
import { readRows } from './rows.ts'
import type { Table } from './schema.ts'

/**
 * The rows of a table that holds people. What the cells say is not kept, only which hold something, and the last sign of
 * each row: its journée, the last journée of its EPCI, its date; else the day when somebody last changed it. Answers, in
 * their place, the title of the column without which no age can be told.
 */
export async function readPersonalRows(
  base: Base,
  columns: Columns,
  made: Manifest | null,
  { key, table, columns: erased, spared }: PersonalTarget,
): Promise<readonly PersonalRow[] | { readonly missing: string }> {
  const found = await signs(base, { base, columns, made }, key, table)
  if ('missing' in found) return found
  const { link, date, days, latest } = found
  const named = key === 'invitations' ? namedByRecord({ base, columns, made }, table) : null
  const record = named?.record ?? null
  const asked = [...erased, ...spared, ...[link, date, record].filter((one) => one !== null)]
  const rows = await allRows(base, table, [...asked, 'UpdatedAt', 'CreatedAt'])
  return rows.map((row) => {
    const linked = link === null ? null : (days.get(Number(row[link])) ?? null)
    const dated = date === null ? linked : dayOf(row[date])
    const changed = dayOf(row['UpdatedAt'] ?? row['CreatedAt'])
    const sign = latest ? later(dated, changed) : (dated ?? changed)
    const says = (title: string) => isFilled(row[title])
    const stays = key === 'diagnostics' ? origins(row, erased) : {}
    const isOfRecord = (title: string) => title === named?.actor && (record === null || says(record))
    const filled = erased.filter((title) => says(title) && row[title] !== stays[title] && !isOfRecord(title))
    return { id: row[ROW_ID], sign, filled, spared: spared.some(says), stays }
  })
}

/** That the public form was answered is of nobody, and stays: else a stranger's answer would become a member's. */
function origins(row: Row, titles: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(titles.flatMap((title) => (isByForm(row[title]) ? [[title, BY_FORM]] : [])))
}

/** The columns of the actor of an invitation and of its record (null: not there); the name of a record is no person's. */
function namedByRecord(names: Names, table: Table) {
  const [actor, record] = (['actor', 'recordId'] as const).map((key) => {
    const title = titleAt(names, 'invitations', key, table)
    return typeof title === 'string' ? title : null
  })
  return { actor, record: record ?? null }
}

/** A box that is not ticked and a list of no links say nothing. */
function isFilled(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined && cell !== '' && cell !== false && cell !== 0
}

type Signs = {
  /** The link whose row gives a day by `days`, or a date of the row itself. */
  readonly link: string | null
  readonly date: string | null
  readonly days: ReadonlyMap<number, string>
  /** Whether a later change of the row counts too: a journée and a diagnostic say when they were. */
  readonly latest: boolean
}
type Names = {
  readonly base: Pick<Base, 'tables'>
  readonly columns: Columns
  readonly made: Manifest | null
}
type Missing = { readonly missing: string }

async function signs(
  base: Base,
  names: Names,
  key: PersonalTarget['key'],
  table: Table,
): Promise<Signs | Missing> {
  if (key === 'diagnostics' || key === 'invitations') {
    const date = titleAt(names, key, 'date', table)
    return typeof date === 'string' ? { link: null, date, days: new Map(), latest: false } : date
  }
  if (key === 'officers') return { link: null, date: null, days: new Map(), latest: true }
  const journees = tableAt(names, 'days')
  if (journees === null) return { missing: names.columns.days.title }
  const date = titleAt(names, 'days', 'date', journees)
  if (typeof date !== 'string') return date
  if (key === 'participants') {
    const link = titleAt(names, 'participants', 'day', table)
    if (typeof link !== 'string') return link
    const rows = await allRows(base, journees, [date])
    const days = rows.flatMap((row) => entry(row[ROW_ID], dayOf(row[date])))
    return { link, date: null, days: new Map(days), latest: false }
  }
  const link = titleAt(names, 'referents', 'epci', table)
  const epci = titleAt(names, 'days', 'epci', journees)
  if (typeof link !== 'string') return link
  if (typeof epci !== 'string') return epci
  const days = new Map<number, string>()
  for (const row of await allRows(base, journees, [date, epci])) {
    const last = later(days.get(Number(row[epci])) ?? null, dayOf(row[date]))
    if (row[epci] !== null && last !== null) days.set(Number(row[epci]), last)
  }
  return { link, date: null, days, latest: true }
}

/** The table that Portrea made for a key, whatever it is called now; else the one that bears its title. */
function tableAt({ base, columns, made }: Names, key: TableKey): Table | null {
  const own = [...base.tables.values()].find(({ id }) => made?.tables[id] === key)
  return own ?? base.tables.get(columns[key].title) ?? null
}

/** The title that a column bears now; what it is called in config/columns.yaml where it is not there. */
function titleAt({ columns, made }: Names, key: TableKey, column: string, table: Table): string | Missing {
  const place = `${key}.${column}`
  const own = [...table.columns.values()].find(({ id }) => id !== '' && made?.columns[id] === place)
  const names: Readonly<Record<string, { readonly title: string }>> = columns[key].columns
  const title = own?.title ?? names[column]?.title ?? column
  return table.columns.has(title) ? title : { missing: title }
}

function entry(id: number, day: string | null): (readonly [number, string])[] {
  return day === null ? [] : [[id, day]]
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}

async function allRows(base: Base, table: Table, columns: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of readRows(base, table, { columns })) rows.push(...page)
  return rows
}
