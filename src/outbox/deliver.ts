import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Target } from '../config/webhook-targets.ts'
import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { Store } from '../store/database.ts'
import { delivered, failed, takeDue } from '../store/deliveries.ts'
import type { Delivery } from '../store/deliveries.ts'
import type { Resolve } from './address.ts'
import { messageOf } from './message.ts'
import { post } from './post.ts'
import type { Message, Posted } from './post.ts'

/** What the deliveries need; the caller owns it all. */
export type DeliveryParts = {
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
/** After the store did not answer. */
const TROUBLE_MS = 10_000

/** Sends what is due, again and again, until it is stopped. Several may run on one store: none is sent twice. */
export function startDeliveries(parts: DeliveryParts): Deliveries {
  const total = { sent: 0, failed: 0, dead: 0 }
  const ending = new AbortController()
  const loop = (async () => {
    while (!ending.signal.aborted) {
      const pause = await round(parts, total)
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
  parts: DeliveryParts,
  total: { -readonly [Key in keyof AttemptCounts]: number },
): Promise<number> {
  try {
    const { sent, failed, dead } = await deliverDue(parts)
    total.sent += sent
    total.failed += failed
    total.dead += dead
    return sent + failed + dead < TOGETHER ? POLL_MS : 0
  } catch (cause) {
    parts.log.error({ err: cause }, 'deliveries of webhooks are held up: the store does not answer')
    return TROUBLE_MS
  }
}

/** Takes what is due now, ten at most, sends it side by side, and records what became of each. */
export async function deliverDue(parts: DeliveryParts): Promise<AttemptCounts> {
  const due = await takeDue(parts.store, parts.now(), { limit: TOGETHER, leaseSeconds: LEASE_SECONDS })
  const outcomes = await Promise.all(due.map((delivery) => attempt(parts, delivery)))
  const of = (kind: keyof AttemptCounts) => outcomes.filter((outcome) => outcome === kind).length
  return { sent: of('sent'), failed: of('failed'), dead: of('dead') }
}

async function attempt(parts: DeliveryParts, delivery: Delivery): Promise<keyof AttemptCounts> {
  const { store, targets, settings, log, now } = parts
  const { id, subscription, type, attempts } = delivery
  const target = targets.find(({ name }) => name === subscription)
  const result = target === undefined ? lost('subscription removed') : await send(parts, delivery, target)
  const facts = { delivery: id, subscription, type, attempts }
  if (result.sent) {
    await delivered(store, id)
    log.info(facts, 'webhook sent')
    return 'sent'
  }
  const again = result.final ? null : nextTry(attempts, result.retryAfterSeconds, settings, now())
  await failed(store, id, result.reason, again)
  log.warn(
    { ...facts, reason: result.reason, again },
    again === null ? 'webhook given up' : 'webhook not sent',
  )
  return again === null ? 'dead' : 'failed'
}

/** A message that cannot be written would be due for ever: it is given up at once, and the log says why. */
async function send(parts: DeliveryParts, delivery: Delivery, target: Target): Promise<Posted> {
  let message: Message
  try {
    message = messageOf(delivery, target, parts.settings, parts.now())
  } catch (cause) {
    parts.log.error({ delivery: delivery.id, err: cause }, 'webhook cannot be written')
    return lost('cannot be written')
  }
  return post(message, parts.resolve)
}

function lost(reason: string): Posted {
  return { sent: false, reason, retryAfterSeconds: null, final: true }
}

/** When to try again after so many attempts, a little later each by chance, lest all come at once; null: given up. */
function nextTry(
  attempts: number,
  retryAfterSeconds: number | null,
  { delivery }: WebhookSettings,
  now: Date,
): Date | null {
  const seconds = delivery.retryAfterSeconds[attempts - 1]
  if (seconds === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_ASKED)
  return new Date(now.getTime() + Math.max(seconds, asked) * (1 + Math.random() / 10) * 1000)
}

/** A receiver may ask for patience, not for ever. */
const LONGEST_ASKED = 6 * 3600
