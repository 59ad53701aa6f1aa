import { setTimeout as sleep } from 'node:timers/promises'
import { ownEpcis } from '../domain/contacts.ts'
import type { Contacts, Own } from '../domain/contacts.ts'
import type { Departments } from '../domain/departments.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { officerFinder } from '../domain/planning/officer-names.ts'
import type { Store } from '../store/database.ts'
import type { EpciRow } from './pages/epci-row.ts'
import type { Visitor } from './pages/layout.ts'
import { PortreaError } from '../errors.ts'
import { hidesEach } from '../domain/perimeter.ts'
import { region } from '../domain/region.ts'
import type { Region } from '../domain/region.ts'
import { reports } from './stored-report.ts'

/** What tells who may see which EPCI, and whose they are. */
export type ReportSources = {
  readonly store: Store
  readonly departments: Departments
  /** Who is in charge of what, asked of NocoDB for a member of the base. Throws where it is away. */
  readonly contacts: () => Promise<Contacts>
  /** `closed`: a référent·e sees their own EPCI alone (config/nocodb.yaml). */
  readonly perimeter: 'open' | 'closed'
}

/** The EPCI that somebody may see. */
export type Seen = {
  readonly rows: readonly EpciRow[]
  readonly reports: readonly EpciReport[]
  /** As whom some are theirs; null: none is, or NocoDB does not say (`contacts` null). */
  readonly as: 'officer' | 'referent' | null
  readonly contacts: Contacts | null
  /** Whether others are kept from them. */
  readonly closed: boolean
  /** All EPCI together, those kept from them too: nobody's figures can be told from it. */
  readonly region: Region
}

/** How long a page waits for what NocoDB alone knows. */
const PATIENCE_MS = 1500

/** What a visitor may see, with whose it is. Where a perimeter is closed and NocoDB is away, a référent·e sees nothing. */
export async function seenBy(visitor: Visitor, sources: ReportSources): Promise<Seen> {
  const [all, contacts] = await Promise.all([
    reports(sources.store),
    soonTold<Contacts | null>(sources.contacts(), null),
  ])
  const { own, isMine, closed } = perimeterOf(visitor, sources, contacts)
  const find = contacts === null ? null : officerFinder(contacts.listed)
  const rows = all
    .filter(({ siren }) => !closed || isMine(siren))
    .map((report) => ({
      report,
      departments: sources.departments.of(report.siren),
      officers: find === null ? null : find(contacts?.bySiren.get(report.siren) ?? null),
      mine: isMine(report.siren),
    }))
  const mine = rows.filter((row) => row.mine)
  const as =
    mine.length === 0
      ? null
      : mine.some(({ report }) => own?.officer.has(report.siren))
        ? 'officer'
        : 'referent'
  const shown = rows.map(({ report }) => report)
  return { rows, reports: shown, as, contacts, closed, region: regionSeen(all, shown) }
}

/** What all EPCI are together, as far as nobody learns the figures of one that is kept from them. */
function regionSeen(all: readonly EpciReport[], shown: readonly EpciReport[]): Region {
  const whole = region(all)
  const others = whole.epcis - region(shown).epcis
  return hidesEach(others) ? whole : { ...whole, actorsPer10000: null }
}

/**
 * Whether a visitor may see what is of an EPCI, with a report or without; null: of none. Throws NOCODB_UNAVAILABLE where only
 * NocoDB knows and does not say: that they may not is not known either.
 */
export async function maySee(
  visitor: Visitor,
  siren: string | null,
  sources: ReportSources,
): Promise<boolean> {
  if (sources.perimeter === 'open') return true
  const contacts = await soonTold<Contacts | null>(sources.contacts(), null)
  const { isMine, closed } = perimeterOf(visitor, sources, contacts)
  if (closed && contacts === null)
    throw new PortreaError('NOCODB_UNAVAILABLE', 'NocoDB ne dit pas quels EPCI sont les leurs.')
  return !closed || (siren !== null && isMine(siren))
}

/** Which EPCI are a visitor's, and whether others are kept from them. */
function perimeterOf(
  { email, role }: Visitor,
  { perimeter }: ReportSources,
  contacts: Contacts | null,
): { readonly own: Own | null; readonly isMine: (siren: string) => boolean; readonly closed: boolean } {
  const own = contacts === null ? null : ownEpcis(contacts, email)
  const steers = role === 'owner' || role === 'creator' || own?.surely === true
  const closed = perimeter === 'closed' && !steers
  return {
    own,
    isMine: (siren) => own?.known.has(siren) === true || (!closed && own?.officer.has(siren) === true),
    closed,
  }
}

/** What NocoDB tells within a page's patience; else `none`: the page is what the last run stored. */
export async function soonTold<Told>(told: Promise<Told>, none: Told): Promise<Told> {
  const late = new AbortController()
  try {
    return await Promise.race([
      told.catch(() => none), // a NocoDB that is away
      sleep(PATIENCE_MS, none, { signal: late.signal, ref: false }),
    ])
  } finally {
    late.abort()
  }
}
