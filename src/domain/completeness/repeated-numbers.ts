import type { NumberColumn } from './number-column.ts'

/** Of a place: how many bear its number, itself included, and in how many groups they are. */
export type Repetition = { readonly count: number; readonly groups: number }

/**
 * The places of a column whose number (not 0: none) others bear too; null for the others. `groups` is 0 where the
 * group of one of them is not known (0).
 */
export function repetitions(column: NumberColumn, groups: NumberColumn): (at: number) => Repetition | null {
  const counts = new Uint32Array(column.length)
  const spread = new Uint32Array(column.length)
  for (const places of runs(column)) {
    const seen = new Set<number>()
    for (const at of places) seen.add(groups.at(at))
    for (const at of places) {
      counts[at] = places.length
      spread[at] = seen.has(0) ? 0 : seen.size
    }
  }
  return (at) => {
    const count = counts[at] as number
    return count === 0 ? null : { count, groups: spread[at] as number }
  }
}

/** The places that bear one number, wherever there are several of them. */
function* runs(column: NumberColumn): Generator<Uint32Array> {
  const numbers = Float64Array.from({ length: column.length }, (_, at) => column.at(at))
  const number = (place: number): number => numbers[place] as number
  const order = Uint32Array.from(numbers.keys())
    .filter((place) => number(place) !== 0)
    .sort((one, other) => number(one) - number(other))
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && number(order[to] as number) === number(order[from] as number)) to += 1
    if (to - from > 1) yield order.subarray(from, to)
    from = to
  }
}
