import type { Columns } from '../config/columns-file.ts'
import type { CalendarDay } from '../domain/calendar/events.ts'
import type { Geography } from '../domain/geography.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import { dayOf } from './day.ts'
import { readSirens } from './epci-identity.ts'
import { readMatching } from './rows.ts'

/** The rows of « Journées » as they stand, for calendars. Throws where NocoDB is away. */
export async function calendarDays(
  base: Base,
  columns: Columns,
  geography: Geography,
): Promise<readonly CalendarDay[]> {
  const { date, epci, name, place, invitedOn } = columns.days.columns
  const table = base.table(columns.days.title)
  const asked = [date, epci, name, place, invitedOn].map(({ title }) => title)
  const titles = asked.filter((title) => table.columns.has(title)) // a base may do without a title, or a place
  const sirens = await readSirens(base, columns, geography)
  const days: CalendarDay[] = []
  for await (const page of readMatching(base, table, { columns: titles }))
    for (const row of page)
      days.push({
        id: row[ROW_ID],
        siren: sirens.of.get(Number(row[epci.title])) ?? null,
        date: dayOf(row[date.title]),
        title: trimmedText(row[name.title]),
        place: trimmedText(row[place.title]),
        invitedOn: dayOf(row[invitedOn.title]),
      })
  return days
}
