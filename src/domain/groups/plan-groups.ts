import { letters } from '../completeness/text.ts'
import { groupCounts, groups as evenSizes } from '../groups.ts'
import type { GroupBounds } from '../groups.ts'
import { arrange } from './arrangement.ts'
import type { Block, Mixing } from './arrangement.ts'
import { readConstraints } from './constraints.ts'
import type { Constraints, GroupNote } from './constraints.ts'
import { standings } from './participant.ts'
import type { Participant, Standing } from './participant.ts'

/** How many people a group may have, and what is mixed in it. */
export type GroupRules = GroupBounds & { readonly mixing: Mixing }

/** A group by its number, which people read; ids in their order. `chosen`: how many are there by a person's choice. */
export type Group = {
  readonly number: number
  readonly members: readonly number[]
  readonly facilitators: number
  readonly chosen: number
}

/** Pairs alike within groups, beside the fewest that there can be of as many people in as many groups. */
export type Mixed = { readonly key: keyof Mixing; readonly alike: number; readonly least: number }

export type GroupPlan = {
  /** Who is to be in a group. */
  readonly people: number
  readonly groups: readonly Group[]
  /** Where these people cannot be split so: the nearest numbers that can; then there are no groups. */
  readonly nearest: readonly number[]
  /** Who was taken out of the groups: somebody emptied their « Groupe ». */
  readonly out: readonly number[]
  /** Who facilitates. */
  readonly facilitators: number
  /** Who is in another group than the one that was proposed before. */
  readonly moved: readonly number[]
  readonly notes: readonly GroupNote[]
  readonly mixed: readonly Mixed[]
}

/**
 * Groups of the participants of one journée: even sizes, functions and structures mixed, wishes held, choices kept, few
 * moves where groups were proposed before. The order of the participants changes nothing.
 */
export function planGroups(all: readonly Participant[], rules: GroupRules): GroupPlan {
  const people = all.toSorted((one, other) => one.id - other.id)
  const standing = standings(people)
  const placed = people.filter(({ id }) => standing.get(id)!.kind !== 'out')
  const out = people.filter((one) => !placed.includes(one)).map(({ id }) => id)
  const facilitators = placed.filter((one) => one.facilitates).length
  const numbers = groupNumbers([...standing.values()], placed.length, rules)
  const count = numbers.length
  const most = Math.max(1, Math.min(rules.to, placed.length - (count - 1) * rules.from))
  const constraints = readConstraints(people, standing, most)
  const base = { people: placed.length, out, facilitators, notes: constraints.notes }
  if (count === 0) {
    const { nearest } = evenSizes(Math.max(placed.length, 1), rules)
    return { ...base, groups: [], nearest, moved: [], mixed: [] }
  }
  const numberOf = placement(placed, { standing, numbers, constraints, rules })
  const groups = numbers.map((number): Group => {
    const members = placed.filter(({ id }) => numberOf.get(id) === number)
    const chosen = members.filter(({ id }) => standing.get(id)!.kind === 'chosen').length
    const leading = members.filter((one) => one.facilitates).length
    return { number, members: members.map(({ id }) => id), facilitators: leading, chosen }
  })
  const moved = placed.flatMap(({ id }) => {
    const own = standing.get(id)!
    return own.kind === 'follows' && own.group !== numberOf.get(id) ? [id] : []
  })
  const unkept = constraints.apart.filter(([one, other]) => numberOf.get(one) === numberOf.get(other))
  const notes = unkept.map(([id, other]): GroupNote => ({
    id,
    wish: 'apart',
    code: 'apart.impossible',
    other,
  }))
  return {
    ...base,
    ...{ groups, nearest: [], moved, notes: [...base.notes, ...notes] },
    mixed: mixedIn(groups, placed),
  }
}

/** The numbers of the groups: those that people chose, those that stand, then the first that are free; none: no groups can be. */
function groupNumbers(standing: readonly Standing[], people: number, bounds: GroupBounds): number[] {
  const counts = groupCounts(people, bounds)
  if (counts.length === 0) return []
  const of = (kind: 'chosen' | 'follows') => standing.flatMap((one) => (one.kind === kind ? [one.group] : []))
  const chosen = [...new Set(of('chosen'))].toSorted((one, other) => one - other)
  const sizes = Map.groupBy([...of('chosen'), ...of('follows')], (group) => group)
  const size = (group: number) => sizes.get(group)?.length ?? 0
  const standingOnes = [...new Set(of('follows'))]
    .filter((group) => !chosen.includes(group))
    .toSorted((one, other) => size(other) - size(one) || one - other)
  const former = chosen.length + standingOnes.length
  // As many as stand, or the nearest number that is possible: the fewest have to move.
  const nearest = Math.min(Math.max(former, counts[0]!), counts.at(-1)!)
  const even = evenSizes(people, bounds).sizes?.length ?? 0
  const count = Math.max(chosen.length, standingOnes.length > 0 ? nearest : even)
  const numbers = new Set([...chosen, ...standingOnes].slice(0, count))
  for (let next = 1; numbers.size < count; next += 1) numbers.add(next)
  return [...numbers].toSorted((one, other) => one - other)
}

