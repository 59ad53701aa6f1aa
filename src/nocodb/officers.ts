import type { Columns } from '../config/columns-file.ts'
import type { Geography } from '../domain/geography.ts'
import type { Officer } from '../domain/planning/officer-names.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import { epciIdentity, judgedEpcis, sirensOf } from './epci-identity.ts'
import type { EpciSirens } from './epci-identity.ts'
import { readEveryRow } from './rows.ts'
import type { Table } from './schema.ts'

/** Who is in charge of what, as people wrote it; of people: it goes no further than memory. */
export type Officers = {
  /** The rows of « Chargé·e·s » that bear a name; none where the base has no such table. */
  readonly listed: readonly (Officer & { readonly email: string | null })[]
  /** « Chargé·e de déploiement » by SIREN, as it stands; an EPCI that names nobody is not there. */
  readonly bySiren: ReadonlyMap<string, string>
}

/** Reads who is in charge, from « EPCI » and « Chargé·e·s ». Throws where NocoDB is away. */
export async function readOfficers(base: Base, columns: Columns, geography: Geography): Promise<Officers> {
  const [listed, { bySiren }] = await Promise.all([
    readListed(base, columns),
    readNamed(base, columns, geography),
  ])
  return { listed, bySiren }
}

/** The rows of « Chargé·e·s » that bear a name. */
export async function readListed(base: Base, { officers }: Columns): Promise<Officers['listed']> {
  const { name, daysPerMonth, email } = officers.columns
  const table = base.tables.get(officers.title)
  if (table?.columns.has(name.title) !== true) return []
  const rows = await readEveryRow(base, table, present(table, [name.title, daysPerMonth.title, email.title]))
  return rows.flatMap((row) => {
    const known = trimmedText(row[name.title])
    if (known === null) return []
    const days = row[daysPerMonth.title]
    const daysPerMonthTold = typeof days === 'number' && days >= 0 ? days : null
    return [{ name: known, daysPerMonth: daysPerMonthTold, email: trimmedText(row[email.title]) }]
  })
}

/**
 * Which EPCI the rows of their table are, and whom each names as its chargé·e; nobody is in charge by a row whose SIREN is
 * not its own.
 */
export async function readNamed(
  base: Base,
  columns: Columns,
  geography: Geography,
): Promise<{ readonly sirens: EpciSirens['of']; readonly bySiren: Officers['bySiren'] }> {
  const { title, columns: named } = columns.epcis
  const table = base.table(title)
  const officer = named.deploymentOfficer.title
  const asked = present(table, [named.siren.title, named.name.title, officer]) // people keep the last for themselves
  const rows = await readEveryRow(base, table, asked)
  const officers = new Map(rows.map((row) => [row[ROW_ID], trimmedText(row[officer] ?? null)]))
  const judged = judgedEpcis(
    rows.map((row) => epciIdentity(row, columns)),
    geography,
  )
  const bySiren = new Map<string, string>()
  for (const { id, siren } of judged) {
    const one = officers.get(id) ?? null
    if (siren !== null && one !== null) bySiren.set(siren, one)
  }
  return { sirens: sirensOf(judged).of, bySiren }
}

function present(table: Table, titles: readonly string[]): string[] {
  return titles.filter((title) => table.columns.has(title))
}
