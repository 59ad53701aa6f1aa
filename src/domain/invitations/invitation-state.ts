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

/** What one row says of an actor, past « À inviter »; `people`: « Personnes », how many come of theirs (null: counted one). */
export type Invitee = {
  readonly state: Exclude<InvitationState, 'to_invite'>
  readonly people: number | null
}

/** People of a journée by its invitations; null: nothing is claimed. */
export type InvitedPeople = {
  readonly invited: number | null
  readonly expected: number | null
  readonly present: number | null
}

/**
 * Counts people from the states of invitations; who was there had been expected. Nothing is claimed of a state that no row
 * bears: it is 0 only where everybody who was invited is said to be absent.
 */
export function invitedPeople(invitees: readonly Invitee[]): InvitedPeople {
  const sum = (some: readonly Invitee[]) => some.reduce((all, { people }) => all + (people ?? 1), 0)
  const nobody = invitees.length > 0 && invitees.every(({ state }) => state === 'absent') ? 0 : null
  const counted = (...states: readonly InvitationState[]) => {
    const some = invitees.filter(({ state }) => states.includes(state))
    return some.length === 0 ? nobody : sum(some)
  }
  return {
    invited: invitees.length === 0 ? null : sum(invitees),
    expected: counted('coming', 'present'),
    present: counted('present'),
  }
}
