import type { Columns } from '../config/columns-file.ts'
import type { Geography } from '../domain/geography.ts'
import { shownName } from '../domain/shown-name.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, RowId } from './cells.ts'
import { readSirens } from './epci-identity.ts'
import { readMatching } from './rows.ts'

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

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : shownName(String(cell)) || null
}
