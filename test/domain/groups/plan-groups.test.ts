import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groups as evenSizes } from '../../../src/domain/groups.ts'
import { planGroups } from '../../../src/domain/groups/plan-groups.ts'
import type { Participant } from '../../../src/domain/groups/participant.ts'
import { rules } from '../../helpers/rules.ts'
import { crowd, participant, written } from './people.ts'

const settings = rules['success-conditions'].groups
const plan = (people: readonly Participant[]) => planGroups(people, settings)
const sizesOf = (groups: readonly { members: readonly number[] }[]) =>
  groups.map(({ members }) => members.length).toSorted((one, other) => other - one)
const groupOf = (people: readonly Participant[]) =>
  new Map(plan(people).groups.flatMap(({ number, members }) => members.map((id) => [id, number] as const)))
const people = (count: number, more: (at: number) => Partial<Participant> = () => ({})) =>
  Array.from({ length: count }, (_, at) => participant(at + 1, more(at + 1)))
const anyCrowd = fc.integer({ min: 1, max: 500 }).chain(crowd)

describe('the groups of a journée', () => {
  it('have, for any number of people up to 500, the sizes of an even split, and leave nobody out', () => {
    fc.assert(
      fc.property(anyCrowd, (crowded) => {
        const { groups, nearest } = plan(crowded)
        const even = evenSizes(crowded.length, settings)
        expect([sizesOf(groups), nearest]).toEqual([even.sizes ?? [], even.nearest])
        const placed = groups.flatMap(({ members }) => members).toSorted((one, other) => one - other)
        expect(placed).toEqual(even.sizes === null ? [] : crowded.map(({ id }) => id))
      }),
      { numRuns: 25 },
    )
  })

  it('are even for every number of people to 500 who are all alike, or have nothing in common', () => {
    for (let count = 1; count <= 500; count += count < 40 ? 1 : 23) {
      const alike = people(count, () => ({ organisation: 'Mairie', position: 'Élue' }))
      const even = evenSizes(count, settings).sizes ?? []
      expect(sizesOf(plan(alike).groups)).toEqual(even)
      expect(sizesOf(plan(people(count)).groups)).toEqual(even)
    }
  })

  it.each([
    [1, [4]],
    [2, [4]],
    [3, [4]],
    [7, [6, 8]],
  ])('cannot be made of %d people: the nearest numbers are said', (count, nearest) => {
    expect(plan(people(count))).toMatchObject({ groups: [], nearest })
  })

  it('each have somebody who facilitates where there are enough, those left over being spread', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 120 }).chain(crowd), (crowded) => {
        const { groups, facilitators } = plan(crowded)
        const leading = groups.map((group) => group.facilitators)
        if (facilitators >= groups.length) expect(Math.min(...leading)).toBeGreaterThan(0)
        else expect(leading.filter((count) => count === 0)).toHaveLength(groups.length - facilitators)
      }),
      { numRuns: 60 },
    )
  })

  it('are the same, whatever the order of the rows', () => {
    const orders = fc
      .integer({ min: 4, max: 60 })
      .chain(crowd)
      .chain((crowded) =>
        fc.tuple(fc.constant(crowded), fc.shuffledSubarray(crowded, { minLength: crowded.length })),
      )
    fc.assert(
      fc.property(orders, ([one, other]) => {
        expect(JSON.stringify(plan(other))).toBe(JSON.stringify(plan(one)))
      }),
      { numRuns: 30 },
    )
  })

  it('change nothing a second time, once they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 150 }).chain(crowd), (crowded) => {
        const first = plan(crowded)
        const again = plan(written(crowded, first.groups))
        expect([again.groups, again.moved]).toEqual([first.groups, []])
      }),
      { numRuns: 40 },
    )
  })

  it('hardly move when somebody joins or leaves', () => {
    const cases = fc
      .integer({ min: 12, max: 150 })
      .chain((count) => fc.tuple(crowd(count), fc.integer({ min: 1, max: count }), fc.boolean()))
    const counts = new Map<number, number>()
    fc.assert(
      fc.property(cases, ([crowded, who, joins]) => {
        const stands = written(crowded, plan(crowded).groups)
        const now = joins ? [...stands, participant(1000)] : stands.filter(({ id }) => id !== who)
        const { moved } = plan(now)
        // One person evens the sizes, another may bring a facilitator; or a whole group is made, or comes to its end.
        expect(moved.length).toBeLessThanOrEqual(6)
        counts.set(moved.length, (counts.get(moved.length) ?? 0) + 1)
      }),
      { numRuns: 60 },
    )
    expect([...counts.keys()]).toContain(0)
  })

  it('keep what a person chose, for ever, and take it as given', () => {
    const first = people(20)
    const stands = written(first, plan(first).groups).map((one) =>
      one.id === 3 ? { ...one, group: 9 } : one,
    )
    const { groups } = plan(stands)
    expect(groups.find(({ number }) => number === 9)?.members).toContain(3)
    expect(groups.reduce((sum, { members }) => sum + members.length, 0)).toBe(20)
  })

  it('leave out whom a person took out; where the whole column was emptied, they begin again', () => {
    const first = people(17)
    const stands = written(first, plan(first).groups)
    const one = stands.map((person) => (person.id === 5 ? { ...person, group: null } : person))
    expect(plan(one)).toMatchObject({ out: [5], people: 16 })
    const all = stands.map((person) => ({ ...person, group: null }))
    expect(plan(all)).toMatchObject({ out: [], people: 17, notes: [] })
  })

  it('say where choices make a group too large', () => {
    const { groups } = plan(people(16, (id) => (id <= 7 ? { group: 1 } : {})))
    expect(groups[0]).toMatchObject({ number: 1, chosen: 7 })
    expect(groups[0]?.members).toHaveLength(7)
    expect(groups.slice(1).flatMap(({ members }) => members)).toHaveLength(9)
  })

  it('hold wishes of « Avec » and « Pas avec » that do not contradict each other', () => {
    const wishes = people(24, (id) => ({
      ...(id % 6 === 1 ? { with: `Nom${id + 1} et Nom${id + 2}` } : {}),
      ...(id % 6 === 4 ? { apart: `Nom${id - 3}` } : {}),
    }))
    const of = groupOf(wishes)
    for (const id of [1, 7, 13, 19]) {
      expect([of.get(id + 1), of.get(id + 2)]).toEqual([of.get(id), of.get(id)])
      expect(of.get(id + 3)).not.toBe(of.get(id))
    }
    expect(plan(wishes).notes).toEqual([])
  })
})

