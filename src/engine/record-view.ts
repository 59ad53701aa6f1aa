import type { CrossGroup } from '../domain/completeness/cross-index.ts'
import type { BaseCounts } from '../domain/brake.ts'
import { actorCounts } from './base-counts.ts'
import type { Store } from '../store/database.ts'
import { bearersOf, crowdedKeys, keysOfRecords, pairsOf, recordsUnder } from '../store/duplicates.ts'
import type { StoredPair } from '../store/duplicates.ts'
import { learnRecords } from '../store/learn-records.ts'
import { movingCounts, readRecordCounts } from '../store/record-counts.ts'
import {
  countedOfEpci,
  epcisOf,
  recordIssues,
  recordsBetween,
  recordsByIds,
  recordsInPlaces,
  recordsWithMark,
} from '../store/records.ts'
import type { RecordState } from '../store/record-rows.ts'
import type { CountedState, MarkedRecord, RecordIssues } from '../store/records.ts'
import { waitingRecords } from '../store/waiting-records.ts'
import type { WaitingRecords, WaitingState } from '../store/waiting-records.ts'

/**
 * The states of the records of a base as a piece of work sees them: those of the store, and over them what it has found
 * since, which the store learns when it is committed. What is never committed leaves no trace.
 */
export type RecordView = RecordWrites & {
  between(fromId: number, toId: number): Promise<Map<number, RecordState>>
  byIds(ids: readonly number[]): Promise<Map<number, RecordState>>
  /** In the order of their ids. */
  ofEpci(siren: string): Promise<readonly (readonly [number, CountedState])[]>
  withMark(group: Exclude<CrossGroup, 'point'>, marks: readonly number[]): Promise<MarkedRecord[]>
  inPlaces(places: Parameters<typeof recordsInPlaces>[2]): Promise<MarkedRecord[]>
  keysOf(ids: readonly number[]): Promise<Map<number, readonly number[]>>
  /** How many records bear each key. */
  bearers(keys: readonly number[]): Promise<Map<number, number>>
  under(keys: readonly number[]): Promise<Map<number, number[]>>
  pairsOf(ids: readonly number[]): Promise<StoredPair[]>
  /** Codes of what a run tells of records, in the order of their ids. */
  issues(): AsyncIterable<RecordIssues>
  /** The first record of each key that more than `most` bear. */
  crowds(most: number): Promise<readonly number[]>
  /** The EPCI of which a record, or a pair of them, is no more as the store says; null: it may be any. */
  touched(): Promise<ReadonlySet<string> | null>
  /** Of each table of actors: how many records there are, and in how many each column of people (in the order of `ActorRow.filled`) holds something. */
  counts(columns: readonly string[]): Promise<BaseCounts>
  /** The store learns what was found. */
  commit(): Promise<void>
  /** What was found is let go: the store never learns it. */
  drop(): void
}

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
  setAllPairs(pairs: Iterable<StoredPair>): void
}

/** A store, one of its bases, and what waits to be learnt of it; null: nothing does. */
type Held = {
  readonly store: Store
  readonly base: string
  waiting: WaitingRecords | null
  /** It was dropped: whoever goes on with it is at fault. */
  ended: boolean
}

/** Opens a view of the records of one base. */
export function recordView(store: Store, base: string): RecordView {
  const held: Held = { store, base, waiting: null, ended: false }
  const forget = () => {
    held.waiting?.close()
    held.waiting = null
  }
  return {
    ...stateReaders(held),
    ...sumReaders(held),
    ...pairReaders(held),
    ...writers(held),
    drop() {
      held.ended = true
      forget()
    },
    async commit() {
      if (held.waiting === null) return
      await learnRecords(store, base, held.waiting)
      forget()
    },
  }
}

/** Works with such a view; what was not committed by the end is let go. */
export async function withRecordView<Result>(
  { store, base }: { readonly store: Store; readonly base: { readonly id: string } },
  work: (view: RecordView) => Promise<Result>,
): Promise<Result> {
  const view = recordView(store, base.id)
  try {
    return await work(view)
  } finally {
    view.drop()
  }
}

function writers(held: Held): RecordWrites {
  const waiting = () => {
    if (held.ended) throw new Error('this view of the records was dropped')
    return (held.waiting ??= waitingRecords(held.store.engine))
  }
  return {
    put(records) {
      for (const { id, ...state } of records) waiting().put(id, state)
    },
    settle(id, stamp) {
      const state = waiting().state(id)
      if (state === undefined) waiting().putStamp(id, stamp)
      else if (state !== null) waiting().put(id, { ...state, stamp })
    },
    remove(ids) {
      for (const id of ids) {
        waiting().put(id, null)
        waiting().putKeys(id, [])
      }
      if (ids.length > 0) waiting().putPairs(ids, [])
    },
    setKeys: (id, keys) => waiting().putKeys(id, keys),
    setPairs: (ids, pairs) => waiting().putPairs(ids, pairs),
    setAllPairs: (pairs) => waiting().putAllPairs(pairs),
  }
}

