import type { Columns } from '../config/columns-file.ts'
import type { Geography } from '../domain/geography.ts'
import { shownName } from '../domain/shown-name.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { readSirens } from './epci-identity.ts'
import { readByIds, readMatching } from './rows.ts'

/** A row of « Journées » as it stands; `siren` null: linked to no EPCI that is known. No name of a person. */
export type Journee = {
  readonly id: RowId
  readonly date: string | null
  readonly siren: string | null
  readonly title: string | null
  readonly place: string | null
}

/** The journée of this row; null: there is none. Throws where NocoDB is away. */
export async function readJournee(
  base: Base,
  columns: Columns,
  geography: Geography,
  id: RowId,
): Promise<Journee | null> {
  const { date, epci, name, place } = columns.days.columns
  const table = base.table(columns.days.title)
  const titles = [date, epci, name, place]
    .map(({ title }) => title)
    .filter((title) => table.columns.has(title))
  const [[row], sirens] = await Promise.all([
    readByIds(base, table, [id], titles),
    readSirens(base, columns, geography),
  ])
  if (row === undefined) return null
  return {
    id,
    date: dayOf(row[date.title]),
    siren: sirens.of.get(Number(row[epci.title])) ?? null,
    title: text(row[name.title]),
    place: text(row[place.title]),
  }
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : shownName(String(cell)) || null
}

/** Names of the référent·e·s of an EPCI (SIREN), by the id of their row; they go no further than memory. */
export async function referentNames(
  base: Base,
  columns: Columns,
  geography: Geography,
  siren: string,
): Promise<ReadonlyMap<RowId, string>> {
  const { title, columns: named } = columns.referents
  const table = base.table(title)
  const sirens = await readSirens(base, columns, geography)
  const names = new Map<RowId, string>()
  for await (const page of readMatching(base, table, { columns: [named.name.title, named.epci.title] }))
    for (const row of page) {
      const name = text(row[named.name.title])
      if (name !== null && sirens.of.get(Number(row[named.epci.title])) === siren)
        names.set(row[ROW_ID], name)
    }
  return names
}
