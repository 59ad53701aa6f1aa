import { atomically } from '../store/atomically.ts'
import type { Store } from '../store/database.ts'
import { saveKeys, savePairs } from '../store/duplicates.ts'
import type { StoredPair } from '../store/duplicates.ts'
import { forgetRecords, saveRecords, saveStamps } from '../store/records.ts'
import type { RecordState } from '../store/record-rows.ts'

/** How a piece of work tells what it has found. */
export type RecordWrites = {
  put(records: readonly (RecordState & { readonly id: number })[]): void
  /** Of a record that is as it is known: it was so at this instant; null: it is to be looked at again. */
  settle(id: number, stamp: string | null): void
  remove(ids: readonly number[]): void
  setKeys(id: number, keys: readonly number[]): void
  /** In place of every pair that one of them was in. */
  setPairs(ids: readonly number[], pairs: readonly StoredPair[]): void
  /** In place of every pair of the base. */
  setAllPairs(pairs: readonly StoredPair[]): void
}

/** What a piece of work has found of records, and the store has not learnt yet. */
export type Waiting = {
  /** null: the record is gone. */
  readonly states: Map<number, RecordState | null>
  /** Of records that are not among them. */
  readonly stamps: Map<number, string | null>
  readonly keys: Map<number, readonly number[]>
  /** Records whose pairs are those of `pairs` alone. */
  readonly paired: Set<number>
  /** Whether those of all records are. */
  allPaired: boolean
  pairs: readonly StoredPair[]
}

/** A store, one of its bases, and what waits to be learnt of it. */
export type Held = { readonly store: Store; readonly base: string; waiting: Waiting }

/** What a piece of work tells of records; the store learns nothing of it yet. */
export function writers(held: Held): RecordWrites {
  return {
    put(records) {
      for (const { id, ...state } of records) {
        held.waiting.states.set(id, state)
        held.waiting.stamps.delete(id)
      }
    },
    settle(id, stamp) {
      const { states, stamps } = held.waiting
      const state = states.get(id)
      if (state === undefined) stamps.set(id, stamp)
      else if (state !== null) states.set(id, { ...state, stamp })
    },
    remove(ids) {
      for (const id of ids) {
        held.waiting.states.set(id, null)
        held.waiting.stamps.delete(id)
        held.waiting.keys.set(id, [])
      }
      replacePairs(held.waiting, ids, [])
    },
    setKeys: (id, keys) => void held.waiting.keys.set(id, keys),
    setPairs: (ids, pairs) => replacePairs(held.waiting, ids, pairs),
    setAllPairs(pairs) {
      held.waiting.allPaired = true
      held.waiting.pairs = pairs
    },
  }
}

/** The store learns it, all or nothing: what is half known is not looked for again. */
export async function commit({ store, base, waiting }: Held): Promise<void> {
  const { states, stamps, keys, paired, allPaired, pairs } = waiting
  const all = [...states]
  const here = all.flatMap(([id, state]) => (state === null ? [] : [{ id, ...state }]))
  const gone = all.flatMap(([id, state]) => (state === null ? [id] : []))
  await atomically(store, async (db) => {
    const within = { ...store, db }
    await saveKeys(within, base, keys)
    if (allPaired || paired.size > 0) await savePairs(within, base, allPaired ? null : [...paired], pairs)
    await saveStamps(within, base, stamps)
    await saveRecords(within, base, here)
    await forgetRecords(within, base, gone)
  })
}

/** Before anything was found. */
export function nothing(): Waiting {
  return {
    states: new Map(),
    stamps: new Map(),
    keys: new Map(),
    paired: new Set(),
    allPaired: false,
    pairs: [],
  }
}

function replacePairs(waiting: Waiting, ids: readonly number[], pairs: readonly StoredPair[]): void {
  const now = new Set(ids)
  for (const id of ids) waiting.paired.add(id)
  waiting.pairs = [...waiting.pairs.filter(({ one, other }) => !now.has(one) && !now.has(other)), ...pairs]
}