function stateReaders(held: Held): Pick<RecordView, 'between' | 'byIds' | 'withMark' | 'inPlaces'> {
  const { store, base } = held
  const marked = (known: readonly MarkedRecord[], here: readonly WaitingState[]) => {
    const waiting = held.waiting
    const found = new Map(known.filter(({ id }) => waiting?.has(id) !== true).map((one) => [one.id, one]))
    for (const [id, state] of here)
      if (state !== null && state.marks !== null)
        found.set(id, { id, epci: state.epci, told: state.told, marks: state.marks })
    return [...found.values()]
  }
  return {
    async between(fromId, toId) {
      const known = await recordsBetween(store, base, fromId, toId)
      return overlaid(held, known, held.waiting?.between(fromId, toId) ?? [])
    },
    async byIds(ids) {
      const here = ids.flatMap((id): WaitingState[] => {
        const state = held.waiting?.state(id)
        return state === undefined ? [] : [[id, state]]
      })
      const open = here.length === 0 ? ids : ids.filter((id) => held.waiting?.has(id) !== true)
      return overlaid(held, await recordsByIds(store, base, open), here)
    },
    async withMark(group, marks) {
      const known = await recordsWithMark(store, base, group, marks)
      return marked(known, held.waiting?.withMark(group, marks) ?? [])
    },
    async inPlaces(places) {
      const known = await recordsInPlaces(store, base, places)
      const { waiting } = held
      if (waiting === null) return known
      return marked(known, [...waiting.of('epci', places.epcis), ...waiting.of('commune', places.communes)])
    },
  }
}

function sumReaders(held: Held): Pick<RecordView, 'ofEpci' | 'issues' | 'touched' | 'counts'> {
  const { store, base } = held
  return {
    async ofEpci(siren) {
      const known = await countedOfEpci(store, base, siren)
      const { waiting } = held
      if (waiting === null) return [...known]
      for (const id of known.keys()) if (waiting.has(id)) known.delete(id)
      for (const [id, state] of waiting.of('epci', [siren]))
        if (state !== null)
          known.set(id, { changedOn: state.changedOn, facts: state.facts, told: state.told })
      return [...known].sort(([one], [other]) => one - other)
    },
    async *issues() {
      const here = waitingIssues(held)
      let next = here.next()
      for await (const page of recordIssues(store, base)) {
        const found = page.filter(({ id }) => held.waiting?.has(id) !== true)
        const last = page.at(-1)!.id
        for (; next.done !== true && next.value.id <= last; next = here.next()) found.push(next.value)
        yield* found.sort((one, other) => one.id - other.id)
      }
      for (; next.done !== true; next = here.next()) yield next.value
    },
    async touched() {
      const { waiting } = held
      const found = new Set<string>()
      const add = async (ids: readonly number[]) => {
        for (const epci of await epcisOf(store, base, ids)) found.add(epci)
      }
      const paired = waiting?.paired() ?? []
      if (paired === 'all') return null
      for (const ids of paired) await add(ids)
      for (const page of waiting?.states() ?? []) {
        await add(page.map(([id]) => id))
        for (const [, state] of page) if (state !== null && state.epci !== null) found.add(state.epci)
      }
      return found
    },
    async counts(columns) {
      const counts = movingCounts(await readRecordCounts(store, base))
      for (const page of held.waiting?.states() ?? []) await counts.move(store, base, page)
      return actorCounts(counts.counts(), columns)
    },
  }
}

function* waitingIssues({ waiting }: Held): Generator<RecordIssues> {
  for (const page of waiting?.states() ?? [])
    for (const [id, state] of page)
      if (state !== null && state.issues.length > 0) yield { id, issues: state.issues }
}

function pairReaders(held: Held): Pick<RecordView, 'keysOf' | 'bearers' | 'under' | 'pairsOf' | 'crowds'> {
  const { store, base } = held
  const under: RecordView['under'] = async (keys) => {
    const found = await recordsUnder(store, base, keys)
    const { waiting } = held
    if (waiting === null) return found
    for (const [key, records] of found)
      found.set(key, [...records.filter((id) => waiting.keys(id) === undefined), ...waiting.under(key)])
    return found
  }
  const bearers: RecordView['bearers'] = async (keys) =>
    held.waiting === null
      ? bearersOf(store, base, keys)
      : new Map([...(await under(keys))].map(([key, records]) => [key, records.length]))
  return {
    ...{ bearers, under },
    async keysOf(ids) {
      const { waiting } = held
      const known = await keysOfRecords(
        store,
        base,
        ids.filter((id) => waiting?.keys(id) === undefined),
      )
      return new Map(ids.map((id) => [id, waiting?.keys(id) ?? known.get(id) ?? []]))
    },
    async pairsOf(ids) {
      const known = await pairsOf(store, base, ids)
      const { waiting } = held
      if (waiting === null) return known
      return [
        ...known.filter(({ one, other }) => !waiting.isPaired(one) && !waiting.isPaired(other)),
        ...waiting.pairs(ids),
      ]
    },
    async crowds(most) {
      const first = async (keys: readonly number[]) => {
        const counts = await bearers(keys)
        const crowded = await under(keys.filter((key) => (counts.get(key) ?? 0) > most))
        return [...crowded.values()].map((ids) => ids.reduce((one, other) => Math.min(one, other)))
      }
      const known = await crowdedKeys(store, base, most)
      const found = await first(known)
      const seen = new Set(known)
      for (const keys of held.waiting?.distinctKeys() ?? [])
        found.push(...(await first(keys.filter((key) => !seen.has(key)))))
      return found
    },
  }
}

/** What waits lies over what the store says. */
function overlaid(
  { waiting }: Held,
  known: Map<number, RecordState>,
  here: readonly WaitingState[],
): Map<number, RecordState> {
  if (waiting === null) return known
  for (const [id, state] of known) {
    const stamp = waiting.stamp(id)
    if (stamp !== undefined) known.set(id, { ...state, stamp })
  }
  for (const [id, state] of here) {
    known.delete(id)
    if (state !== null) known.set(id, state)
  }
  return known
}
