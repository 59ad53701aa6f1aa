import { fromLabel, LABELS } from '../columns/labels.ts'
import { pieces } from '../domain/completeness/text.ts'
import { parisDay } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { Invited } from '../domain/invitations/letter.ts'
import { invitationDeadline, toInvite } from '../domain/invitations/to-invite.ts'
import type { Deadline, Invitable, ToInvite } from '../domain/invitations/to-invite.ts'
import { PortreaError } from '../errors.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import { ROW_ID } from '../nocodb/cells.ts'
import type { RowId } from '../nocodb/cells.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import { linkedActors, readActorsByIds } from '../nocodb/read-actors.ts'
import { invitationTable, readInvitationRows } from '../nocodb/invitations.ts'
import type { InvitationRow } from '../nocodb/invitations.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { readByIds } from '../nocodb/rows.ts'
import { readOnly } from './read-base.ts'
import type { SyncContext } from './sync-context.ts'

/** Who is to be invited to a journée, and what the invitation says of it; people's names go no further than memory. */
export type Invitations = {
  readonly siren: string
  readonly day: RowId
  readonly invited: Invited
  readonly deadline: Deadline
  readonly actors: readonly ToInvite[]
  /** What « Invitations » says of this journée; null: the base has no such table. */
  readonly rows: readonly InvitationRow[] | null
}

/**
 * Reads the next journée of an EPCI, or the one asked for (`day`: its row), and the actors linked to the EPCI. Writes
 * nothing. `reportOf`: what is known of the EPCI; absent: it is worked out now. Throws EPCI_NOT_FOUND, and INPUT_INVALID where there is no such journée.
 */
export async function readInvitations(
  parts: SyncContext,
  siren: string,
  day: RowId | null,
  reportOf: (siren: string) => Promise<EpciReport | null> = (one) => reportNow(parts, one),
): Promise<Invitations> {
  const { base, columns, geography } = parts
  const today = parisDay(parts.now())
  const declared = await readDeclaredRows(base, columns, geography)
  const own = declared.epcis.filter((one) => one.siren === siren)
  if (own.length === 0)
    throw new PortreaError('EPCI_NOT_FOUND', `Aucun EPCI de SIREN ${siren} dans « ${columns.epcis.title} ».`)
  const rows = new Set(own.map(({ id }) => id))
  const journees = declared.journees.filter(
    ({ epci, date }) => epci !== null && rows.has(epci) && date !== null,
  )
  const next = journees
    .filter(({ date }) => date! >= today)
    .toSorted((one, other) => (one.date! < other.date! ? -1 : 1))
  const found = day === null ? next[0] : journees.find(({ id }) => id === day)
  if (found === undefined)
    throw new PortreaError(
      'INPUT_INVALID',
      day === null
        ? `Aucune journée à venir pour cet EPCI dans « ${columns.days.title} » : inscrivez-la, avec sa date.`
        : `Pas de journée datée de numéro ${day} pour cet EPCI dans « ${columns.days.title} ».`,
    )
  const report = await reportOf(siren)
  const referential = report?.workload.referential ?? null
  return invitationsOf(parts, declared, { siren, day: found }, { name: report?.name ?? null, referential })
}

/** The same of a journée with a date, of an EPCI of the base, as what people declare was read. */
export async function invitationsOf(
  parts: SyncContext,
  declared: DeclaredRows,
  { siren, day }: { readonly siren: string; readonly day: DeclaredRows['journees'][number] },
  known: { readonly name: string | null; readonly referential: Invited['referential'] },
): Promise<Invitations> {
  const { base, columns, rules } = parts
  const own = declared.epcis.filter((one) => one.siren === siren)
  const rows = new Set(own.map(({ id }) => id))
  const date = day.date ?? ''
  const deadline = invitationDeadline(
    { day: date, invitedOn: day.invitedOn },
    parisDay(parts.now()),
    rules['success-conditions'],
  )
  const ids = await linkedActors(base, columns, [...rows])
  const actors = await readActorsByIds(base, columns, sirensOf(declared.epcis), ids)
  const referents = declared.referents.filter(({ epci }) => epci !== null && rows.has(epci))
  const hasTable = invitationTable(base, columns) !== null
  return {
    ...{ siren, day: day.id, deadline },
    invited: {
      epci: known.name ?? own[0]?.name ?? siren,
      day: date,
      place: await placeOf(parts, day.id),
      latest: deadline.latest,
      referents: referents.flatMap(({ name }) => name ?? []),
      referential: known.referential,
    },
    actors: toInvite(actors.map(invitable)),
    rows: hasTable ? await readInvitationRows(base, columns, day.id) : null,
  }
}

/** The whole base is read for it: EPCI are held against each other. */
async function reportNow(parts: SyncContext, siren: string): Promise<EpciReport | null> {
  const { reports } = await readOnly(parts)
  return reports.find((one) => one.siren === siren) ?? null
}

async function placeOf({ base, columns }: SyncContext, day: RowId): Promise<string | null> {
  const table = base.table(columns.days.title)
  const { title } = columns.days.columns.place
  if (!table.columns.has(title)) return null
  const row = (await readByIds(base, table, [day], [title])).find((one) => one[ROW_ID] === day)
  return String(row?.[title] ?? '').trim() || null
}

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/u

function invitable({ id, actor, row, from }: ActorRow): Invitable {
  const { fields, contactedOn } = actor
  const referent = from.names.referent?.title
  const completeness = row[from.names.completeness.title]
  return {
    ...{ record: id, name: fields.nom, commune: fields.commune, phone: fields.telephone, contactedOn },
    emails: pieces(fields.courriels).filter((one) => ADDRESS.test(one)),
    referent: referent === undefined ? null : String(row[referent] ?? '').trim() || null,
    isNew: actor.step === null || fromLabel(LABELS.step, actor.step) === 'to_contact',
    completeness: typeof completeness === 'number' ? completeness : null,
  }
}
