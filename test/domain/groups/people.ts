import fc from 'fast-check'
import type { Participant } from '../../../src/domain/groups/participant.ts'

/** A participant of whom nothing is said but what is given. */
export function participant(id: number, more: Partial<Participant> = {}): Participant {
  const nothing = { organisation: null, kind: null, position: null, with: null, apart: null }
  return { id, name: `Prénom Nom${id}`, facilitates: false, group: null, proposed: null, ...nothing, ...more }
}

const one = (names: readonly string[]) => fc.constantFrom(...names)

/** So many participants, with structures, functions and kinds as a journée brings them. */
export function crowd(count: number): fc.Arbitrary<Participant[]> {
  const row = fc.record({
    organisation: one([
      'Mairie',
      'CCAS',
      'Fablab',
      'France services',
      'Mission locale',
      'Médiathèque',
      'Emmaüs',
    ]),
    position: one(['Directrice', 'Conseiller numérique', 'Élue', 'Bénévole', 'Agent d’accueil']),
    kind: one(['Collectivité', 'Association', 'Entreprise']),
    facilitates: fc.boolean(),
  })
  return fc
    .array(row, { minLength: count, maxLength: count })
    .map((rows) => rows.map((more, at) => participant(at + 1, more)))
}

/** As they stand once a plan was written. */
export function written(
  people: readonly Participant[],
  groups: readonly { number: number; members: readonly number[] }[],
): Participant[] {
  const numberOf = new Map(groups.flatMap(({ number, members }) => members.map((id) => [id, number])))
  return people.map((person) => {
    const number = numberOf.get(person.id)
    const isTheirs = person.group !== null && person.group !== person.proposed
    return number === undefined || isTheirs ? person : { ...person, group: number, proposed: number }
  })
}
