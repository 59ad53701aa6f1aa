import type { NumberColumn } from './number-column.ts'

/** Of a place: how many bear its number, itself included, and in how many groups they are. */
export type Repetition = { readonly count: number; readonly groups: number }

/** Groups are fewer than this: as many bits as are left beside the rank of a number. */
const GROUPS = 2 ** 21

/**
 * The places of a column whose number (not 0: none) others bear too; null for the others. `groups` is 0 where the
 * group of one of them is not known (0). Plain numbers are sorted, eight bytes each, and what is kept is kept of those that
 * are repeated alone.
 */
export function repetitions(column: NumberColumn, groups: NumberColumn): (at: number) => Repetition | null {
  const repeated = repeatedIn(column)
  if (repeated.length === 0) return () => null
  const ranks: number[] = []
  for (let at = 0; at < column.length; at++) {
    const rank = rankOf(column.at(at), repeated)
    if (rank >= 0) ranks.push(rank * GROUPS + groups.at(at))
  }
  const [counts, spread] = spreadOf(Float64Array.from(ranks).sort(), repeated.length)
  return (at) => {
    const rank = rankOf(column.at(at), repeated)
    return rank < 0 ? null : { count: counts[rank] as number, groups: spread[rank] as number }
  }
}

/** The numbers that several places bear, each once, in rising order. */
function repeatedIn(column: NumberColumn): Float64Array {
  const numbers = new Float64Array(column.length)
  for (let at = 0; at < column.length; at++) numbers[at] = column.at(at)
  numbers.sort()
  const found: number[] = []
  for (let at = 1; at < numbers.length; at++) {
    const number = numbers[at] as number
    if (number !== 0 && number === numbers[at - 1] && number !== found.at(-1)) found.push(number)
  }
  return Float64Array.from(found)
}

/** How many there are of each rank, and in how many groups. @param ranked rank and group, as one number, in rising order */
function spreadOf(ranked: Float64Array, ranks: number): readonly [counts: Uint32Array, spread: Uint32Array] {
  const [counts, spread] = [new Uint32Array(ranks), new Uint32Array(ranks)]
  const unknown = new Set<number>()
  for (let at = 0; at < ranked.length; at++) {
    const one = ranked[at] as number
    const rank = Math.floor(one / GROUPS)
    counts[rank]! += 1
    if (one !== ranked[at - 1]) spread[rank]! += 1
    if (one % GROUPS === 0) unknown.add(rank)
  }
  for (const rank of unknown) spread[rank] = 0
  return [counts, spread]
}

function rankOf(number: number, sorted: Float64Array): number {
  let [low, high] = [0, sorted.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] as number
    if (found === number) return middle
    if (found < number) low = middle + 1
    else high = middle - 1
  }
  return -1
}
