import { namesIn, peopleFinder } from './find-people.ts'
import type { Participant, Standing } from './participant.ts'

/** What people should know of a wish, of somebody's row (`id`); `other`, `third`: other participants. */
export type GroupNote = { readonly id: number; readonly wish: 'with' | 'apart' } & (
  | { readonly code: 'name.unknown'; readonly name: string; readonly nearest: number | null }
  | { readonly code: 'name.several' | 'name.self'; readonly name: string }
  | { readonly code: 'other.out'; readonly other: number }
  | { readonly code: 'with.apart'; readonly other: number; readonly pair: readonly [number, number] }
  | { readonly code: 'with.too_many'; readonly other: number; readonly most: number }
  | { readonly code: 'with.chosen' | 'apart.chosen' | 'apart.impossible'; readonly other: number }
)

/** People who go together, by id; `group`: where one of them chose to be. */
export type Unit = { readonly members: readonly number[]; readonly group: number | null }

export type Constraints = {
  readonly units: readonly Unit[]
  /** Pairs of people to keep apart. */
  readonly apart: readonly (readonly [number, number])[]
  readonly notes: readonly GroupNote[]
}

type Wish = { readonly by: number; readonly other: number }

/**
 * What people wish of each other, as far as it can be held: a choice of « Groupe » comes first, then « Pas avec », then
 * « Avec » in the order of rows; what gives way is told.
 * @param people all of the journée, in the order of their ids
 * @param most how many people may go together
 */
export function readConstraints(
  people: readonly Participant[],
  standing: ReadonlyMap<number, Standing>,
  most: number,
): Constraints {
  const notes: GroupNote[] = []
  const [together, apart] = (['with', 'apart'] as const).map((wish) =>
    wishesOf(people, standing, wish, notes),
  )
  const chosen = (id: number) => {
    const own = standing.get(id)
    return own?.kind === 'chosen' ? own.group : null
  }
  const kept = (apart ?? []).filter(({ by, other }) => {
    const isGiven = chosen(by) !== null && chosen(by) === chosen(other)
    if (isGiven) notes.push({ id: by, wish: 'apart', code: 'apart.chosen', other })
    return !isGiven
  })
  const pairs = pairsOf(kept)
  const placed = people.filter(({ id }) => standing.get(id)?.kind !== 'out')
  const units = joined(
    placed.map(({ id }) => ({ members: [id], group: chosen(id) })),
    {
      ...{ wishes: together ?? [], apart: pairs, most, notes },
    },
  )
  return { units, apart: pairs, notes }
}

/** The wishes of those who come, each as two people; what cannot be understood is told. */
function wishesOf(
  people: readonly Participant[],
  standing: ReadonlyMap<number, Standing>,
  wish: GroupNote['wish'],
  notes: GroupNote[],
): Wish[] {
  const find = peopleFinder(people)
  const isOut = (id: number) => standing.get(id)?.kind === 'out'
  return people.flatMap((one) => {
    const { id } = one
    if (isOut(id)) return []
    return namesIn(one[wish]).flatMap((name): Wish[] => {
      const found = find(name, id)
      if (found.kind === 'nobody')
        notes.push({ id, wish, code: 'name.unknown', name, nearest: found.nearest })
      else if (found.kind !== 'one') notes.push({ id, wish, code: `name.${found.kind}`, name })
      else if (isOut(found.id)) notes.push({ id, wish, code: 'other.out', other: found.id })
      else return [{ by: id, other: found.id }]
      return []
    })
  })
}

function pairsOf(wishes: readonly Wish[]): (readonly [number, number])[] {
  const pairs = wishes.map(({ by, other }) => [Math.min(by, other), Math.max(by, other)] as const)
  return [...new Map(pairs.map((pair) => [pair.join(' '), pair])).values()]
}

type Joining = {
  readonly wishes: readonly Wish[]
  readonly apart: readonly (readonly [number, number])[]
  readonly most: number
  readonly notes: GroupNote[]
}

/** Brings those together who wish it, wish by wish, where nothing stands against it. */
function joined(single: readonly Unit[], { wishes, apart, most, notes }: Joining): Unit[] {
  const unitOf = new Map(single.map((unit) => [unit.members[0]!, unit]))
  for (const { by, other } of wishes) {
    const [one, two] = [unitOf.get(by), unitOf.get(other)]
    if (one === undefined || two === undefined || one === two) continue
    const against = apart.find(
      ([a, b]) =>
        (one.members.includes(a) && two.members.includes(b)) ||
        (one.members.includes(b) && two.members.includes(a)),
    )
    const note = { id: by, wish: 'with', other } as const
    if (one.group !== null && two.group !== null && one.group !== two.group)
      notes.push({ ...note, code: 'with.chosen' })
    else if (against !== undefined) notes.push({ ...note, code: 'with.apart', pair: against })
    else if (sizeOf(unitOf, one, two) > most) notes.push({ ...note, code: 'with.too_many', most })
    else {
      const unit = { members: [...one.members, ...two.members], group: one.group ?? two.group }
      for (const member of unit.members) unitOf.set(member, unit)
    }
  }
  return [...new Set(unitOf.values())]
}

/** How many would be together: with those who chose the same group, unless all of these did so themselves. */
function sizeOf(unitOf: ReadonlyMap<number, Unit>, one: Unit, two: Unit): number {
  const together = one.members.length + two.members.length
  const group = one.group ?? two.group
  if (group === null || one.group === two.group) return group === null ? together : 0
  const there = new Set(
    [...unitOf.values()].filter((unit) => unit.group === group || unit === one || unit === two),
  )
  return [...there].reduce((sum, { members }) => sum + members.length, 0)
}
