import { readsComputed } from '../nocodb/actor-fields.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import type { Store } from '../store/database.ts'
import { storeDigest } from '../store/digest-key.ts'
import { readWatermark, saveWatermark } from '../store/watermarks.ts'
import { assessedBy } from './assess-records.ts'
import type { SyncContext } from './sync-context.ts'

/** When every record of a base was last read, and by which rules. */
const WATERMARK = 'whole'
const DAY_MS = 86_400_000

/**
 * Whether every record is to be read: none was, or not by these rules, columns and program; or it was as many days ago as
 * config says, and what the store says is to be held against the base again; or what no row's instant tells may have changed.
 */
export async function wholeDue(parts: SyncContext): Promise<boolean> {
  const { base, columns, store, now } = parts
  if (actorTables(base, columns).tables.some(({ names, table }) => readsComputed(names, table))) return true
  const last = await lastReading(store, base.id)
  if (last === null) return true
  const age = now().getTime() - last.at.getTime()
  const limit = base.settings.wholeEveryDays * DAY_MS - DAY_MS / 2 // nights are not a day apart to the second
  return last.by !== (await assessedNow(parts)) || !(age >= 0 && age < limit)
}

/** Whether every record was read by these rules, columns and program: before, no figure of an EPCI can be made of what is known. */
export async function allKnown(parts: Assessing): Promise<boolean> {
  const last = await lastReading(parts.store, parts.base.id)
  return last?.by === (await assessedNow(parts))
}

/** When all records of this base were last read, by whatever rules; null: never. */
export async function readWhole(store: Store, base: string): Promise<Date | null> {
  return (await lastReading(store, base))?.at ?? null
}

/** A run that wrote has read them all. */
export async function keepWhole(parts: SyncContext, at: Date): Promise<void> {
  const value = `${at.toISOString()} ${await assessedNow(parts)}`
  await saveWatermark(parts.store, parts.base.id, WATERMARK, value)
}

/** When all of them were last read, and by which rules, columns and program. */
async function lastReading(store: Store, base: string) {
  const last = await readWatermark(store, base, WATERMARK)
  if (last === null) return null
  const [at = '', by] = last.split(' ')
  return { at: new Date(at), by }
}

type Assessing = Pick<SyncContext, 'base' | 'columns' | 'rules' | 'store'>

async function assessedNow(parts: Assessing): Promise<string> {
  return assessedBy(parts, await storeDigest(parts.store, parts.base.http.keyed))
}
