import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { compileDuplicates } from '../../../src/domain/duplicates/duplicate-index.ts'
import { countedOnce } from '../../../src/domain/indicators/counted-once.ts'
import { compileTally } from '../../../src/domain/indicators/tally.ts'
import { atOnce } from '../../../src/domain/steps.ts'
import { rules } from '../../helpers/rules.ts'
import { actorOf, assessed, geography, TODAY } from '../completeness/records.ts'

const SBAA = '200069409'
const countingOf = compileTally({ ...rules, geography, profile: 'publication', today: TODAY })
const duplicatesOf = compileDuplicates(rules)

function indicators(actors: readonly Actor[]) {
  const tally = countedOnce(countingOf(SBAA), duplicatesOf())
  for (const actor of actors) tally.add(actor, assessed(actor))
  return atOnce(tally.indicators())
}

const library = (id: string, known: Partial<Actor['fields']> = {}, beside: Partial<Actor> = {}): Actor => ({
  ...actorOf(
    {
      ...{ id: `lieu-${id}`, nom: 'Médiathèque André Malraux', commune: 'Saint-Brieuc', code_insee: '22278' },
      ...{ adresse: '44 rue du 71e RI', telephone: '02 96 62 55 19', ...known },
    },
    beside,
  ),
  id,
})
const town = (id: string): Actor => ({
  ...actorOf({ id: `lieu-${id}`, nom: 'Mission locale', commune: 'Plérin', code_insee: '22187' }),
  id,
})

describe('records that may be one place', () => {
  it('count once in the figures of their EPCI, the most complete one for all', () => {
    const poor = library('1')
    const rich = library('2', {
      horaires: 'Mo-Fr 09:00-12:00',
      courriels: 'a@exemple.fr',
      services: 'Aide aux démarches administratives',
    })
    const both = indicators([poor, rich, town('3')])
    expect(both).toMatchObject({ actors: 2, records: 3 })
    expect(both.shares.publishable.of).toBe(2)
    const { records: _, ...alone } = indicators([rich, town('3')])
    expect(both).toMatchObject(alone)
  })

  it('count each, once a person said that they are two, on either, by Id or « Identifiant »', () => {
    for (const word of ['2', 'lieu-2', '« Médiathèque » (lieu-2) : même téléphone'])
      expect(indicators([library('1', {}, { notDuplicateOf: word }), library('2')]).actors).toBe(2)
    expect(indicators([library('1'), library('2', {}, { notDuplicateOf: 'lieu-1' })]).actors).toBe(2)
    expect(indicators([library('1', {}, { notDuplicateOf: '12' }), library('2')]).actors).toBe(1)
  })

  it('count once by group: three that pairs join are one', () => {
    expect(indicators([library('1'), library('2'), library('3')])).toMatchObject({ actors: 1, records: 3 })
  })

  it('are all gathered where two rows of a file have one id', () => {
    expect(indicators([town('1'), { ...library('1') }])).toMatchObject({ actors: 2, records: 2 })
  })

  it('count once in the figures by source, in what is publishable and in the kinds too', () => {
    const hours = { horaires: 'Mo-Fr 09:00-12:00' }
    const twice = [
      library('1', { source: 'CD 22', typologie: 'BIB' }),
      library('2', { source: 'Hub', typologie: 'BIB', ...hours }),
    ]
    const towns = ['3', '4', '5', '6'].map((id, at) => ({
      ...actorOf({
        ...{ id: `lieu-${id}`, nom: `Mission locale ${'ABCD'[at]!.repeat(4)}`, commune: 'Plérin' },
        ...{ code_insee: '22187', source: at < 2 ? 'Hub' : 'CD 22', typologie: at === 0 ? 'ASSO' : 'RFS' },
      }),
      id,
    }))
    const found = indicators([...twice, ...towns])
    expect(found).toMatchObject({ actors: 5, records: 6 })
    expect(found.sources.map(({ source, records }) => [source, records])).toEqual([
      ['Hub', 3],
      ['CD 22', 2],
    ])
    expect(found.sources.reduce((sum, { records }) => sum + records, 0)).toBe(found.actors)
    expect(found.shares.publishable.of).toBe(5)
    expect(found.publishable).toBeCloseTo((100 * found.shares.publishable.count) / 5, 12)
    // One library, one association, three « RFS »: 1 − (1 + 1 + 9) / 25, corrected by 5 / 4.
    expect(found.kinds).toMatchObject({ named: 5, distinct: 3 })
    expect(found.kinds.diversity).toBeCloseTo((1 - 11 / 25) * (5 / 4), 12)
  })

  it('say nothing of kinds under five places, however many records stand for them', () => {
    const many = ['1', '2', '3', '4', '5'].map((id) => library(id, { typologie: 'BIB' }))
    expect(indicators([...many, town('6')])).toMatchObject({ records: 6, kinds: { diversity: null } })
  })

  it('give the same figures in whatever order they come', () => {
    const all = [
      library('1'),
      library('2', { horaires: 'Mo-Fr 09:00-12:00' }),
      library('3', { typologie: 'BIB' }),
      town('4'),
      town('5'),
    ]
    const expected = indicators(all)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(indicators(shuffled)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })
})
