import type { RecordId } from '../domain/record-id.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import { readActorsByIds } from '../nocodb/read-actors.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import { recordNames } from '../nocodb/record-names.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { RecordState } from '../store/record-rows.ts'
import { isDeepStrictEqual } from 'node:util'
import { assessRecord, recordChange } from './assess-records.ts'
import type { AssessedRecord, Judging } from './assess-records.ts'
import { crossMarks } from './cross-marks.ts'
import type { StateChange } from './cross-marks.ts'
import { crossPairs } from './cross-pairs.ts'
import type { ComparedRecord } from './cross-pairs.ts'
import { duplicateTexts } from './duplicate-texts.ts'
import type { SyncContext } from './sync-context.ts'
import type { RecordView } from './record-view.ts'

/** What records that were looked at ask for; the view knows their states. */
export type ProcessedRecords = {
  readonly changes: readonly Change[]
  /** Records of which others tell something else now: they are to be looked at in their turn. */
  readonly others: ReadonlySet<number>
  /** SIREN of the EPCI whose figures may change. */
  readonly epcis: ReadonlySet<string>
}

type Parts = SyncContext & {
  readonly view: RecordView
  readonly judging: Judging
  readonly sirens: EpciSirens
  /** Whether every record is known as it is judged now: before, what records tell of each other stays as it stands. */
  readonly allKnown: boolean
  /** Whether rows of an EPCI may be written (null: of none). */
  readonly written: (siren: string | null) => boolean
}

/**
 * Looks at some records whole: judges each, holds it against those that share something with it, and tells which cells
 * change. Nothing is written to NocoDB, and the store learns nothing before the view is committed. Done again, it ends in
 * the same state.
 * @param rows as they were just read
 * @param gone records that were known and are there no more
 */
export async function processRecords(
  parts: Parts,
  rows: readonly ActorRow[],
  gone: readonly RecordId[],
): Promise<ProcessedRecords> {
  const { view, judging, written } = parts
  const known = await view.byIds([...rows.map(({ id }) => id), ...gone])
  const assessed = rows.map((row) => assessRecord(judging, row, known.get(row.id)))
  const changes: StateChange[] = [
    ...assessed.map(({ row, state }) => ({ id: row.id, before: known.get(row.id), after: state })),
    ...gone.map((id) => ({ id, before: known.get(id), after: null })),
  ]
  view.put(assessed.map(({ row, state }) => ({ id: row.id, ...state })))
  const own = new Set(changes.map(({ id }) => id))
  const partners = await pairsOfChanged(parts, assessed, changes) // of those that are gone too: while their pairs are known
  view.remove(gone)
  const told = parts.allKnown ? await crossMarks(view, judging.day, changes) : NOTHING_TOLD
  const others = new Set([...told.keys(), ...partners].filter((id) => !own.has(id)))
  await tell(view, told, others)
  const texts = parts.allKnown ? await textsOf(parts, assessed) : null
  const now = await view.byIds(assessed.map(({ row }) => row.id))
  const asked = assessed.flatMap((one) => {
    const state = now.get(one.row.id) ?? one.state
    const pairs = texts === null ? undefined : (texts.get(one.row.id) ?? null)
    const change = recordChange(judging, one, state.told, pairs)
    if (change === null) return []
    view.put([{ id: one.row.id, ...state, stamp: null }]) // until it was seen as written
    return written(state.epci) ? [change] : []
  })
  return {
    changes: asked,
    others,
    epcis: touchedEpcis(changes, now, [...(await view.byIds([...others])).values()]),
  }
}

const NOTHING_TOLD: Awaited<ReturnType<typeof crossMarks>> = new Map()

/** The others are looked at in their turn, whatever happens meanwhile. */
async function tell(
  view: RecordView,
  told: Awaited<ReturnType<typeof crossMarks>>,
  others: ReadonlySet<number>,
): Promise<void> {
  const states = await view.byIds([...new Set([...told.keys(), ...others])])
  for (const [id, state] of states) {
    const stamp = others.has(id) ? null : state.stamp
    view.put([{ id, ...state, stamp, told: told.get(id) ?? state.told }])
  }
}

