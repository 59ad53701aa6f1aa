/** What of people is mixed, and how much a pair alike in one group weighs, whole numbers ≥ 0. */
export type Mixing = { readonly organisation: number; readonly position: number; readonly kind: number }

/** People who go together, as the search sees them. */
export type Block = {
  /** Of each of them, the numbers of the values that are mixed. */
  readonly values: readonly (readonly number[])[]
  /** How many of them facilitate. */
  readonly facilitators: number
  /** Of each of them, the place of the group in which they were (null: in none that goes on). */
  readonly former: readonly (number | null)[]
  /** The place of the group that somebody chose; null: to be found. */
  readonly fixed: number | null
  /** The blocks to keep apart from it, once for each pair of people. */
  readonly apart: readonly number[]
}

export type Problem = {
  readonly blocks: readonly Block[]
  readonly groups: number
  /** What a pair alike weighs, by the number of the value. */
  readonly weights: readonly number[]
}

/** What matters, each more than all that one step could gain in what follows it: apart, even sizes, facilitators, moves, mixing. */
const [APART, EVEN, FACILITATOR, MOVE] = [1e10, 1e7, 1e5, 1e3]
const PASSES = 30

/**
 * Puts blocks in groups, by the least cost that was found: steepest moves, then swaps of two, from several beginnings
 * where people are few. The same problem always gives the same answer: of each block the place of its group.
 */
export function arrange(problem: Problem): readonly number[] {
  const starts = problem.blocks.length <= FEW ? STARTS : 1
  let best: { readonly cost: number; readonly placeOf: readonly number[] } | null = null
  for (let start = 0; start < starts; start += 1) {
    const found = search(problem, start)
    if (best === null || found.cost < best.cost) best = found
  }
  return best?.placeOf ?? []
}

const [FEW, STARTS] = [60, 12]

function search(problem: Problem, start: number) {
  const { blocks, groups } = problem
  const state = emptyState(problem)
  let cost = 0
  for (const place of standingFirst(blocks, state.wanted)) cost += state.move(place, state.wanted[place]!)
  for (const block of openOrder(problem, start)) {
    const at = leastOf(groups, (group) => {
      const delta = state.move(block, group)
      state.move(block, NOWHERE)
      return delta
    })
    cost += state.move(block, at)
  }
  const free = blocks.flatMap(({ fixed }, at) => (fixed === null ? [at] : []))
  for (let pass = 0; pass < PASSES; pass += 1) {
    const before = cost
    cost += relocate(state, free, groups)
    cost += swap(state, free)
    if (cost === before) break
  }
  return { cost, placeOf: [...state.placeOf] }
}

const NOWHERE = -1

function standingFirst(blocks: readonly Block[], wanted: readonly (number | null)[]): number[] {
  return blocks.flatMap((_, at) => (wanted[at] === null ? [] : [at]))
}

/** The largest first, then who facilitates, then who has most to keep apart from; equals as they come, or turned about. */
function openOrder({ blocks }: Problem, start: number): number[] {
  const open = blocks.flatMap(({ fixed, former }, at) => (wantedOf(fixed, former) === null ? [at] : []))
  const turn = turned(open.length, start)
  const rank = new Map(open.map((block, at) => [block, turn[at]!]))
  const by = (measure: (block: Block) => number) => (one: number, other: number) =>
    measure(blocks[other]!) - measure(blocks[one]!)
  const [size, leading, kept] = [
    by(({ values }) => values.length),
    by(({ facilitators }) => facilitators),
    by(({ apart }) => apart.length),
  ]
  return open.toSorted(
    (one, other) =>
      size(one, other) || leading(one, other) || kept(one, other) || rank.get(one)! - rank.get(other)!,
  )
}

/** An order of `count` things for each beginning, the first one their own; from a fixed row of numbers (Numerical Recipes). */
function turned(count: number, start: number): number[] {
  const order = Array.from({ length: count }, (_, at) => at)
  if (start === 0) return order
  let seed = start
  for (let at = count - 1; at > 0; at -= 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const other = seed % (at + 1)
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}

/** Where a block begins: where somebody chose, else where most of it was. */
function wantedOf(fixed: number | null, former: Block['former']): number | null {
  if (fixed !== null) return fixed
  const were = former.filter((one) => one !== null)
  const count = (place: number) => were.filter((one) => one === place).length
  return were.toSorted((one, other) => count(other) - count(one) || one - other)[0] ?? null
}

type State = {
  readonly placeOf: Int32Array
  readonly wanted: readonly (number | null)[]
  /** Moves a block, and says by how much the cost changes. */
  readonly move: (block: number, to: number) => number
}

function emptyState({ blocks, groups, weights }: Problem): State {
  const placeOf = new Int32Array(blocks.length).fill(NOWHERE)
  const [sizes, leading] = [new Int32Array(groups), new Int32Array(groups)]
  const counts = new Int32Array(groups * weights.length)
  const shift = (block: Block, group: number, step: 1 | -1): number => {
    if (group === NOWHERE) return 0
    const size = sizes[group]!
    const next = size + step * block.values.length
    let delta = EVEN * (next * next - size * size)
    const lead = leading[group]!
    delta += FACILITATOR * (Number(lead + step * block.facilitators === 0) - Number(lead === 0))
    sizes[group] = next
    leading[group] = lead + step * block.facilitators
    for (const values of block.values)
      for (const value of values) {
        const at = group * weights.length + value
        delta += step * weights[value]! * (step === 1 ? counts[at]! : counts[at]! - 1)
        counts[at] = counts[at]! + step
      }
    for (const other of block.apart) if (placeOf[other] === group) delta += step * APART
    for (const former of block.former) if (former !== null && former !== group) delta += step * MOVE
    return delta
  }
  return {
    placeOf,
    wanted: blocks.map(({ fixed, former }) => wantedOf(fixed, former)),
    move(at, to) {
      const block = blocks[at]!
      const left = shift(block, placeOf[at]!, -1)
      placeOf[at] = to
      return left + shift(block, to, 1)
    },
  }
}

/** Takes the move that gains most, until none gains anything; gives what was gained (negative). */
function relocate({ placeOf, move }: State, free: readonly number[], groups: number): number {
  let gained = 0
  for (let step = 0; step < free.length * 2; step += 1) {
    let best = { delta: 0, block: NOWHERE, to: NOWHERE }
    for (const block of free) {
      const from = placeOf[block]!
      for (let to = 0; to < groups; to += 1) {
        if (to === from) continue
        const delta = move(block, to)
        move(block, from)
        if (delta < best.delta) best = { delta, block, to }
      }
    }
    if (best.block === NOWHERE) break
    gained += move(best.block, best.to)
  }
  return gained
}

/** Swaps two blocks wherever that gains something. */
function swap({ placeOf, move }: State, free: readonly number[]): number {
  let gained = 0
  for (const [at, one] of free.entries())
    for (const other of free.slice(at + 1)) {
      const [from, to] = [placeOf[one]!, placeOf[other]!]
      if (from === to) continue
      const delta = move(one, to) + move(other, from)
      if (delta < 0) gained += delta
      else {
        move(other, to)
        move(one, from)
      }
    }
  return gained
}

/** The place, from 0, where a measure is least; the first of equals. */
function leastOf(count: number, measure: (at: number) => number): number {
  let best = { at: 0, value: Infinity }
  for (let at = 0; at < count; at += 1) {
    const value = measure(at)
    if (value < best.value) best = { at, value }
  }
  return best.at
}
