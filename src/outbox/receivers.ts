import type { Logger } from 'pino'
import { subscribersOf } from '../config/subscribers.ts'
import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { PortreaEvent } from '../domain/events.ts'
import type { Store } from '../store/database.ts'
import { tryLastDead } from '../store/deliveries.ts'
import { failingReceivers, forgetReceivers, markReceiver } from '../store/receivers.ts'
import type { FailingReceiver } from '../store/receivers.ts'

/** What watching the receivers needs; the caller owns it all. */
export type WatchContext = {
  readonly store: Store
  readonly settings: WebhookSettings
  readonly log: Logger
  readonly now: () => Date
}

const MINUTE = 60_000
const DAY = 86_400_000

/**
 * Tells of every receiver that takes nothing any more, once a series of failures, and disables one after some days: by
 * an attempt that failed after them, never by the clock alone.
 */
export async function watchReceivers(context: WatchContext): Promise<void> {
  const { store, settings } = context
  await forgetReceivers(
    store,
    settings.subscriptions.map(({ name }) => name),
  )
  for (const receiver of await failingReceivers(store)) await watchOne(context, receiver)
}

async function watchOne(context: WatchContext, receiver: FailingReceiver): Promise<void> {
  const { store, settings, now } = context
  const { failingMinutes, disableDays, retryAfterSeconds } = settings.delivery
  const { subscription, since, reason, notifiedAt, disabledAt, lastFailureAt } = receiver
  if (disabledAt !== null) return
  const began = Date.parse(since)
  const end = began + disableDays * DAY
  if (Date.parse(lastFailureAt) >= end) return disableReceiver(context, receiver)
  if (now().getTime() >= end)
    return void (await tryLastDead(store, subscription, { now: now(), attempts: retryAfterSeconds.length }))
  if (notifiedAt !== null || now().getTime() < began + failingMinutes * MINUTE) return
  const data = { subscription, since, reason, disabledOn: new Date(end).toISOString() }
  await mark(context, receiver, 'notifiedAt', { type: 'webhook.failing', key: null, data })
}

/** Sends it nothing any more, and tells the others. */
export async function disableReceiver(
  context: WatchContext,
  receiver: Pick<FailingReceiver, 'subscription' | 'since' | 'reason'>,
): Promise<void> {
  const { subscription, since, reason } = receiver
  const data = { subscription, since, reason }
  await mark(context, receiver, 'disabledAt', { type: 'webhook.disabled', key: null, data })
}

async function mark(
  { store, settings, log, now }: WatchContext,
  receiver: Pick<FailingReceiver, 'subscription' | 'since' | 'reason'>,
  what: 'notifiedAt' | 'disabledAt',
  event: PortreaEvent,
): Promise<void> {
  const { quietDays } = settings.events
  const publishing = { at: now(), quietDays, subscribers: subscribersOf(settings), event }
  if (!(await markReceiver(store, receiver, what, publishing))) return
  const { subscription, since, reason } = receiver
  log.error(
    { subscription, since, reason },
    what === 'notifiedAt' ? 'receiver of webhooks takes nothing any more' : 'receiver of webhooks disabled',
  )
}
