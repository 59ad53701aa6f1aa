import type { PortreaEvent } from '../domain/events.ts'
import type { Store } from './database.ts'
import { publish } from './events.ts'
import type { Publishing } from './events.ts'
import type { ReceiverRow } from './tables.ts'

/** A subscription of which every attempt has failed since `since`. */
export type FailingReceiver = Readonly<ReceiverRow>

/** Every receiver that takes nothing now, by the name of its subscription. */
export async function failingReceivers(store: Store): Promise<FailingReceiver[]> {
  return store.db.selectFrom('receivers').selectAll().orderBy('subscription').execute()
}

/** An attempt failed: the first of a series begins it. */
export async function receiverFailed(
  store: Store,
  { subscription, at, reason }: { readonly subscription: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  const moment = at.toISOString()
  await store.db
    .insertInto('receivers')
    .values({
      subscription,
      since: moment,
      lastFailureAt: moment,
      reason,
      notifiedAt: null,
      disabledAt: null,
    })
    .onConflict((conflict) => conflict.column('subscription').doUpdateSet({ lastFailureAt: moment, reason }))
    .execute()
}

/** An attempt arrived: nothing is to be said of this receiver any more. */
export async function receiverAnswered(store: Store, subscription: string): Promise<void> {
  await store.db.deleteFrom('receivers').where('subscription', '=', subscription).execute()
}

/** Marks a series of failures, told or disabled, and announces it: once, whichever replica is the first to see it. */
export async function markReceiver(
  store: Store,
  { subscription, since }: Pick<FailingReceiver, 'subscription' | 'since'>,
  mark: 'notifiedAt' | 'disabledAt',
  { event, ...publishing }: Publishing & { readonly event: PortreaEvent },
): Promise<boolean> {
  return store.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('receivers')
      .set({ [mark]: publishing.at.toISOString() })
      .where('subscription', '=', subscription)
      .where('since', '=', since)
      .where(mark, 'is', null)
      .executeTakeFirstOrThrow()
    if (Number(numUpdatedRows) === 0) return false
    await publish(db, { ...publishing, events: [event] })
    return true
  })
}

/** Receivers whose subscription is no longer in the file say nothing of anybody. */
export async function forgetReceivers(store: Store, subscriptions: readonly string[]): Promise<void> {
  const rows = store.db.deleteFrom('receivers')
  await (subscriptions.length === 0 ? rows : rows.where('subscription', 'not in', subscriptions)).execute()
}
