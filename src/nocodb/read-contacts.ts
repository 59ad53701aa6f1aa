import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Contact, Contacts } from '../domain/contacts.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import type { RowId } from './cells.ts'
import { epciIdentity } from './epci-identity.ts'
import { readOfficers } from './officers.ts'
import { readEveryRow, readMatching } from './rows.ts'

/** Whom to call for each EPCI: chargé·e·s and « Référents », as they stand now. Throws where NocoDB is away. */
export async function readContacts(base: Base, columns: Columns): Promise<Contacts> {
  const [officers, referents] = await Promise.all([readOfficers(base, columns), readReferents(base, columns)])
  return { ...officers, referents }
}

/** The row of an EPCI in the table of that name; null: none bears this SIREN. */
export async function epciRowId(base: Base, columns: Columns, siren: string): Promise<RowId | null> {
  const sirens = await sirensById(base, columns)
  return [...sirens].find(([, one]) => one === siren)?.[0] ?? null
}

async function readReferents(base: Base, columns: Columns): Promise<Contacts['referents']> {
  const { title, columns: named } = columns.referents
  const table = base.tables.get(title)
  if (table?.columns.has(named.epci.title) !== true) return new Map()
  const { name, kind, organisation, email, phone, epci } = named
  const has = (one: { readonly title: string }) => table.columns.has(one.title)
  const asked = [name, kind, organisation, email, phone, epci].filter(has).map((one) => one.title)
  const sirens = await sirensById(base, columns)
  const found = new Map<string, Contact[]>()
  for await (const page of readMatching(base, table, { columns: asked }))
    for (const row of page) {
      const siren = sirens.get(Number(row[epci.title]))
      const contact = {
        ...{ name: trimmedText(row[name.title]), organisation: trimmedText(row[organisation.title]) },
        ...{ email: trimmedText(row[email.title]), phone: trimmedText(row[phone.title]) },
        kind: fromLabel(LABELS.referentKind, row[kind.title]),
      }
      if (siren !== undefined) found.set(siren, [...(found.get(siren) ?? []), contact])
    }
  return found
}

async function sirensById(base: Base, columns: Columns): Promise<Map<RowId, string>> {
  const { siren, name } = columns.epcis.columns
  const rows = await readEveryRow(base, base.table(columns.epcis.title), [siren.title, name.title])
  return new Map(
    rows.flatMap((row) => {
      const known = epciIdentity(row, columns).siren
      return known === null ? [] : [[row[ROW_ID], known] as const]
    }),
  )
}
