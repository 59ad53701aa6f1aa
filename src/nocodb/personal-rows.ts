import type { Columns } from '../config/columns-file.ts'
import type { PersonalColumn, PersonalTable } from '../domain/rules/retention.ts'
import type { PersonalRow } from '../domain/retention.ts'
import type { Base } from './base.ts'
import type { Row } from './cells.ts'
import { dayOf } from './day.ts'
import { readRows } from './rows.ts'

/**
 * The rows of a table that holds people. What the cells say is not kept, only which hold something, and the last sign of
 * each row: its journée, the last journée of its EPCI, its date; else the day when somebody last changed it.
 */
export async function readPersonalRows(
  base: Base,
  columns: Columns,
  key: PersonalTable,
  erase: readonly PersonalColumn[],
): Promise<PersonalRow[]> {
  const names = erase.map((column) => titleOf(columns, key, column))
  const { link, date, days, latest } = await signs(base, columns, key)
  const asked = [...names, ...[link, date].filter((one) => one !== null), 'UpdatedAt', 'CreatedAt']
  const rows = await allRows(base, columns[key].title, asked)
  return rows.map((row) => {
    const linked = link === null ? null : (days.get(Number(row[link])) ?? null)
    const dated = date === null ? linked : dayOf(row[date])
    const changed = dayOf(row['UpdatedAt'] ?? row['CreatedAt'])
    const sign = latest ? later(dated, changed) : (dated ?? changed)
    return { id: row.Id, sign, filled: names.filter((name) => (row[name] ?? '') !== '') }
  })
}

/** The title of a column of people in this base. */
export function titleOf(columns: Columns, key: PersonalTable, column: PersonalColumn): string {
  const names: Readonly<Record<string, { readonly title: string }>> = columns[key].columns
  return names[column]?.title ?? column
}

type Signs = {
  /** The link whose row gives a day by `days`, or a date of the row itself. */
  readonly link: string | null
  readonly date: string | null
  readonly days: ReadonlyMap<number, string>
  /** Whether a later change of the row counts too: a journée and a diagnostic say when they were. */
  readonly latest: boolean
}

async function signs(base: Base, columns: Columns, key: PersonalTable): Promise<Signs> {
  const { days: journees } = columns
  switch (key) {
    case 'participants': {
      const rows = await allRows(base, journees.title, [journees.columns.date.title])
      const days = rows.flatMap((row) => entry(row.Id, dayOf(row[journees.columns.date.title])))
      return { link: columns.participants.columns.day.title, date: null, days: new Map(days), latest: false }
    }
    case 'referents': {
      const { date, epci } = journees.columns
      const days = new Map<number, string>()
      for (const row of await allRows(base, journees.title, [date.title, epci.title])) {
        const last = later(days.get(Number(row[epci.title])) ?? null, dayOf(row[date.title]))
        if (row[epci.title] !== null && last !== null) days.set(Number(row[epci.title]), last)
      }
      return { link: columns.referents.columns.epci.title, date: null, days, latest: true }
    }
    case 'diagnostics':
      return { link: null, date: columns.diagnostics.columns.date.title, days: new Map(), latest: false }
  }
}

function entry(id: number, day: string | null): (readonly [number, string])[] {
  return day === null ? [] : [[id, day]]
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}

async function allRows(base: Base, title: string, columns: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of readRows(base, base.table(title), { columns })) rows.push(...page)
  return rows
}
