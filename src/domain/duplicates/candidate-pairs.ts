import { numberColumn } from '../completeness/number-column.ts'
import type { NumberColumn } from '../completeness/number-column.ts'
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
 * Keeps four bytes a key. Records are gathered by sorting numbers made of the key and the record, a range of keys at a
 * time: plain numbers sort ten times as fast as objects, and no more than a few MB of them are held. Two that share several
 * keys are visited under the lowest one.
 * @param atOnce so many keys are sorted at a time, or a few more
 */
export function candidatePairs(most: number, atOnce = 1_000_000): CandidatePairs {
  const borne: Borne = { keys: numberColumn(Uint32Array), starts: numberColumn(Uint32Array) }
  borne.starts.push(0)
  return {
    add(told) {
      for (const key of new Set(told)) borne.keys.push(key)
      if (borne.starts.length === SPAN)
        throw new RangeError(`${SPAN} records and more cannot be compared for duplicates.`)
      borne.starts.push(borne.keys.length)
    },
    each: (visit) => walk(borne, { most, atOnce, visit }),
  }
}

/** The keys of all records, one record after the other, and where those of each begin. */
type Borne = { readonly keys: NumberColumn; readonly starts: NumberColumn }

/** A double holds 53 bits exactly: the key above, the record below. */
const SPAN = 2 ** 23

type Walk = {
  readonly most: number
  readonly atOnce: number
  readonly visit: (one: number, other: number) => void
}

function* walk(borne: Borne, { most, atOnce, visit }: Walk): Steps<readonly CrowdedKey[]> {
  const crowds = new Map<number, CrowdedKey>()
  const met = metUnder(borne, crowds)
  const ranges = Math.max(1, Math.ceil(borne.keys.length / atOnce))
  const width = Math.ceil(KEYS / ranges)
  for (let least = 0; least < KEYS; least += width) {
    const sorted = gathered(borne, least, least + width)
    const keyAt = (at: number) => Math.floor((sorted[at] as number) / SPAN)
    const recordAt = (at: number) => (sorted[at] as number) % SPAN
    for (let from = 0, end = 0; from < sorted.length; from = end) {
      const key = keyAt(from)
      while (end < sorted.length && keyAt(end) === key) end++
      if (end - from > most) crowds.set(key, { key, records: end - from, first: recordAt(from) })
      else
        for (let left = from; left + 1 < end; left++) {
          for (let right = left + 1; right < end; right++)
            if (!met(recordAt(left), recordAt(right), key)) visit(recordAt(left), recordAt(right))
          yield
        }
    }
  }
  return [...crowds.values()]
}

/** The keys from `least` on and below `above`, each with a record that bears it, in rising order. */
function gathered({ keys, starts }: Borne, least: number, above: number): Float64Array {
  let count = 0
  for (let at = 0; at < keys.length; at++) if (keys.at(at) >= least && keys.at(at) < above) count++
  const sorted = new Float64Array(count)
  let used = 0
  for (let record = 0; record + 1 < starts.length; record++)
    for (let at = starts.at(record); at < starts.at(record + 1); at++) {
      const key = keys.at(at)
      if (key >= least && key < above) sorted[used++] = key * SPAN + record
    }
  return sorted.sort()
}

/** Whether two records share a key below this one under which they were visited. */
function metUnder({ keys, starts }: Borne, crowds: ReadonlyMap<number, CrowdedKey>) {
  const has = (record: number, key: number): boolean => {
    for (let at = starts.at(record); at < starts.at(record + 1); at++) if (keys.at(at) === key) return true
    return false
  }
  return (one: number, other: number, key: number): boolean => {
    for (let at = starts.at(one); at < starts.at(one + 1); at++) {
      const each = keys.at(at)
      if (each < key && has(other, each) && !crowds.has(each)) return true
    }
    return false
  }
}
