import { Counter, Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { InboxCount } from '../store/inbox.ts'
import type { LiveCounts } from '../engine/live-counts.ts'

/** Counts what NocoDB tells this process. */
export type WebhookMetrics = {
  /** @param rows how many rows one call told of */
  received(event: string, rows: number): void
  refused(reason: 'unauthorized' | 'malformed' | 'too_large' | 'store' | 'fault'): void
}

export function webhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry]
  const calls = new Counter({
    name: 'portrea_webhooks_received_total',
    help: 'Webhooks kept, by event.',
    labelNames: ['event'],
    registers,
  })
  const rows = new Counter({
    name: 'portrea_webhook_rows_total',
    help: 'Rows that the webhooks kept told of.',
    registers,
  })
  const refusals = new Counter({
    name: 'portrea_webhooks_refused_total',
    help: 'Webhooks refused, by reason.',
    labelNames: ['reason'],
    registers,
  })
  return {
    received(event, count) {
      calls.inc({ event })
      rows.inc(count)
    },
    refused: (reason) => refusals.inc({ reason }),
  }
}

/** What waits in the inbox, of every replica, and what this process did of it. */
export function inboxMetrics(registry: Registry): (inbox: InboxCount, live: LiveCounts) => void {
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name: `portrea_inbox_${name}`, help, registers })
  const waiting = gauge('waiting', 'Rows and figures that wait to be processed.')
  const failed = gauge('dead', 'Rows and figures given up: see `portrea doctor`, then `portrea retry`.')
  const lag = gauge('lag_seconds', 'How long the oldest has been waiting.')
  const processed = new Counter({
    name: 'portrea_inbox_processed_total',
    help: 'Rows and figures processed by this process, by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  return (inbox, live) => {
    waiting.set(inbox.waiting)
    failed.set(inbox.failed)
    lag.set(inbox.oldest === null ? 0 : Math.max(0, (Date.now() - Date.parse(inbox.oldest)) / 1000))
    processed.reset()
    processed.inc({ outcome: 'done' }, live.done)
    processed.inc({ outcome: 'postponed' }, live.postponed)
    processed.inc({ outcome: 'dead' }, live.failed)
  }
}
