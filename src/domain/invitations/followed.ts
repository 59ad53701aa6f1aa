import { counted, shortDay, typeset } from '../typography.ts'
import { INVITATION_LABELS, INVITATION_STATES } from './invitation-state.ts'
import type { InvitationState } from './invitation-state.ts'
import { firstByRecord } from './standing.ts'
import type { Standing } from './standing.ts'
import type { Deadline, ToInvite } from './to-invite.ts'

/** A row of « Invitations », as far as a list of a journée shows it. */
export type FollowedRow = Standing & {
  readonly id: number
  readonly record: number | null
  readonly actor: string | null
  /** « État » as it stands. */
  readonly stateCell: string | number | boolean | null
  readonly saidBy: string | null
}

/** One line of the list: an actor to invite, or one that a row alone names. */
export type Followed = {
  /** « f12 » : the record 12; « l7 » : the row 7 of « Invitations ». */
  readonly key: string
  readonly name: string | null
  /** null: a person chose a word of their own, `word`. */
  readonly state: InvitationState | null
  readonly word: string | null
  /** « invité·e le 3 mars, relancé·e le 20 mars »; null: no day is told. */
  readonly days: string | null
  readonly saidBy: string | null
  /** null: no record of the EPCI. */
  readonly actor: ToInvite | null
}

/** Everybody of a journée: those still to invite first, the most useful first; then the others in the same order. */
export function followed(actors: readonly ToInvite[], rows: readonly FollowedRow[]): Followed[] {
  const byRecord = firstByRecord(rows)
  const known = new Set(actors.map(({ record }) => record))
  const listed = actors.map((actor): Followed => {
    const row = byRecord.get(actor.record)
    return { ...standing(row), key: `f${actor.record}`, name: actor.name, actor }
  })
  const others = rows
    .filter((row) => {
      if (row.record === null) return row.actor !== null || isSaid(row)
      return known.has(row.record)
        ? byRecord.get(row.record) !== row
        : isSaid(row) && row.state !== 'to_invite'
    })
    .map((row): Followed => ({ ...standing(row), key: `l${row.id}`, name: row.actor, actor: null }))
  return [...listed, ...others].toSorted(
    (one, other) => Number(one.state !== 'to_invite') - Number(other.state !== 'to_invite'),
  )
}

/** Whether « État » says something. */
function isSaid({ state, stateCell }: FollowedRow): boolean {
  return state !== null || stateCell !== null
}

/** Where the invitations stand, by what was said of each: the date of the journée's own row counts first, and nothing is left of one that is past. */
export function followedDeadline(deadline: Deadline, left: number, all: number): Deadline {
  if (deadline.status === 'sent' || deadline.status === 'past' || left === all || all === 0) return deadline
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

function standing(row: FollowedRow | undefined): Pick<Followed, 'state' | 'word' | 'days' | 'saidBy'> {
  if (row === undefined) return { state: 'to_invite', word: null, days: null, saidBy: null }
  const told = (label: string, day: string | null) => (day === null ? [] : [`${label} le ${shortDay(day)}`])
  const days = [
    ...told(INVITATION_LABELS.invited.toLowerCase(), row.invitedOn),
    ...told(INVITATION_LABELS.reminded.toLowerCase(), row.remindedOn),
    ...told('réponse', row.answeredOn),
  ]
  const word = row.state === null && row.stateCell !== null ? String(row.stateCell) : null
  return {
    state: row.state ?? (word === null ? 'to_invite' : null),
    word,
    days: days.length === 0 ? null : typeset(days.join(', ')),
    saidBy: row.saidBy,
  }
}
