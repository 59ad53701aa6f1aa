import type { Columns } from '../config/columns-file.ts'
import type { Contacts } from '../domain/contacts.ts'
import type { Geography } from '../domain/geography.ts'
import type { Waiting } from '../domain/import/waiting.ts'
import type { RecordId } from '../domain/record-id.ts'
import { PortreaError } from '../errors.ts'
import { placeNames } from '../nocodb/place-names.ts'
import { waitingProposals } from '../nocodb/waiting-proposals.ts'
import { epciRowId } from '../nocodb/epci-identity.ts'
import { readContacts } from '../nocodb/read-contacts.ts'
import { recordAddresses } from '../nocodb/record-addresses.ts'
import type { Store } from '../store/database.ts'
import { enqueue } from '../store/inbox.ts'
import { baseNow } from './base-connection.ts'
import type { BaseConnection } from './base-connection.ts'

/** What pages ask of the base at the moment of showing, under the names that it has now; every answer may throw a PortreaError. */
export type PageAnswers = {
  placeNames(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, string>>
  waiting(siren: string): Promise<readonly Waiting[]>
  contacts(): Promise<Contacts>
  recordAddresses(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, string>>
  /** What « Recalculer » of NocoDB tells by its webhook: the EPCI is looked at again. */
  recalculate(siren: string): Promise<void>
}

type Given = {
  readonly columns: Columns
  /** The official EPCI; the first to ask waits for them to be read. */
  readonly geography: () => Geography
  readonly store: Store
  /** Wakes the work up: something waits for it. */
  readonly notify: () => void
  readonly baseAddress: () => Promise<string>
}

/** They are read from a connection that is shared with everything else. */
export function pageAnswers(connection: BaseConnection, given: Given): PageAnswers {
  const { columns, geography, store, notify, baseAddress } = given
  const base = () => baseNow(connection)
  return {
    placeNames: async (ids) => placeNames(await base(), columns, ids),
    waiting: async (siren) => waitingProposals(await base(), columns, siren),
    contacts: async () => readContacts(await base(), columns, geography()),
    recordAddresses: async (ids) => recordAddresses(await base(), columns, await baseAddress(), ids),
    async recalculate(siren) {
      const opened = await base()
      const { title } = columns.epcis
      const row = await epciRowId(opened, columns, geography(), siren)
      if (row === null)
        throw new PortreaError('EPCI_NOT_FOUND', `La table « ${title} » n’a plus d’EPCI de SIREN ${siren}.`)
      const about = opened.table(title).id
      await enqueue(store, [{ base: opened.id, about, record: String(row), event: 'trigger' }], new Date())
      notify()
    },
  }
}
