import { counted, shortDay, typeset } from '../typography.ts'
import { INVITATION_LABELS, INVITATION_STATES } from './invitation-state.ts'
import type { InvitationState } from './invitation-state.ts'
import type { Standing } from './standing.ts'
import type { Deadline, ToInvite } from './to-invite.ts'

/** A row of « Invitations », as far as a list of a journée shows it. */
export type FollowedRow = Standing & {
  readonly id: number
  readonly record: number | null
  readonly actor: string | null
  readonly saidBy: string | null
}

/** One line of the list: an actor to invite, or one that a row alone names. */
export type Followed = {
  /** « f12 » : the record 12; « l7 » : the row 7 of « Invitations ». */
  readonly key: string
  readonly name: string | null
  readonly state: InvitationState
  /** « invité·e le 3 mars, relancé·e le 20 mars »; null: no day is told. */
  readonly days: string | null
  readonly saidBy: string | null
  /** null: no record of the EPCI. */
  readonly actor: ToInvite | null
}

/** Everybody of a journée: those still to invite first, the most useful first; then the others in the same order. */
export function followed(actors: readonly ToInvite[], rows: readonly FollowedRow[]): Followed[] {
  const byRecord = new Map(rows.flatMap((row) => (row.record === null ? [] : [[row.record, row] as const])))
  const known = new Set(actors.map(({ record }) => record))
  const listed = actors.map((actor): Followed => {
    const row = byRecord.get(actor.record)
    return { ...standing(row), key: `f${actor.record}`, name: actor.name, actor }
  })
  const others = rows
    .filter(({ record, state }) =>
      record === null ? true : !known.has(record) && state !== null && state !== 'to_invite',
    )
    .filter(({ actor, state }) => actor !== null || state !== null)
    .map((row): Followed => ({ ...standing(row), key: `l${row.id}`, name: row.actor, actor: null }))
  return [...listed, ...others].toSorted(
    (one, other) => Number(one.state !== 'to_invite') - Number(other.state !== 'to_invite'),
  )
}

/** Where the invitations stand, by what was said of each: the date of the journée's own row counts first. */
export function followedDeadline(deadline: Deadline, left: number, all: number): Deadline {
  if (deadline.status === 'sent' || left === all || all === 0) return deadline
  if (left === 0) return { ...deadline, status: 'sent', sentence: typeset('Tous les acteurs sont invités.') }
  const rest = `${counted(left, 'acteur')} sur ${all} ${left < 2 ? 'reste' : 'restent'} à inviter.`
  return { ...deadline, sentence: typeset(`${deadline.sentence} ${rest}`) }
}

/** How many stand so, in the order of the states; those in which nobody is are left out. */
export function countsByState(all: readonly Followed[]): (readonly [InvitationState, number])[] {
  const count = Map.groupBy(all, ({ state }) => state)
  return INVITATION_STATES.flatMap((state) => {
    const found = count.get(state)?.length ?? 0
    return found === 0 ? [] : [[state, found] as const]
  })
}

function standing(row: FollowedRow | undefined): Pick<Followed, 'state' | 'days' | 'saidBy'> {
  if (row === undefined) return { state: 'to_invite', days: null, saidBy: null }
  const told = (label: string, day: string | null) => (day === null ? [] : [`${label} le ${shortDay(day)}`])
  const days = [
    ...told(INVITATION_LABELS.invited.toLowerCase(), row.invitedOn),
    ...told(INVITATION_LABELS.reminded.toLowerCase(), row.remindedOn),
    ...told('réponse', row.answeredOn),
  ]
  return {
    state: row.state ?? 'to_invite',
    days: days.length === 0 ? null : typeset(days.join(', ')),
    saidBy: row.saidBy,
  }
}
