import type { CrossGroup } from '../domain/completeness/cross-index.ts'
import type { TableCounts } from '../domain/brake.ts'
import { countFilled } from '../store/brake.ts'
import type { Store } from '../store/database.ts'
import { bearersOf, crowdedKeys, keysOfRecords, pairsOf, recordsUnder } from '../store/duplicates.ts'
import type { StoredPair } from '../store/duplicates.ts'
import {
  recordIssues,
  recordsBetween,
  recordsByIds,
  recordsInPlaces,
  countedOfEpci,
  recordsWithMark,
} from '../store/records.ts'
import type { RecordState } from '../store/record-rows.ts'
import type { CountedState, MarkedRecord } from '../store/records.ts'
import { commit, nothing, writers } from './waiting-records.ts'
import type { Held, RecordWrites } from './waiting-records.ts'

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
  issues(): Promise<readonly { readonly id: number; readonly issues: readonly string[] }[]>
  /** The first record of each key that more than `most` bear. */
  crowds(most: number): Promise<readonly number[]>
  /** How many records there are, and in how many each column of people (in the order of `ActorRow.filled`) holds something. */
  counts(columns: readonly string[]): Promise<TableCounts>
  /** The store learns what was found. */
  commit(): Promise<void>
}

/** Opens a view of the records of one base. */
export function recordView(store: Store, base: string): RecordView {
  const held: Held = { store, base, waiting: nothing() }
  return {
    ...stateReaders(held),
    ...pairReaders(held),
    ...writers(held),
    async commit() {
      await commit(held)
      held.waiting = nothing()
    },
  }
}

function stateReaders(
  held: Held,
): Pick<RecordView, 'between' | 'byIds' | 'ofEpci' | 'withMark' | 'inPlaces' | 'issues' | 'counts'> {
  const { store, base } = held
  return {
    async between(fromId, toId) {
      const known = await recordsBetween(store, base, fromId, toId)
      return overlaid(held, known, (id) => id >= fromId && id <= toId)
    },
    async byIds(ids) {
      const wanted = new Set(ids)
      const open = ids.filter((id) => !held.waiting.states.has(id))
      return overlaid(held, await recordsByIds(store, base, open), (id) => wanted.has(id))
    },
    async ofEpci(siren) {
      const known = await countedOfEpci(store, base, siren)
      const { states } = held.waiting
      if (states.size === 0) return [...known]
      for (const [id, state] of states) {
        known.delete(id)
        if (state?.epci !== siren) continue
        const { changedOn, facts, told } = state
        known.set(id, { changedOn, facts, told })
      }
      return [...known].sort(([one], [other]) => one - other)
    },
    async withMark(group, marks) {
      const wanted = new Set(marks)
      const belongs = (state: RecordState) => state.marks !== null && wanted.has(state.marks[group])
      return overlaidMarks(held, await recordsWithMark(store, base, group, marks), belongs)
    },
    async inPlaces(places) {
      const [epcis, communes] = [new Set<string | null>(places.epcis), new Set(places.communes)]
      const belongs = ({ epci, marks }: RecordState) => epcis.has(epci) || communes.has(marks?.commune ?? '')
      return overlaidMarks(held, await recordsInPlaces(store, base, places), belongs)
    },
    async issues() {
      const { states } = held.waiting
      const known = (await recordIssues(store, base)).filter(({ id }) => !states.has(id))
      const here = [...states].flatMap(([id, state]) =>
        state === null || state.issues.length === 0 ? [] : [{ id, issues: state.issues }],
      )
      return [...known, ...here].sort((one, other) => one.id - other.id)
    },
    async counts(columns) {
      const { states } = held.waiting
      const { rows, filled } = await countFilled(store, base, columns)
      const before = await recordsByIds(store, base, [...states.keys()])
      const after = [...states.values()].filter((state) => state !== null)
      const [less, more] = [filledCount([...before.values()], columns), filledCount(after, columns)]
      return {
        rows: rows + after.length - before.size,
        filled: Object.fromEntries(
          columns.map((key, place) => [key, (filled[key] ?? 0) + more[place]! - less[place]!]),
        ),
      }
    },
  }
}

