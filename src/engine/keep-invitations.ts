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
 * Proposes the invitations of every journée whose last day to invite is near enough (`proposeDays`), and takes off the lists
 * what no journée asks for any more: past, cancelled, without date, moved. Twice changes nothing.
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
  const near = toPropose(parts, declared, proposeDays)
  const done: ProposedRows[] = []
  for (const { siren, day } of near) {
    unlessInterrupted(signal)
    const found = await invitationsOf(parts, declared, { siren, day }, { name: null, referential: null })
    done.push(await proposeInvitations(parts, found))
  }
  done.push(await closeInvitations(parts, new Set(near.map(({ day }) => day.id))))
  const sum = (of: (one: ProposedRows) => number) => done.reduce((all, one) => all + of(one), 0)
  return {
    ...{ journees: near.length, missing },
    inserted: sum(({ inserted }) => inserted),
    changed: sum(({ changed }) => changed),
    refused: done.flatMap(({ refused }) => refused),
  }
}

/** The journées to come of an EPCI that is known, once the last day to invite is near. */
function toPropose({ rules, now }: SyncContext, { epcis, journees }: DeclaredRows, proposeDays: number) {
  const today = parisDay(now())
  const sirens = new Map(epcis.flatMap(({ id, siren }) => (siren === null ? [] : [[id, siren] as const])))
  return journees.flatMap((day) => {
    const siren = sirens.get(day.epci ?? Number.NaN)
    if (siren === undefined || day.date === null || day.date < today) return []
    const { latest } = invitationDeadline(
      { day: day.date, invitedOn: null },
      today,
      rules['success-conditions'],
    )
    return addDays(latest ?? day.date, -proposeDays) <= today ? [{ siren, day }] : []
  })
}
