import type { Steps } from '../steps.ts'

/** Keys are below this: 30 bits, so that 23 are left for the number of the record. */
export const KEYS = 2 ** 30

/** A key under which more records meet than are compared. */
export type CrowdedKey = { readonly key: number; readonly records: number; readonly first: number }

/** Who meets whom: records, numbered in the order in which they come, under keys (whole numbers below `KEYS`). */
export type CandidatePairs = {
  /** The next record has these keys. */
  add(keys: Iterable<number>): void
  /** Calls `visit` once for each two records that share a key; gives the keys that more than `most` records share. */
  each(visit: (one: number, other: number) => void): Steps<readonly CrowdedKey[]>
}

/**
 * Keeps four bytes a key. Records are gathered by sorting numbers made of the key and the record: plain numbers sort ten
 * times as fast as objects, and nothing else is held. Two that share several keys are visited under the lowest one.
 */
export function candidatePairs(most: number): CandidatePairs {
  let keys = new Uint32Array(1024)
  let starts = new Uint32Array(256)
  let records = 0
  let used = 0
  return {
    add(told) {
      if (records + 2 > starts.length) starts = grown(starts)
      for (const key of new Set(told)) {
        if (used === keys.length) keys = grown(keys)
        keys[used++] = key
      }
      records += 1
      if (records === SPAN)
        throw new RangeError(`${SPAN} records and more cannot be compared for duplicates.`)
      starts[records] = used
    },
    each: (visit) => walk({ keys, starts, sorted: gathered(keys, starts, records) }, most, visit),
  }
}

function grown(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

/** A double holds 53 bits exactly: the key above, the record below. */
const SPAN = 2 ** 23

function gathered(keys: Uint32Array, starts: Uint32Array, records: number): Float64Array {
  const sorted = new Float64Array(starts[records] as number)
  for (let record = 0; record < records; record++)
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at++)
      sorted[at] = (keys[at] as number) * SPAN + record
  return sorted.sort()
}

type Gathered = {
  readonly keys: Uint32Array
  readonly starts: Uint32Array
  readonly sorted: Float64Array
}

function* walk(
  { keys, starts, sorted }: Gathered,
  most: number,
  visit: (one: number, other: number) => void,
): Steps<readonly CrowdedKey[]> {
  const crowds = new Map<number, CrowdedKey>()
  const has = (record: number, key: number): boolean => {
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at++)
      if (keys[at] === key) return true
    return false
  }
  const metBefore = (one: number, other: number, key: number): boolean => {
    for (let at = starts[one] as number; at < (starts[one + 1] as number); at++) {
      const each = keys[at] as number
      if (each < key && has(other, each) && !crowds.has(each)) return true
    }
    return false
  }
  const keyAt = (at: number) => Math.floor((sorted[at] as number) / SPAN)
  const recordAt = (at: number) => (sorted[at] as number) % SPAN
  for (let from = 0, end = 0; from < sorted.length; from = end) {
    const key = keyAt(from)
    while (end < sorted.length && keyAt(end) === key) end++
    if (end - from > most) crowds.set(key, { key, records: end - from, first: recordAt(from) })
    else
      for (let left = from; left + 1 < end; left++) {
        for (let right = left + 1; right < end; right++)
          if (!metBefore(recordAt(left), recordAt(right), key)) visit(recordAt(left), recordAt(right))
        yield
      }
  }
  return [...crowds.values()]
}
