/** How far an actor is with a journée, as people say it. */
export type InvitationState = 'to_invite' | 'invited' | 'reminded' | 'coming' | 'present' | 'absent'

/** What people choose from, in the order in which it mostly goes. */
export const INVITATION_LABELS: Readonly<Record<InvitationState, string>> = {
  to_invite: 'À inviter',
  invited: 'Invité·e',
  reminded: 'Relancé·e',
  coming: 'A confirmé',
  present: 'Présent·e',
  absent: 'Absent·e',
}

export const INVITATION_STATES = Object.keys(INVITATION_LABELS) as readonly InvitationState[]

/** What one row says of an actor (`state` null: nothing, or a word of people's own); `people`: « Personnes », how many come of theirs (null: counted one). */
export type Invitee = {
  readonly state: InvitationState | null
  readonly people: number | null
}

/** People of a journée by its invitations; null: nothing is claimed. */
export type InvitedPeople = {
  readonly invited: number | null
  readonly expected: number | null
  readonly present: number | null
}

/**
 * Counts people from the states of invitations; who was there had been expected. A few ticks are no whole: nothing is claimed
 * while a row is still « À inviter » or says what nobody can count, no one expected while an answer is awaited, no one
 * there while somebody who confirmed is neither said to be there nor absent.
 */
export function invitedPeople(invitees: readonly Invitee[]): InvitedPeople {
  const sum = (some: readonly Invitee[]) => some.reduce((all, { people }) => all + (people ?? 1), 0)
  const some = (...states: readonly (InvitationState | null)[]) =>
    invitees.filter(({ state }) => states.includes(state))
  if (invitees.length === 0 || some('to_invite', null).length > 0)
    return { invited: null, expected: null, present: null }
  const isAwaited = some('invited', 'reminded').length > 0
  return {
    invited: sum(invitees),
    expected: isAwaited ? null : sum(some('coming', 'present')),
    present: isAwaited || some('coming').length > 0 ? null : sum(some('present')),
  }
}