type Placing = {
  readonly standing: ReadonlyMap<number, Standing>
  readonly numbers: readonly number[]
  readonly constraints: Constraints
  readonly rules: GroupRules
}

/** The number of the group of each, by id. */
function placement(
  placed: readonly Participant[],
  { standing, numbers, constraints, rules }: Placing,
): ReadonlyMap<number, number> {
  const { units, apart } = constraints
  const byId = new Map(placed.map((one) => [one.id, one]))
  const unitOf = new Map(units.flatMap(({ members }, at) => members.map((id) => [id, at] as const)))
  const values = valueNumbers(placed, rules.mixing)
  const placeOf = (group: number | null) => {
    const at = group === null ? -1 : numbers.indexOf(group)
    return at < 0 ? null : at
  }
  const others = units.map((): number[] => [])
  for (const [one, other] of apart) {
    const [a, b] = [unitOf.get(one), unitOf.get(other)]
    if (a === undefined || b === undefined || a === b) continue
    others[a]!.push(b)
    others[b]!.push(a)
  }
  const blocks = units.map(({ members, group }, at): Block => ({
    values: members.map((id) => values.of(byId.get(id)!)),
    facilitators: members.filter((id) => byId.get(id)!.facilitates).length,
    former: members.map((id) => {
      const own = standing.get(id)!
      return own.kind === 'follows' ? placeOf(own.group) : null
    }),
    fixed: placeOf(group),
    apart: others[at]!,
  }))
  const places = arrange({ blocks, groups: numbers.length, weights: values.weights })
  return new Map([...unitOf].map(([id, at]) => [id, numbers[places[at]!]!]))
}

/** How much more a second person who facilitates weighs than any likeness: those who are left over are spread too. */
const SPREAD = 4

/** The values that are mixed, numbered in the order in which they come. */
function valueNumbers(placed: readonly Participant[], mixing: Mixing) {
  const weights: number[] = []
  const known = new Map<string, number>()
  const numberOf = (name: string, weight: number) => {
    const found = known.get(name)
    if (found !== undefined) return found
    weights.push(weight)
    known.set(name, weights.length - 1)
    return weights.length - 1
  }
  const total = mixing.organisation + mixing.position + mixing.kind
  const of = (one: Participant) => [
    ...MIXED.flatMap((key) => {
      const value = valueOf(one, key)
      return value === null ? [] : [numberOf(`${key} ${value}`, mixing[key])]
    }),
    ...(one.facilitates ? [numberOf('facilitates', SPREAD * total)] : []),
  ]
  for (const one of placed) of(one)
  return { weights, of }
}

const MIXED = ['organisation', 'position', 'kind'] as const

/** What is said of it, whatever its capitals and accents; null: nothing, which is like nothing. */
function valueOf(one: Participant, key: keyof Mixing): string | null {
  const value = letters(one[key] ?? '')
  return value === '' ? null : value
}

function mixedIn(groups: readonly Group[], placed: readonly Participant[]): Mixed[] {
  const byId = new Map(placed.map((one) => [one.id, one]))
  const pairs = (count: number) => (count * (count - 1)) / 2
  const countsOf = (people: readonly Participant[], key: keyof Mixing) => {
    const counts = new Map<string, number>()
    for (const one of people) {
      const value = valueOf(one, key)
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return [...counts.values()]
  }
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  const fewest = (people: number) => {
    const [each, more] = [Math.floor(people / groups.length), people % groups.length]
    return more * pairs(each + 1) + (groups.length - more) * pairs(each)
  }
  return MIXED.map((key) => ({
    key,
    alike: sum(
      groups.map(({ members }) =>
        sum(
          countsOf(
            members.map((id) => byId.get(id)!),
            key,
          ).map(pairs),
        ),
      ),
    ),
    least: sum(countsOf(placed, key).map(fewest)),
  }))
}
