import type { RowOfPlace, TellingColumns } from '../../domain/adoption/same-rows.ts'
import type { Base } from '../base.ts'
import { numberKey } from '../row-key.ts'
import { readRows } from '../rows.ts'

/** What tells the places of a whole table apart, for one comparison; kept nowhere. Empty: its rows cannot be counted off. */
export async function rowsOfPlaces(
  base: Base,
  tableTitle: string,
  telling: TellingColumns,
): Promise<readonly RowOfPlace[]> {
  const table = base.tables.get(tableTitle)
  const titles = Object.values(telling).filter((title) => title !== null)
  if (table === undefined || titles.length === 0) return []
  if (table.keys !== null && numberKey({ keys: table.keys }) === null) return []
  const rows: RowOfPlace[] = []
  for await (const page of readRows(base, table, { columns: titles }))
    for (const row of page) {
      const textOf = (title: string | null) => (title === null ? null : String(row[title] ?? ''))
      rows.push({ pivot: textOf(telling.pivot), nom: textOf(telling.nom), town: textOf(telling.town) })
    }
  return rows
}