function pairReaders(held: Held): Pick<RecordView, 'keysOf' | 'bearers' | 'under' | 'pairsOf' | 'crowds'> {
  const { store, base } = held
  const bearers: RecordView['bearers'] = async (keys) => {
    const counts = await bearersOf(store, base, keys)
    const { keys: waiting } = held.waiting
    if (waiting.size === 0) return counts
    const wanted = new Set(keys)
    const before = await keysOfRecords(store, base, [...waiting.keys()])
    for (const [more, all] of [
      [-1, before],
      [1, waiting],
    ] as const)
      for (const own of all.values())
        for (const key of own) if (wanted.has(key)) counts.set(key, (counts.get(key) ?? 0) + more)
    return counts
  }
  const under: RecordView['under'] = async (keys) => {
    const { keys: waiting } = held.waiting
    const found = await recordsUnder(store, base, keys)
    for (const [key, records] of found)
      found.set(
        key,
        records.filter((id) => !waiting.has(id)),
      )
    for (const [id, own] of waiting) for (const key of own) found.get(key)?.push(id)
    return found
  }
  return {
    ...{ bearers, under },
    async keysOf(ids) {
      const { keys: waiting } = held.waiting
      const known = await keysOfRecords(
        store,
        base,
        ids.filter((id) => !waiting.has(id)),
      )
      return new Map(ids.map((id) => [id, waiting.get(id) ?? known.get(id) ?? []]))
    },
    async pairsOf(ids) {
      const wanted = new Set(ids)
      const { paired, allPaired, pairs } = held.waiting
      const known = allPaired ? [] : await pairsOf(store, base, ids)
      return [
        ...known.filter(({ one, other }) => !paired.has(one) && !paired.has(other)),
        ...pairs.filter(({ one, other }) => wanted.has(one) || wanted.has(other)),
      ]
    },
    async crowds(most) {
      const known = await crowdedKeys(store, base, most)
      const keys = [...new Set([...known, ...[...held.waiting.keys.values()].flat()])]
      const counts = await bearers(keys)
      const crowded = await under(keys.filter((key) => (counts.get(key) ?? 0) > most))
      return [...crowded.values()].map((ids) => ids.reduce((one, other) => Math.min(one, other)))
    },
  }
}

function filledCount(states: readonly RecordState[], columns: readonly string[]): number[] {
  const counts = columns.map(() => 0)
  for (const { filled } of states) {
    let rest = filled ?? 0
    for (let place = 0; rest > 0; place++) {
      if (rest % 2 === 1) counts[place]! += 1
      rest = Math.floor(rest / 2)
    }
  }
  return counts
}

/** What waits lies over what the store says. */
function overlaid(
  { waiting }: Held,
  known: Map<number, RecordState>,
  belongs: (id: number, state: RecordState) => boolean,
): Map<number, RecordState> {
  if (waiting.stamps.size > 0)
    for (const [id, state] of known) {
      const stamp = waiting.stamps.get(id)
      if (stamp !== undefined) known.set(id, { ...state, stamp })
    }
  for (const [id, state] of waiting.states) {
    known.delete(id)
    if (state !== null && belongs(id, state)) known.set(id, state)
  }
  return known
}

function overlaidMarks(
  { waiting }: Held,
  known: readonly MarkedRecord[],
  belongs: (state: RecordState) => boolean,
): MarkedRecord[] {
  const here = [...waiting.states].flatMap(([id, state]) => {
    if (state === null || state.marks === null || !belongs(state)) return []
    return [{ id, epci: state.epci, told: state.told, marks: state.marks }]
  })
  return [...known.filter(({ id }) => !waiting.states.has(id)), ...here]
}
