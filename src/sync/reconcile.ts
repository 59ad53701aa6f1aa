import type { RowId } from '../nocodb/cells.ts'
import { readActorLinks, readActors, stampOf, touchedSince } from '../nocodb/read-actors.ts'
import { readSirens } from '../nocodb/epci-identity.ts'
import type { EpciSirens } from '../nocodb/epci-identity.ts'
import { recordsBetween, recordsByIds } from '../store/records.ts'
import type { KnownRecord } from '../store/records.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import { believedGone } from './live-brake.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { startCensus } from './census.ts'
import { pageInSlices } from './in-slices.ts'
import type { LiveSync } from './live-memory.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncParts } from './parts.ts'
import { reportedList } from './reported.ts'
import { markStaleEpcis } from './stale-epcis.ts'
import { NOT_FOLLOWED } from './territory-prefill.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { epciLinks, linkMeans } from './epci-links.ts'

/** How far the actors were read, by NocoDB's own clock. */
const WATERMARK = 'actors'
/** Rows may become visible a little after the instant that they bear, and not in its order. */
const OVERLAP_MS = 120_000

/** How many EPCI, and rows of actors, were found to need another look. */
export type Found = { readonly epcis: number; readonly rows: number }

/**
 * Looks for what no hint told, and puts it in the inbox: what people declare of the EPCI; the actors made or changed since
 * the last look, by NocoDB's « updated at » and « created at », which are compared whole; and, with `links`, those that
 * came, left, or were linked elsewhere without a trace. Writes nothing to NocoDB.
 */
export async function reconcile(parts: LiveSync, { links }: { readonly links: boolean }): Promise<Found> {
  const epcis = await markStaleEpcis(parts)
  const sirens = await readSirens(parts.base, parts.columns, parts.geography)
  const rows = (await findTouched(parts, sirens)) + (links ? await findMoved(parts, sirens) : 0)
  return { epcis, rows }
}

/** Keeps how far the actors were read: the newest instant seen, never later than ours, lest a clock that ran ahead hide changes. */
export async function keepWatermark(
  { base, store }: SyncParts,
  newest: string | null,
  at: Date,
): Promise<void> {
  if (newest === null) return
  const now = at.toISOString()
  await saveWatermark(store, base.id, WATERMARK, newest < now ? newest : now)
}

async function findTouched(parts: LiveSync, sirens: EpciSirens): Promise<number> {
  const { base, columns, rules, geography, store, now } = parts
  const at = now()
  const last = await readWatermark(store, base.id, WATERMARK)
  const since = last === null ? undefined : touchedSince(base, columns, before(last))
  let newest = last
  let found = 0
  const beside = {
    followedIn: NOT_FOLLOWED,
    links: epciLinks({ ...(await linkMeans(parts)), sirens }),
  }
  for await (const page of readActors(base, columns, sirens, since)) {
    const known = await recordsByIds(
      store,
      base.id,
      page.map(({ id }) => id),
    )
    const today = parisDay(now())
    // A census a page: it is asked for no sum, and would grow.
    const census = startCensus({
      rules,
      geography,
      columns,
      today,
      reported: reportedList(),
      dissolved: dissolvedEpcis(geography),
      compiled: parts.memory.compiled(today),
      whole: false,
      written: () => true,
    })
    const { changes, remember } = await pageInSlices(census, page, known, beside)
    found += await put(
      parts,
      [...changes, ...remember].map(({ id }) => id),
    )
    for (const row of page) {
      const stamp = stampOf(row)
      if (stamp !== null && (newest === null || stamp > newest)) newest = stamp
    }
  }
  await keepWatermark(parts, newest, at)
  return found
}

function before(instant: string): string {
  return `${new Date(Date.parse(instant) - OVERLAP_MS).toISOString().slice(0, 19)}.000Z`
}

/** Ids and links alone, against what is remembered. */
async function findMoved(parts: LiveSync, sirens: EpciSirens): Promise<number> {
  const { base, columns, store } = parts
  let last = 0
  let found = 0
  const gone: RowId[] = []
  for await (const page of readActorLinks(base, columns)) {
    const end = page.at(-1)?.id ?? last
    const known = await recordsBetween(store, base.id, last + 1, end)
    last = end
    const moved = page.flatMap(({ id, epci }) => {
      const siren = epci === null ? null : (sirens.of.get(epci) ?? null)
      const before = known.get(id)
      known.delete(id)
      return before !== undefined && isThere(before, siren, epci !== null) ? [] : [id]
    })
    found += await put(parts, moved)
    gone.push(...known.keys())
  }
  const beyond = await recordsBetween(store, base.id, last + 1, Number.MAX_SAFE_INTEGER)
  for (const id of beyond.keys()) gone.push(id)
  return found + (await put(parts, await believedGone(parts, gone)))
}

/** Whether a record is linked as it was when it was last looked at. */
function isThere({ epci, linked }: KnownRecord, siren: string | null, isLinked: boolean): boolean {
  if (siren !== null && siren !== epci) return false
  return linked === null || (linked === true) === isLinked
}

async function put(parts: SyncParts, ids: readonly RowId[]): Promise<number> {
  const distinct = new Set(ids)
  await enqueueRecords(parts, distinct)
  return distinct.size
}
