/** Numbers that look drawn at random and are the same for the same seed. */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both bounds included. */
  whole(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** One item, as often as its weight says. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  /** `count` different items (all where there are fewer), in the order given. */
  some<T>(items: readonly T[], count: number): T[]
}

/** The generator mulberry32, and the draws that the demo makes with it. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted: (items, weight) => weightedPick(items, weight, next()),
    some(items, count) {
      const keyed = items.map((item, index) => ({ item, index, key: next() }))
      const kept = keyed.sort((one, other) => one.key - other.key).slice(0, count)
      return kept.sort((one, other) => one.index - other.index).map(({ item }) => item)
    },
  }
}

function weightedPick<T>(items: readonly T[], weight: (item: T) => number, drawn: number): T {
  let left = drawn * items.reduce((sum, item) => sum + weight(item), 0)
  for (const item of items) {
    left -= weight(item)
    if (left < 0) return item
  }
  return items.at(-1)!
}
