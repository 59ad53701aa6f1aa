import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { PortreaEvent } from '../domain/events.ts'
import type { Store } from './database.ts'
import type { DeliveryRow, EventRow, Tables } from './tables.ts'

/** How events are published: when, to whom, and how long the same key stays quiet. */
export type Publishing = {
  readonly at: Date
  /** An event whose key occurred in these last days is not delivered again; the live feed has it all the same. */
  readonly quietDays: number
  /** Names of the subscriptions that want an event. */
  readonly subscribers: (event: PortreaEvent) => readonly string[]
}

/** Events, and how they are published: in the transaction of what made them happen. */
export type EventsToPublish = Publishing & { readonly events: readonly PortreaEvent[] }

/** An event as it was stored; ids rise by one, and one is never seen before those under it. */
export type StoredEvent = {
  readonly id: number
  readonly at: string
  readonly type: EventRow['type']
  readonly data: unknown
}

const DAY = 86_400_000

/**
 * Stores events and, for each subscription that wants them, a delivery, inside the caller’s transaction: sent if and
 * only if what they say was kept. The counter's row is held until the end of the transaction: on PostgreSQL, ids
 * become visible in their order.
 */
export async function publish(
  db: Kysely<Tables>,
  { at, events, quietDays, subscribers }: EventsToPublish,
): Promise<void> {
  if (events.length === 0) return
  const known = await keysSince(db, events, new Date(at.getTime() - quietDays * DAY).toISOString())
  const { value: last } = await db
    .updateTable('eventCounter')
    .set((row) => ({ value: row('value', '+', events.length) }))
    .where('name', '=', 'events')
    .returning('value')
    .executeTakeFirstOrThrow()
  const first = last - events.length + 1
  for (const [index, event] of events.entries()) {
    const { type, key } = event
    const data = JSON.stringify(event.data)
    const row = { id: first + index, at: at.toISOString(), type, key, data }
    await db.insertInto('events').values(row).execute()
    if (key !== null && known.has(key)) continue
    for (const subscription of subscribers(event))
      await db.insertInto('deliveries').values(newDelivery(row, subscription)).execute()
  }
}

function newDelivery({ type, at, data }: EventRow, subscription: string): DeliveryRow {
  const id = `msg_${randomUUID()}`
  return { id, subscription, type, at, data, status: 'pending', attempts: 0, nextTryAt: at, reason: null }
}

async function keysSince(
  db: Kysely<Tables>,
  events: readonly PortreaEvent[],
  since: string,
): Promise<ReadonlySet<string>> {
  const keys = events.flatMap(({ key }) => (key === null ? [] : [key]))
  if (keys.length === 0) return new Set()
  const rows = await db
    .selectFrom('events')
    .select('key')
    .where('key', 'in', keys)
    .where('at', '>', since)
    .execute()
  return new Set(rows.flatMap(({ key }) => (key === null ? [] : [key])))
}

/** The events after this id, at most `limit`, in order. */
export async function eventsAfter(store: Store, id: number, limit: number): Promise<StoredEvent[]> {
  const rows = await store.db
    .selectFrom('events')
    .select(['id', 'at', 'type', 'data'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }))
}

/** The ids between which events can be read again: `oldest` is the first still kept, `last + 1` where none is. */
export async function eventBounds(store: Store): Promise<{ oldest: number; last: number }> {
  const { value: last } = await store.db
    .selectFrom('eventCounter')
    .select('value')
    .where('name', '=', 'events')
    .executeTakeFirstOrThrow()
  const { oldest } = await store.db
    .selectFrom('events')
    .select(({ fn }) => fn.min<number | null>('id').as('oldest'))
    .executeTakeFirstOrThrow()
  return { oldest: oldest ?? last + 1, last }
}

/** Forgets the events older than this. */
export async function forgetEvents(store: Store, before: Date): Promise<void> {
  await store.db.deleteFrom('events').where('at', '<', before.toISOString()).execute()
}
