import type { Store } from './database.ts'
import type { DeliveryRow } from './tables.ts'

/** One event on its way to one subscription. `attempts` counts the one under way. */
export type Delivery = Readonly<Pick<DeliveryRow, 'id' | 'subscription' | 'type' | 'at' | 'attempts'>> & {
  readonly data: unknown
}

/** What waits and what was given up, of one subscription. */
export type DeliveryCounts = {
  readonly subscription: string
  readonly pending: number
  readonly dead: number
  /** Why the last one given up was. */
  readonly reason: string | null
}

/**
 * Takes at most `limit` deliveries that are due, for `leaseSeconds`: nobody else gets them meanwhile, in this process or
 * in another; one whose process dies is due again after it.
 */
export async function takeDue(
  store: Store,
  now: Date,
  { limit, leaseSeconds }: { readonly limit: number; readonly leaseSeconds: number },
): Promise<Delivery[]> {
  return store.db.transaction().execute(async (db) => {
    const due = db
      .selectFrom('deliveries')
      .select('id')
      .where('status', '=', 'pending')
      .where('nextTryAt', '<=', now.toISOString())
      .orderBy('nextTryAt')
      .orderBy('id')
      .limit(limit)
    // SQLite runs one writing transaction at a time: only PostgreSQL has rows to skip.
    const free = store.engine.name === 'postgresql' ? due.forUpdate().skipLocked() : due
    const ids = (await free.execute()).map(({ id }) => id)
    if (ids.length === 0) return []
    const rows = await db
      .updateTable('deliveries')
      .set((row) => ({
        attempts: row('attempts', '+', 1),
        nextTryAt: new Date(now.getTime() + leaseSeconds * 1000).toISOString(),
      }))
      .where('id', 'in', ids)
      .returning(['id', 'subscription', 'type', 'at', 'data', 'attempts'])
      .execute()
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }))
  })
}

/** A delivery arrived: nothing more is to be known of it. */
export async function delivered(store: Store, id: string): Promise<void> {
  await store.db.deleteFrom('deliveries').where('id', '=', id).execute()
}

/** A delivery failed: it is tried again at `again`, or given up where that is null. */
export async function failed(store: Store, id: string, reason: string, again: Date | null): Promise<void> {
  await store.db
    .updateTable('deliveries')
    .set(again === null ? { status: 'dead', reason } : { reason, nextTryAt: again.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** Those given up are due again, from their first attempt, and no receiver is disabled any more; answers how many. */
export async function reviveDead(store: Store, now: Date): Promise<{ messages: number; receivers: number }> {
  return store.db.transaction().execute(async (db) => {
    const receivers = await db
      .deleteFrom('receivers')
      .where('disabledAt', 'is not', null)
      .executeTakeFirstOrThrow()
    const messages = await db
      .updateTable('deliveries')
      .set({ status: 'pending', attempts: 0, nextTryAt: now.toISOString() })
      .where('status', '=', 'dead')
      .executeTakeFirstOrThrow()
    return { messages: Number(messages.numUpdatedRows), receivers: Number(receivers.numDeletedRows) }
  })
}

/**
 * The last message given up of a subscription is due once more, after which it is given up for good: whether its
 * receiver is still away is never said of an attempt of long ago. false: one waits already, or there is none.
 */
export async function tryLastDead(
  store: Store,
  subscription: string,
  { now, attempts }: { readonly now: Date; readonly attempts: number },
): Promise<boolean> {
  const its = store.db.selectFrom('deliveries').select('id').where('subscription', '=', subscription)
  const waiting = await its.where('status', '=', 'pending').limit(1).executeTakeFirst()
  const last = await its.where('status', '=', 'dead').orderBy('at', 'desc').limit(1).executeTakeFirst()
  if (waiting !== undefined || last === undefined) return false
  await store.db
    .updateTable('deliveries')
    .set({ status: 'pending', attempts, nextTryAt: now.toISOString() })
    .where('id', '=', last.id)
    .where('status', '=', 'dead')
    .execute()
  return true
}

/** Forgets those given up whose event is older than this. */
export async function forgetDead(store: Store, before: Date): Promise<void> {
  await store.db
    .deleteFrom('deliveries')
    .where('status', '=', 'dead')
    .where('at', '<', before.toISOString())
    .execute()
}

/** What waits and what was given up, by subscription; those with neither are left out. */
export async function countDeliveries(store: Store): Promise<DeliveryCounts[]> {
  const rows = await store.db
    .selectFrom('deliveries')
    .select(({ fn }) => ['subscription', 'status', fn.countAll<number>().as('count')])
    .groupBy(['subscription', 'status'])
    .orderBy('subscription')
    .execute()
  const reasons = await store.db
    .selectFrom('deliveries')
    .select(['subscription', 'reason'])
    .where('status', '=', 'dead')
    .orderBy('at')
    .execute()
  const last = new Map(reasons.map(({ subscription, reason }) => [subscription, reason]))
  return [...Map.groupBy(rows, ({ subscription }) => subscription)].map(([subscription, its]) => {
    const of = (status: DeliveryRow['status']) => Number(its.find((one) => one.status === status)?.count ?? 0)
    return {
      subscription,
      pending: of('pending'),
      dead: of('dead'),
      reason: last.get(subscription) ?? null,
    }
  })
}
