import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Contact, Contacts } from '../domain/contacts.ts'
import type { Geography } from '../domain/geography.ts'
import type { Base } from './base.ts'
import { trimmedText } from './cells.ts'
import type { EpciSirens } from './epci-identity.ts'
import { readListed, readNamed } from './officers.ts'
import { readMatching } from './rows.ts'

/** Whom to call for each EPCI: chargé·e·s and « Référents », as they stand now. Throws where NocoDB is away. */
export async function readContacts(base: Base, columns: Columns, geography: Geography): Promise<Contacts> {
  const [listed, { sirens, bySiren }] = await Promise.all([
    readListed(base, columns),
    readNamed(base, columns, geography),
  ])
  return { listed, bySiren, referents: await readReferents(base, columns, sirens) }
}

async function readReferents(
  base: Base,
  columns: Columns,
  sirens: EpciSirens['of'],
): Promise<Contacts['referents']> {
  const { title, columns: named } = columns.referents
  const table = base.tables.get(title)
  if (table?.columns.has(named.epci.title) !== true) return new Map()
  const { name, kind, organisation, email, phone, epci } = named
  const has = (one: { readonly title: string }) => table.columns.has(one.title)
  const asked = [name, kind, organisation, email, phone, epci].filter(has).map((one) => one.title)
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
