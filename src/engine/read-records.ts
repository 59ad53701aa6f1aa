import { readsComputed } from '../nocodb/actor-fields.ts'
import type { ActorRow } from '../nocodb/actor-rows.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { stampOf } from '../nocodb/actor-rows.ts'
import { readActors, readActorsByIds } from '../nocodb/read-actors.ts'
import type { RecordId } from '../domain/record-id.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import { recordNames } from '../nocodb/record-names.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import { chunksOf } from '../nocodb/chunk.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { RecordState } from '../store/record-rows.ts'
import { alike, asTold, assessRecord, recordChange } from './assess-records.ts'
import type { AssessedRecord, Judging } from './assess-records.ts'
import type { Gate } from './gate.ts'
import { inSteps } from './in-steps.ts'
import type { SyncContext } from './sync-context.ts'
import { processRecords } from './process-records.ts'
import type { RecordView } from './record-view.ts'
import { scan } from './scan.ts'
import { duplicateChanges, shownTexts, wholeCross } from './whole-cross.ts'
import type { ShownTexts, WholeCross, WholePairs } from './whole-cross.ts'

/** What a reading of the records found. */
export type ReadRecords = {
  /** How many there are. */
  readonly rows: number
  /** NocoDB's own instant of the record that changed last; null: none is there. */
  readonly newest: string | null
  /**
   * Records of which the store said something else than a fresh reading finds, though nobody touched them: a fault of
   * ours. null: not all of them were read.
   */
  readonly differing: readonly RecordId[] | null
}

type Parts = SyncContext & {
  readonly view: RecordView
  readonly judging: Judging
  readonly sirens: EpciSirens
  readonly written: (siren: string | null) => boolean
  /** Where goes what they ask for. */
  readonly gate: Pick<Gate, 'take' | 'late'>
  readonly onPage: (rows: number) => Promise<void> | void
}

/** Records read again at once: their ids go into one address. */
const AT_ONCE = 300
const MANY = 2_000
/** Records judged before whoever waits has a turn. */
const IN_A_ROW = 20

/** Reads the records that changed since they were last judged, and those of which others then tell something else. */
export async function readChangedRecords(parts: Parts): Promise<ReadRecords> {
  const { base, columns, sirens, judging, gate, onPage } = parts
  let rows = 0
  let newest: string | null = null
  const waiting = new Set<RecordId>()
  const gone: RecordId[] = []
  for await (const page of scan(parts, judging)) {
    rows += page.ids.length
    newest = later(newest, page.newest)
    for (const id of page.changed) waiting.add(id)
    gone.push(...page.gone)
    await onPage(rows)
  }
  // Where most of them did, all are read at once: pages are quicker than rows one asks for by name.
  if (waiting.size > MANY && waiting.size > rows / 4) return readAllRecords(parts)
  const process = async (ids: readonly RecordId[], left: readonly RecordId[]) => {
    const found = ids.length === 0 ? [] : await readActorsByIds(base, columns, sirens, ids)
    const here = new Set(found.map(({ id }) => id))
    const asked = await processRecords({ ...parts, allKnown: true }, found, [
      ...left,
      ...ids.filter((id) => !here.has(id)),
    ])
    for (const id of asked.others) waiting.add(id)
    await gate.take(asked.changes, ids)
  }
  if (gone.length > 0) await process([], gone)
  while (waiting.size > 0) {
    const ids = [...waiting].slice(0, AT_ONCE)
    for (const id of ids) waiting.delete(id)
    await process(ids, [])
  }
  return { rows, newest, differing: null }
}