describe('how well groups are mixed', () => {
  it('is, in small cases, as good as the best of all possible groups', () => {
    let [worse, cases] = [0, 0]
    fc.assert(
      fc.property(fc.constantFrom(8, 9).chain(crowd), (crowded) => {
        const plain = crowded.map((one) => ({ ...one, facilitates: false }))
        const { groups } = plan(plain)
        const found = costOf(
          groups.map(({ members }) => members),
          plain,
        )
        const best = bestCost(plain, sizesOf(groups)[0]!)
        expect(found).toBeGreaterThanOrEqual(best)
        cases += 1
        if (found > best) worse += 1
      }),
      { numRuns: 150 },
    )
    expect([worse, cases]).toEqual([0, 150])
  })

  it('is near the fewest pairs alike that there can be, in large ones', () => {
    fc.assert(
      fc.property(fc.constantFrom(17, 43, 212).chain(crowd), (crowded) => {
        for (const { alike, least } of plan(crowded).mixed) {
          expect(alike).toBeGreaterThanOrEqual(least)
          expect(alike - least).toBeLessThanOrEqual(0.1 * crowded.length)
        }
      }),
      { numRuns: 15 },
    )
  })
})

/** The pairs alike within groups, by their weights: counted pair by pair. */
function costOf(groups: readonly (readonly number[])[], crowded: readonly Participant[]): number {
  const byId = new Map(crowded.map((one) => [one.id, one]))
  const { organisation, position, kind } = settings.mixing
  let cost = 0
  for (const group of groups)
    for (const [at, one] of group.entries())
      for (const other of group.slice(at + 1)) {
        const [a, b] = [byId.get(one)!, byId.get(other)!]
        cost += organisation * Number(a.organisation === b.organisation)
        cost += position * Number(a.position === b.position) + kind * Number(a.kind === b.kind)
      }
  return cost
}

/** The least cost of two groups, the first of this size, by trying every one. */
function bestCost(crowded: readonly Participant[], size: number): number {
  const ids = crowded.map(({ id }) => id)
  let best = Infinity
  for (let mask = 0; mask < 2 ** ids.length; mask += 1) {
    const first = ids.filter((_, at) => (mask >> at) & 1)
    if (first.length !== size) continue
    best = Math.min(best, costOf([first, ids.filter((id) => !first.includes(id))], crowded))
  }
  return best
}
