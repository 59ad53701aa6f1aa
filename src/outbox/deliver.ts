import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Target } from '../config/webhook-targets.ts'
import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { Store } from '../store/database.ts'
import { delivered, failed, takeDue } from '../store/deliveries.ts'
import type { Delivery } from '../store/deliveries.ts'
import { failingReceivers, receiverAnswered, receiverFailed } from '../store/receivers.ts'
import type { Resolve } from './address.ts'
import { messageOf } from './message.ts'
import { post } from './post.ts'
import type { Message, Posted } from './post.ts'
import { disableReceiver, watchReceivers } from './receivers.ts'
import { nextTry } from './retry-schedule.ts'

/** What the deliveries need; the caller owns it all. */
export type DeliveryContext = {
  readonly store: Store
  readonly targets: readonly Target[]
  readonly settings: WebhookSettings
  readonly log: Logger
  readonly now: () => Date
  readonly resolve?: Resolve
}

/** How many attempts went well, failed and will be repeated, or were given up, since the start of this process. */
export type AttemptCounts = { readonly sent: number; readonly failed: number; readonly dead: number }

/** Deliveries at work; `stop` takes nothing more and waits for those under way. */
export type Deliveries = { counts(): AttemptCounts; stop(): Promise<void> }

/** Taken at a time, and sent side by side: one slow receiver does not hold up the others for long. */
const TOGETHER = 10
/** Far longer than an attempt may take, clocks of replicas apart included. */
const LEASE_SECONDS = 300
/** How often the store is asked for what is due. */
const POLL_MS = 1000
/** How often the receivers that take nothing are looked at. */
const WATCH_MS = 60_000
/** After the store did not answer. */
const TROUBLE_MS = 10_000

/** Sends what is due, again and again, until it is stopped. Several may run on one store: none is sent twice. */
export function startDeliveries(context: DeliveryContext): Deliveries {
  const total = { sent: 0, failed: 0, dead: 0 }
  const ending = new AbortController()
  const loop = (async () => {
    let watched = 0
    while (!ending.signal.aborted) {
      const pause = await round(context, total)
      if (Date.now() - watched >= WATCH_MS) {
        await watch(context)
        watched = Date.now()
      }
      if (pause > 0) await wait(pause, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    counts: () => ({ ...total }),
    async stop() {
      ending.abort()
      await loop
    },
  }
}

/** One round; answers how long to wait before the next (ms). */
async function round(
  context: DeliveryContext,
  total: { -readonly [Key in keyof AttemptCounts]: number },
): Promise<number> {
  try {
    const { sent, failed, dead } = await deliverDue(context)
    total.sent += sent
    total.failed += failed
    total.dead += dead
    return sent + failed + dead < TOGETHER ? POLL_MS : 0
  } catch (cause) {
    context.log.error({ err: cause }, 'deliveries of webhooks are held up: the store does not answer')
    return TROUBLE_MS
  }
}

async function watch(context: DeliveryContext): Promise<void> {
  try {
    await watchReceivers(context)
  } catch (cause) {
    context.log.error({ err: cause }, 'the receivers of webhooks cannot be watched')
  }
}

/** Takes what is due now, ten at most, sends it side by side, and records what became of each. */
export async function deliverDue(context: DeliveryContext): Promise<AttemptCounts> {
  const due = await takeDue(context.store, context.now(), { limit: TOGETHER, leaseSeconds: LEASE_SECONDS })
  const disabled = due.length === 0 ? new Set<string>() : await disabledReceivers(context)
  const outcomes = await Promise.all(
    due.map((delivery) =>
      disabled.has(delivery.subscription)
        ? settle(context, delivery, lost('disabled'))
        : attempt(context, delivery),
    ),
  )
  const of = (kind: keyof AttemptCounts) => outcomes.filter((outcome) => outcome === kind).length
  return { sent: of('sent'), failed: of('failed'), dead: of('dead') }
}

async function disabledReceivers({ store }: DeliveryContext): Promise<ReadonlySet<string>> {
  const failing = await failingReceivers(store)
  return new Set(failing.filter((one) => one.disabledAt !== null).map(({ subscription }) => subscription))
}

async function attempt(context: DeliveryContext, delivery: Delivery): Promise<keyof AttemptCounts> {
  const { store, targets, now } = context
  const { subscription } = delivery
  const target = targets.find(({ name }) => name === subscription)
  if (target === undefined) return settle(context, delivery, lost('subscription removed'))
  const message = written(context, delivery, target)
  if (message === null) return settle(context, delivery, lost('cannot be written'))
  const result = await post(message, context.resolve)
  if (result.sent) await receiverAnswered(store, subscription)
  else await receiverFailed(store, { subscription, at: now(), reason: result.reason })
  const outcome = await settle(context, delivery, result)
  if (!result.sent && result.final) await disableGone(context, subscription)
  return outcome
}

/** Records what became of one delivery. */
async function settle(
  { store, settings, log, now }: DeliveryContext,
  { id, subscription, type, attempts }: Delivery,
  result: Posted,
): Promise<keyof AttemptCounts> {
  const facts = { delivery: id, subscription, type, attempts }
  if (result.sent) {
    await delivered(store, id)
    log.info(facts, 'webhook sent')
    return 'sent'
  }
  const chance = Math.random()
  const again = result.final
    ? null
    : nextTry(attempts, result.retryAfterSeconds, settings, { now: now(), chance })
  await failed(store, id, result.reason, again)
  log.warn(
    { ...facts, reason: result.reason, again },
    again === null ? 'webhook given up' : 'webhook not sent',
  )
  return again === null ? 'dead' : 'failed'
}

/** A receiver that answers « gone » asks for nothing more: standardwebhooks.com disables it at once. */
async function disableGone(context: DeliveryContext, subscription: string): Promise<void> {
  const failing = await failingReceivers(context.store)
  const receiver = failing.find((one) => one.subscription === subscription)
  if (receiver !== undefined) await disableReceiver(context, receiver)
}

/** null: it cannot be written, and would always be due; it is given up, and the log says why. */
function written(context: DeliveryContext, delivery: Delivery, target: Target): Message | null {
  try {
    return messageOf(delivery, target, context.settings, context.now())
  } catch (cause) {
    context.log.error({ delivery: delivery.id, err: cause }, 'webhook cannot be written')
    return null
  }
}

function lost(reason: string): Posted {
  return { sent: false, reason, retryAfterSeconds: null, final: true }
}