/** Reads every record whole, and what they tell of each other from nothing. */
export async function readAllRecords(parts: Parts): Promise<ReadRecords> {
  const { base, columns, sirens, view, gate, onPage } = parts
  const cross = wholeCross(parts.judging.day, recordNames(actorTables(base, columns)))
  const shown = shownTexts()
  const differing: RecordId[] = []
  let [rows, last] = [0, 0]
  let newest: string | null = null
  for await (const page of readActors(base, columns, sirens)) {
    const end = page.at(-1)?.id ?? last
    const known = await view.between(last + 1, end)
    last = end
    const changes: Change[] = []
    for (const [at, row] of page.entries()) {
      if (at % IN_A_ROW === 0) await turn()
      const before = known.get(row.id)
      const one = asTold(parts.judging, assessRecord(parts.judging, row, before))
      cross.add(one)
      newest = later(newest, stampOf(row))
      const text = row.row[row.from.names.possibleDuplicates.title]
      if (typeof text === 'string') shown.add(row.id, text)
      if (before !== undefined && differs(before, one.state, row, parts.judging)) differing.push(row.id)
      changes.push(...keep(parts, one, before))
      known.delete(row.id)
    }
    rows += page.length
    view.remove([...known.keys()])
    await gate.take(changes)
    await onPage(rows)
  }
  view.remove([...(await view.between(last + 1, Number.MAX_SAFE_INTEGER)).keys()])
  await takeTold(parts, cross)
  await takePairs(parts, await inSteps(cross.pairs()), shown)
  return { rows, newest, differing }
}

/** What one record asks for; the view learns of it what it did not know. */
function keep(
  { judging, view, written }: Parts,
  one: AssessedRecord,
  before: RecordState | undefined,
): Change[] {
  const { row, state, comparable } = one
  const change = recordChange(judging, one, state.told)
  const now = change === null ? state : { ...state, stamp: null } // until it was seen as written
  if (before === undefined || !alike(now, before)) view.put([{ id: row.id, ...now }])
  else if (now.stamp !== before.stamp) view.settle(row.id, now.stamp)
  if (before?.compared !== state.compared) view.setKeys(row.id, comparable?.keys ?? [])
  return change === null || !written(state.epci) ? [] : [change]
}

/** Whether the store was wrong about a record that nobody touched since it was judged by the same rules. */
function differs(
  before: RecordState,
  after: RecordState,
  row: ActorRow,
  { assessedBy, day }: Judging,
): boolean {
  const { names, table } = row.from
  const stamp = stampOf(row)
  if (before.stamp === null || before.stamp !== stamp || before.assessedBy !== assessedBy) return false
  if (before.via !== after.via || (before.nextTurn !== null && before.nextTurn <= day.today)) return false
  const judged = ({ stamp: _, told: __, ...state }: RecordState) => state // others may have changed
  if (isDeepStrictEqual(judged(before), judged(after))) return false
  return !readsComputed(names, table) // else something beside the row may have changed
}

/** Those of which others tell something else are read again: their rows were not kept. */
async function takeTold(parts: Parts, cross: WholeCross): Promise<void> {
  const stale = new Map<RecordId, RecordState['told']>()
  let seen = 0
  for (const one of cross.told()) {
    if (++seen % IN_A_ROW === 0) await turn()
    if (one !== null) stale.set(one.id, one.told)
    if (stale.size < AT_ONCE) continue
    await tellRecords(parts, stale)
    stale.clear()
  }
  if (stale.size > 0) await tellRecords(parts, stale)
}

async function tellRecords(parts: Parts, stale: ReadonlyMap<RecordId, RecordState['told']>): Promise<void> {
  const { base, columns, sirens, view, judging, written, gate } = parts
  const ids = [...stale.keys()]
  const known = await view.byIds(ids)
  for (const [id, state] of known) view.put([{ id, ...state, stamp: null, told: stale.get(id) ?? {} }])
  const rows = await readActorsByIds(base, columns, sirens, ids)
  const changes = rows.flatMap((row) => {
    const one = assessRecord(judging, row, known.get(row.id))
    const change = recordChange(judging, one, stale.get(row.id) ?? {})
    return change === null || !written(one.state.epci) ? [] : [change]
  })
  await gate.take(changes, ids)
}

/** The pairs of all, and the cells « Doublons possibles » that change with them. */
async function takePairs(
  { base, columns, rules, view, written, gate }: Parts,
  pairs: WholePairs,
  shown: ShownTexts,
): Promise<void> {
  view.setAllPairs(pairs.pairs)
  const all = actorTables(base, columns)
  const titleOf = (id: RecordId) => all.of(id)?.names.possibleDuplicates.title
  const most = rules.duplicates.shown
  const changes = duplicateChanges(pairs, shown, { titleOf, most, called: recordNames(all) })
  for (const some of chunksOf(changes, MANY)) {
    const known = await view.byIds(some.map(({ id }) => id))
    for (const { id } of some) view.settle(id, null) // until they were seen as written
    await gate.late(some.filter(({ id }) => written(known.get(id)?.epci ?? null)))
  }
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one
}
