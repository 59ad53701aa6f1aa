import { parisDay } from '../domain/days.ts'
import type { RecordId } from '../domain/record-id.ts'
import { chunk } from '../nocodb/chunk.ts'
import { readActorsByIds, touchedSince } from '../nocodb/read-actors.ts'
import { readSirens } from '../nocodb/epci-identity.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import { proposalTable, readUndecided } from '../nocodb/proposals.ts'
import { storeDigest } from '../store/digest-key.ts'
import { enqueueFound } from '../store/inbox.ts'
import { alone } from '../store/locks.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import { alike, assessRecord, judging, recordChange } from './assess-records.ts'
import type { Judging } from './assess-records.ts'
import { dayRules } from './day-rules.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import { believedGone } from './live-brake.ts'
import type { LiveSync } from './live-memory.ts'
import type { SyncContext } from './sync-context.ts'
import { textsOf } from './process-records.ts'
import { withRecordView } from './record-view.ts'
import type { RecordView } from './record-view.ts'
import { scan } from './scan.ts'
import { markStaleEpcis } from './stale-epcis.ts'

/** How far the actors were read, by NocoDB's own clock. */
const WATERMARK = 'actors'
/** Rows may become visible a little after the instant that they bear, and not in its order. */
const OVERLAP_MS = 120_000

/** How many EPCI, and rows of actors, were found to need another look. */
export type Found = { readonly epcis: number; readonly rows: number }

/**
 * Looks for what no hint told, and puts it in the inbox: what people declare of the EPCI; the records made or changed since
 * the last look, by NocoDB's « updated at » and « created at »; and, with `links`, those that came, left, or were linked
 * elsewhere without a trace. Writes nothing to NocoDB but what is told of rows of EPCI that count for nobody.
 */
export async function reconcile(parts: LiveSync, { links }: { readonly links: boolean }): Promise<Found> {
  const epcis = await markStaleEpcis(parts)
  const decided = await findDecisions(parts)
  const { base, columns, geography, store, now } = parts
  const [sirens, means, digest] = await Promise.all([
    readSirens(base, columns, geography),
    linkMeans(parts),
    storeDigest(store, base.http.keyed),
  ])
  const day = dayRules(parts, parisDay(now()), digest)
  const looking = { judge: judging(parts, day, sirens, epciLinks({ ...means, sirens })), sirens }
  const rows = (await findTouched(parts, looking)) + (links ? await findAll(parts, looking) : 0)
  return { epcis, rows: rows + decided }
}

/** Decisions on proposals of which no call told. */
async function findDecisions({ base, columns, store, now }: LiveSync): Promise<number> {
  const about = proposalTable(base, columns)?.id
  if (about === undefined) return 0
  const rows = await readUndecided(base, columns)
  await enqueueFound(
    store,
    rows.map((row) => ({ base: base.id, about, record: String(row) })),
    now(),
  )
  return rows.length
}

/** Keeps how far the actors were read: the newest instant seen, never later than ours, lest a clock that ran ahead hide changes. */
export async function keepWatermark(
  { base, store }: SyncContext,
  newest: string | null,
  at: Date,
): Promise<void> {
  if (newest === null) return
  const now = at.toISOString()
  await saveWatermark(store, base.id, WATERMARK, newest < now ? newest : now)
}

type Looking = { readonly judge: Judging; readonly sirens: EpciSirens }

async function findTouched(parts: LiveSync, looking: Looking): Promise<number> {
  const { base, store, now } = parts
  const at = now()
  const last = await readWatermark(store, base.id, WATERMARK)
  const since = last === null ? undefined : touchedSince(before(last))
  let newest = last
  let found = 0
  for await (const page of scan(parts, looking.judge, since)) {
    found += await put(parts, await otherwise(parts, looking, page.changed))
    if (newest === null || (page.newest ?? '') > newest) newest = page.newest
  }
  await keepWatermark(parts, newest, at)
  return found
}

function before(instant: string): string {
  return `${new Date(Date.parse(instant) - OVERLAP_MS).toISOString().slice(0, 19)}.000Z`
}

/** Every record, by what is narrow of it. */
async function findAll(parts: LiveSync, looking: Looking): Promise<number> {
  let found = 0
  const gone: RecordId[] = []
  for await (const page of scan(parts, looking.judge)) {
    found += await put(parts, await otherwise(parts, looking, page.changed))
    gone.push(...page.gone)
  }
  return found + (await put(parts, await believedGone(parts, gone)))
}

/** Ids that go into one address. */
const AT_ONCE = 300

/** Those of which something is to be written or learnt; of the others (our own writes touched them) the store learns that. */
async function otherwise(
  parts: SyncContext,
  looking: Looking,
  ids: readonly RecordId[],
): Promise<RecordId[]> {
  const found = new Set(ids)
  for (const some of chunk(ids, AT_ONCE)) {
    const settled = await alone(parts.store, 'records', () =>
      withRecordView(parts, (view) => settle(parts, looking, view, some)),
    )
    for (const id of settled) found.delete(id)
  }
  return [...found]
}

/** Those of which nothing is to be written or learnt; the store learns that they were seen so. */
async function settle(
  parts: SyncContext,
  { judge, sirens }: Looking,
  view: RecordView,
  ids: readonly RecordId[],
): Promise<readonly RecordId[]> {
  const { base, columns } = parts
  const [known, rows] = await Promise.all([view.byIds(ids), readActorsByIds(base, columns, sirens, ids)])
  const assessed = rows.map((row) => assessRecord(judge, row, known.get(row.id)))
  const texts = await textsOf({ ...parts, view, judging: judge, sirens }, assessed)
  const settled = assessed.filter((one) => {
    const state = known.get(one.row.id)
    if (state === undefined || !alike(one.state, state)) return false
    return recordChange(judge, one, state.told, texts.get(one.row.id) ?? null) === null
  })
  for (const { row, state } of settled)
    if (state.stamp !== known.get(row.id)?.stamp) view.settle(row.id, state.stamp)
  await view.commit()
  return settled.map(({ row }) => row.id)
}

async function put(parts: SyncContext, ids: readonly RecordId[]): Promise<number> {
  const distinct = new Set(ids)
  await enqueueRecords(parts, distinct)
  return distinct.size
}
