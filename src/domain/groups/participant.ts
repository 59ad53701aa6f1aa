/** Somebody enrolled for a journée, as the row says; it goes no further than memory. */
export type Participant = {
  readonly id: number
  readonly name: string | null
  readonly organisation: string | null
  /** « Type de structure », as people read it. */
  readonly kind: string | null
  readonly position: string | null
  readonly facilitates: boolean
  /** Names in « Avec » and « Pas avec », as people wrote them. */
  readonly with: string | null
  readonly apart: string | null
  /** « Groupe » as it stands, and the number that the service last wrote there. */
  readonly group: number | null
  readonly proposed: number | null
}

/** Whose a place is: nobody's yet, the service's own proposal, a person's choice; `out`: a person emptied it. */
export type Standing =
  | { readonly kind: 'free' | 'out' }
  | { readonly kind: 'follows' | 'chosen'; readonly group: number }

/**
 * What stands of each participant of one journée, by id. Who empties « Groupe » has the last word, as with the link of a
 * record to its EPCI; where nobody has a group any more, the whole column was emptied: that is to begin again.
 */
export function standings(people: readonly Participant[]): ReadonlyMap<number, Standing> {
  const begun = people.some(({ group }) => group !== null)
  return new Map(people.map((one) => [one.id, standingOf(one, begun)]))
}

function standingOf({ group, proposed }: Participant, begun: boolean): Standing {
  if (group === null) return { kind: proposed === null || !begun ? 'free' : 'out' }
  return { kind: group === proposed ? 'follows' : 'chosen', group }
}
