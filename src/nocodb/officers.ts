import type { Columns } from '../config/columns-file.ts'
import type { Officer } from '../domain/planning/officer-names.ts'
import type { Base } from './base.ts'
import { epciIdentity } from './epci-identity.ts'
import { trimmedText } from './cells.ts'
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
export async function readOfficers(base: Base, columns: Columns): Promise<Officers> {
  const [listed, bySiren] = await Promise.all([readListed(base, columns), readNamed(base, columns)])
  return { listed, bySiren }
}

async function readListed(base: Base, { officers }: Columns): Promise<Officers['listed']> {
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

async function readNamed(base: Base, columns: Columns): Promise<Officers['bySiren']> {
  const { epcis } = columns
  const table = base.tables.get(epcis.title)
  const { title } = epcis.columns.deploymentOfficer
  if (table?.columns.has(title) !== true) return new Map() // people keep it for themselves: a base may do without
  const { siren, name } = epcis.columns
  const rows = await readEveryRow(base, table, present(table, [siren.title, name.title, title]))
  return new Map(
    rows.flatMap((row) => {
      const known = epciIdentity(row, columns).siren
      const officer = trimmedText(row[title])
      return known === null || officer === null ? [] : [[known, officer] as const]
    }),
  )
}

function present(table: Table, titles: readonly string[]): string[] {
  return titles.filter((title) => table.columns.has(title))
}