async function pairsOfChanged(
  parts: Parts,
  assessed: readonly AssessedRecord[],
  changes: readonly StateChange[],
): Promise<ReadonlySet<number>> {
  const { view, judging, rules } = parts
  const called = recordNames(actorTables(parts.base, parts.columns))
  const compared = new Map(assessed.map((one) => [one.row.id, comparedRecord(one)]))
  const moved = changes.filter(({ before, after }) => before?.compared !== (after?.compared ?? null))
  const changed = new Map(
    moved.map(({ id, after }) => [id, after === null ? null : (compared.get(id) ?? null)]),
  )
  const read = async (ids: readonly number[]) => {
    const found = new Map<number, ComparedRecord>()
    const unread: number[] = []
    for (const id of ids) {
      const here = compared.get(id)
      if (here === undefined) unread.push(id)
      else if (here !== null) found.set(id, here)
    }
    for (const [id, one] of await readCompared(parts, unread)) found.set(id, one)
    return found
  }
  return crossPairs({ view, day: judging.day, called, crowd: rules.duplicates.crowd, read }, changed)
}

function comparedRecord({ comparable, row }: AssessedRecord): ComparedRecord | null {
  return comparable === null ? null : { comparable, word: row.actor.notDuplicateOf ?? null }
}

async function readCompared(
  { base, columns, sirens, judging }: Omit<Parts, 'written' | 'view' | 'allKnown'>,
  ids: readonly number[],
): Promise<Map<number, ComparedRecord>> {
  const rows = ids.length === 0 ? [] : await readActorsByIds(base, columns, sirens, ids)
  return new Map(
    rows.flatMap(({ id, actor }) => {
      const comparable = judging.day.pairing.comparable(actor)
      return comparable === null ? [] : [[id, { comparable, word: actor.notDuplicateOf ?? null }] as const]
    }),
  )
}

/** « Doublons possibles » of these records, by the pairs that the view knows. */
export async function textsOf(
  parts: Omit<Parts, 'written' | 'allKnown'>,
  assessed: readonly AssessedRecord[],
): Promise<ReadonlyMap<number, string>> {
  const { view, judging, rules } = parts
  const pairs = await view.pairsOf(assessed.map(({ row }) => row.id))
  if (pairs.every(({ denied }) => denied)) return new Map()
  const records = new Map(assessed.map((one) => [one.row.id, comparedRecord(one)]))
  const twins = pairs.flatMap(({ one, other }) => [one, other]).filter((id) => !records.has(id))
  for (const [id, record] of await readCompared(parts, [...new Set(twins)])) records.set(id, record)
  const named = (id: number) => {
    const record = records.get(id)
    return record == null ? undefined : judging.day.pairing.named(record.comparable)
  }
  const called = recordNames(actorTables(parts.base, parts.columns))
  return new Map(duplicateTexts(pairs, named, { most: rules.duplicates.shown, called }))
}

/** The EPCI of which something that figures hang on changed. */
function touchedEpcis(
  changes: readonly StateChange[],
  now: ReadonlyMap<number, RecordState>,
  others: readonly RecordState[],
): ReadonlySet<string> {
  const counts = changes.flatMap(({ id, before, after }) => {
    const state = after === null ? null : (now.get(id) ?? after)
    const same = before !== undefined && state !== null && countsAlike(before, state)
    return same ? [] : [before?.epci, state?.epci]
  })
  return new Set([...counts, ...others.map(({ epci }) => epci)].filter((siren) => typeof siren === 'string'))
}

function countsAlike(one: RecordState, other: RecordState): boolean {
  // What it is compared by: a pair may be counted once, or twice, because of it alone.
  const counted = ({ epci, changedOn, facts, told, compared }: RecordState) => ({
    ...{ epci, changedOn, facts, told, compared },
  })
  return isDeepStrictEqual(counted(one), counted(other))
}
