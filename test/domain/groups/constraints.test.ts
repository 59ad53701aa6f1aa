import { describe, expect, it } from 'vitest'
import { noteText, summaryText } from '../../../src/domain/groups/group-sentences.ts'
import { planGroups } from '../../../src/domain/groups/plan-groups.ts'
import type { Participant } from '../../../src/domain/groups/participant.ts'
import { rules } from '../../helpers/rules.ts'
import { participant } from './people.ts'

const settings = rules['success-conditions'].groups
const NAMES = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Marie Curie',
  'Émilie du Châtelet',
  'Jean Dupont',
]
const eight = (more: Readonly<Record<number, Partial<Participant>>>) =>
  [...NAMES, 'Anne Dupont', 'Rosa Parks'].map((name, at) => participant(at + 1, { name, ...more[at + 1] }))
const told = (people: readonly Participant[]) => {
  const { notes } = planGroups(people, settings)
  const nameOf = (id: number) => people.find((one) => one.id === id)!.name!
  return notes.map((note) => [note.id, noteText(note, nameOf).replaceAll(/[\u202f\u00a0]/gu, ' ')])
}
const placeOf = (people: readonly Participant[], id: number) =>
  planGroups(people, settings).groups.find(({ members }) => members.includes(id))?.number

describe('whom a wish names', () => {
  it.each([
    ['hopper grace', 2],
    ['Mme Hopper', 2],
    ['GRACE  HOPPER', 2],
    ['G. Hopper', 2],
    ['Grace Hoper', 2],
    ['emilie du chatelet', 5],
    ['J. Dupont', 6],
  ])('is found by « %s »', (name, id) => {
    const people = eight({ 1: { with: name } })
    expect(told(people)).toEqual([])
    expect(placeOf(people, id)).toBe(placeOf(people, 1))
  })

  it('is told where nobody, several people or oneself answers to it', () => {
    const people = eight({
      1: { with: 'Zoé Inconnue' },
      2: { apart: 'Dupont' },
      3: { with: 'Turing' },
      4: { apart: 'Grace Hupperte' },
    })
    expect(told(people)).toEqual([
      [1, '« Avec » : personne ne s’appelle « Zoé Inconnue » à cette journée'],
      [3, '« Avec » : « Turing » est la personne elle-même'],
      [
        2,
        '« Pas avec » : plusieurs personnes de cette journée répondent à « Dupont » : écrivez prénom et nom',
      ],
      [
        4,
        '« Pas avec » : personne ne s’appelle « Grace Hupperte » à cette journée ; « Grace Hopper », peut-être ?',
      ],
    ])
  })
})

describe('wishes that cannot all be held', () => {
  it('are told by name where a chain of « Avec » leads to a « Pas avec »', () => {
    const people = eight({ 1: { with: 'Hopper' }, 2: { with: 'Turing' }, 3: { apart: 'Lovelace' } })
    expect(told(people)).toEqual([
      [
        2,
        expect.stringMatching(
          /^« Avec » : pas possible avec Alan Turing, car Ada Lovelace et Alan Turing ne doivent pas être ensemble/u,
        ),
      ],
    ])
    expect(placeOf(people, 1)).toBe(placeOf(people, 2))
    expect(placeOf(people, 1)).not.toBe(placeOf(people, 3))
  })

  it('are told where more would be together than a group holds', () => {
    const people = eight({ 1: { with: 'Hopper, Turing, Curie, Émilie du Châtelet' } })
    expect(told(people)).toEqual([[1, expect.stringMatching(/seraient plus de 4 dans le groupe/u)]])
    expect(planGroups(people, settings).groups.map(({ members }) => members.length)).toEqual([4, 4])
  })

  it('give way to what people chose in « Groupe », and it is said', () => {
    const people = eight({
      1: { with: 'Hopper', group: 1 },
      2: { group: 2 },
      3: { apart: 'Curie', group: 2 },
      4: { group: 2 },
    })
    expect(told(people)).toEqual([
      [3, expect.stringMatching(/Marie Curie est du même groupe, par vos choix/u)],
      [1, expect.stringMatching(/pas possible avec Grace Hopper : vos choix dans « Groupe »/u)],
    ])
    expect([1, 2, 3, 4].map((id) => placeOf(people, id))).toEqual([1, 2, 2, 2])
  })

  it('are told where there are fewer groups than people who are all to be apart', () => {
    const people = eight({ 1: { apart: 'Hopper, Turing' }, 2: { apart: 'Turing' } })
    const notes = told(people)
    expect(notes).toHaveLength(1)
    expect(notes[0]?.[1]).toMatch(/impossible à tenir/u)
  })

  it('are told of somebody who is of no group', () => {
    const people = eight({ 1: { with: 'Parks' }, 2: { group: 1, proposed: 1 }, 8: { proposed: 1 } })
    expect(told(people)).toEqual([[1, '« Avec » : Rosa Parks n’est d’aucun groupe (« Groupe » vidé)']])
  })
})

describe('the summary of the groups', () => {
  const shown = (people: readonly Participant[]) =>
    summaryText(planGroups(people, settings), settings)
      .replaceAll(/[\u202f\u00a0]/gu, ' ')
      .split('\n')

  it('gives sizes, who facilitates and where remarks stand, and no name', () => {
    expect(shown(eight({ 1: { facilitates: true, with: 'Zoé' } }))).toEqual([
      expect.stringMatching(/^8 personnes : 2 groupes de 4\.$/u),
      expect.stringMatching(/^1 personne anime : personne pour le groupe [12]\.$/u),
      '1 remarque dans « À savoir sur le groupe », chez les participant·e·s.',
    ])
  })

  it('says what can be made nearest of 7 people, and that nothing moves', () => {
    expect(shown(eight({}).slice(1))[0]).toMatch(
      /^7 personnes ne se répartissent pas en groupes de 4 à 6 ; au plus près : 6 personnes .* ou 8 personnes .*reste comme il est\.$/u,
    )
  })
})
