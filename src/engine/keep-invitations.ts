import { addDays, parisDay } from '../domain/days.ts'
import type { InvitationText } from '../domain/rules/invitation.ts'
import { assertFits, assertMayWrite } from '../nocodb/drift.ts'
import { missingForInvitations } from '../nocodb/invitations.ts'
import { readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { invitationDeadline } from '../domain/invitations/to-invite.ts'
import { unlessInterrupted } from './interrupt.ts'
import { closeInvitations, proposeInvitations } from './invitation-rows.ts'
import type { ProposedRows } from './invitation-rows.ts'
import { invitationsOf } from './invitations.ts'
import type { SyncContext } from './sync-context.ts'

/** What keeping all the lists came to. */
export type KeptInvitations = ProposedRows & {
  readonly journees: number
  /** Titles of the table or of its columns that the base has not: none is proposed then. */
  readonly missing: readonly string[]
}

/**
 * Proposes the invitations of every journée whose last day to invite is near enough (`proposeDays`), unless « Journées » says
 * that they were sent; and takes off the lists what no journée asks for any more: past, cancelled, without date, sent.
 * Twice changes nothing.
 */
export async function keepEveryInvitation(
  parts: SyncContext,
  { proposeDays }: Pick<InvitationText, 'proposeDays'>,
  signal?: AbortSignal,
): Promise<KeptInvitations> {
  const { base, columns, geography } = parts
  assertFits(base)
  const missing = missingForInvitations(base, columns)
  if (missing.length > 0) return { journees: 0, inserted: 0, changed: 0, refused: [], missing }
  assertMayWrite(base)
  const declared = await readDeclaredRows(base, columns, geography)
  const { coming, near, sent } = toPropose(parts, declared, proposeDays)
  const done: ProposedRows[] = []
  for (const { siren, day } of near) {
    unlessInterrupted(signal)
    const found = await invitationsOf(parts, declared, { siren, day }, { name: null, referential: null })
    done.push(await proposeInvitations(parts, found))
  }
  done.push(await closeInvitations(parts, { coming, sent }))
  const sum = (of: (one: ProposedRows) => number) => done.reduce((all, one) => all + of(one), 0)
  return {
    ...{ journees: near.length, missing },
    inserted: sum(({ inserted }) => inserted),
    changed: sum(({ changed }) => changed),
    refused: done.flatMap(({ refused }) => refused),
  }
}

/** The journées to come of an EPCI that is known; of those, whose invitations were sent, and whose last day to invite is near. */
function toPropose({ rules, now }: SyncContext, { epcis, journees }: DeclaredRows, proposeDays: number) {
  const today = parisDay(now())
  const sirens = new Map(epcis.flatMap(({ id, siren }) => (siren === null ? [] : [[id, siren] as const])))
  const open = journees.flatMap((day) => {
    const siren = sirens.get(day.epci ?? Number.NaN)
    return siren === undefined || day.date === null || day.date < today
      ? []
      : [{ siren, day, date: day.date }]
  })
  const isSent = ({ day }: (typeof open)[number]) => day.invitedOn !== null && day.invitedOn <= today
  const near = open.filter(({ date }) => {
    const { latest } = invitationDeadline({ day: date, invitedOn: null }, today, rules['success-conditions'])
    return addDays(latest ?? date, -proposeDays) <= today
  })
  const ids = (some: typeof open) => new Set(some.map(({ day }) => day.id))
  return {
    coming: ids(open),
    sent: ids(open.filter(isSent)),
    near: near.filter((one) => !isSent(one)),
  }
}
