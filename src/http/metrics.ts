import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../store/database.ts'
import { listHeld } from '../store/brake.ts'
import { countInbox } from '../store/inbox.ts'
import type { LiveCounts } from '../engine/live-counts.ts'
import { workState } from '../engine/work-state.ts'
import type { WorkState } from '../engine/work-state.ts'
import { inboxMetrics, webhookMetrics } from './webhook-metrics.ts'
import type { WebhookMetrics } from './webhook-metrics.ts'
import { countDeliveries } from '../store/deliveries.ts'
import { failingReceivers } from '../store/receivers.ts'
import type { FailingReceiver } from '../store/receivers.ts'
import { countReports } from '../store/reports.ts'
import { countRuns, lastDoneRun } from '../store/runs.ts'
import type { Run } from '../store/runs.ts'
import { FEED } from './event-routes.ts'

/** What Prometheus reads. */
export type Metrics = {
  readonly contentType: string
  readonly webhooks: WebhookMetrics
  text(): Promise<string>
}

/** What this process did since its start: live work, and attempts to send webhooks. */
export type WorkCounts = {
  readonly live: LiveCounts
  readonly attempts: { readonly sent: number; readonly failed: number; readonly dead: number }
}

/** What this process alone knows; `listeners` of the live feed now; `cron`: PORTREA_CRON. */
export type OwnCounts = {
  readonly cron: string
  readonly counts: () => Promise<WorkCounts>
  readonly listeners: () => number
}

/** Measures the process and its answers; of the syncs, what the store knows, of every replica. */
export function createMetrics(app: FastifyInstance, store: Store, own: OwnCounts): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  timeAnswers(app, registry)
  const tellSyncs = syncMetrics(registry)
  const tellBrake = brakeMetric(registry)
  const tellInbox = inboxMetrics(registry)
  const tellState = stateMetrics(registry)
  const tellOutgoing = outgoingMetrics(registry, own.listeners)
  const tellReceivers = receiverMetrics(registry)
  return {
    contentType: registry.contentType,
    webhooks: webhookMetrics(registry),
    async text() {
      const [runs, last, held, reports, inbox, state, deliveries, receivers, { live, attempts }] =
        await Promise.all([
          countRuns(store),
          lastDoneRun(store),
          listHeld(store),
          countReports(store),
          countInbox(store),
          workState(store, own.cron, new Date()),
          countDeliveries(store),
          failingReceivers(store),
          own.counts(),
        ])
      tellSyncs(runs, last, reports)
      tellBrake(held.length)
      tellInbox(inbox, live)
      tellState(state)
      tellOutgoing(deliveries, attempts)
      tellReceivers(receivers)
      return registry.metrics()
    },
  }
}

/** What is at work and what comes next; an instant that is not known is NaN. */
function stateMetrics(registry: Registry) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `portrea_${name}`, help, registers: [registry] })
  const leased = gauge('inbox_leased', 'Rows and figures that a process works on now.')
  const running = gauge('sync_running', '1 while a run of the whole job is under way.')
  const instants = {
    whole: gauge('whole_read_timestamp_seconds', 'When every record was last read.'),
    reconciled: gauge('reconciled_timestamp_seconds', 'When what no webhook told was last looked for.'),
    nextNight: gauge('next_night_timestamp_seconds', 'When the next nightly run begins.'),
  }
  return (state: WorkState): void => {
    leased.set(state.leased)
    running.set(state.lastRun?.status === 'running' ? 1 : 0)
    for (const [key, one] of Object.entries(instants)) {
      const at = state[key as keyof typeof instants]
      one.set(at === null ? Number.NaN : at.getTime() / 1000)
    }
  }
}

function brakeMetric(registry: Registry) {
  const held = new Gauge({
    name: 'portrea_held',
    help: 'Bases to which nothing is written until a person accepts what the brake held, or they are mended.',
    registers: [registry],
  })
  return (bases: number): void => held.set(bases)
}

function timeAnswers(app: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'portrea_http_request_duration_seconds',
    help: 'Time to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    if (routeOptions.url === FEED) return // it ends when its reader has enough: that is no time to answer
    const labels = { method, route: routeOptions.url ?? 'unknown', status: reply.statusCode }
    duration.observe(labels, reply.elapsedTime / 1000)
  })
}

/** What is told to others: waiting and given up as the store knows, attempts and listeners of this process. */
function outgoingMetrics(registry: Registry, listeners: OwnCounts['listeners']) {
  const registers = [registry]
  const sent = new Counter({
    name: 'portrea_webhook_attempts_total',
    help: 'Attempts of this process to send a webhook, by result: sent, failed (tried again), dead (given up).',
    labelNames: ['result'],
    registers,
  })
  const waiting = new Gauge({
    name: 'portrea_webhooks',
    help: 'Webhooks that wait (pending) or were given up (dead), by subscription.',
    labelNames: ['subscription', 'status'],
    registers,
  })
  const listening = new Gauge({
    name: 'portrea_event_listeners',
    help: 'Listeners of the live feed of this process.',
    registers,
  })
  return (
    deliveries: Awaited<ReturnType<typeof countDeliveries>>,
    attempts: WorkCounts['attempts'],
  ): void => {
    sent.reset()
    for (const [result, count] of Object.entries(attempts)) sent.inc({ result }, count)
    waiting.reset()
    for (const { subscription, pending, dead } of deliveries) {
      waiting.set({ subscription, status: 'pending' }, pending)
      waiting.set({ subscription, status: 'dead' }, dead)
    }
    listening.set(listeners())
  }
}

/** The receivers that take nothing any more; those that do are left out. */
function receiverMetrics(registry: Registry) {
  const registers = [registry]
  const failing = new Gauge({
    name: 'portrea_webhook_receiver_failing_since_seconds',
    help: 'Since when every attempt to send to a subscription has failed.',
    labelNames: ['subscription'],
    registers,
  })
  const disabled = new Gauge({
    name: 'portrea_webhook_receiver_disabled',
    help: '1: nothing is sent to this subscription any more, until `portrea webhooks --retry`.',
    labelNames: ['subscription'],
    registers,
  })
  return (receivers: readonly FailingReceiver[]): void => {
    failing.reset()
    disabled.reset()
    for (const { subscription, since, disabledAt } of receivers) {
      failing.set({ subscription }, Date.parse(since) / 1000)
      disabled.set({ subscription }, disabledAt === null ? 0 : 1)
    }
  }
}

/** Of the last whole synchronisation; NaN until there is one. */
const LAST_SYNC: readonly { name: string; help: string; value: (run: Run) => number | undefined }[] = [
  {
    name: 'timestamp_seconds',
    help: 'When the last whole synchronisation ended.',
    value: ({ finishedAt }) => (finishedAt === null ? undefined : Date.parse(finishedAt) / 1000),
  },
  { name: 'duration_seconds', help: 'How long it took.', value: ({ counts }) => counts?.seconds },
  { name: 'actors_read', help: 'Actor records that it read.', value: ({ counts }) => counts?.actorsRead },
  { name: 'cells_written', help: 'Cells that it wrote.', value: ({ counts }) => counts?.cellsWritten },
  {
    name: 'records_differing',
    help: 'Records of which the store said something else than the base, though NocoDB tells no change of them (0 expected); NaN where it did not read them all.',
    value: ({ counts }) => counts?.differing,
  },
  { name: 'rows_refused', help: 'Rows that NocoDB refused it.', value: ({ counts }) => counts?.refused },
]

function syncMetrics(registry: Registry) {
  const registers = [registry]
  const syncs = new Counter({
    name: 'portrea_syncs_total',
    help: 'Synchronisations that ended, by how; dry runs aside.',
    labelNames: ['status'],
    registers,
  })
  const withReport = new Gauge({
    name: 'portrea_epcis_with_report',
    help: 'EPCI that have a report.',
    registers,
  })
  const gauges = LAST_SYNC.map(({ name, help, value }) => {
    const gauge = new Gauge({ name: `portrea_last_sync_${name}`, help, registers })
    return (last: Run | null) => gauge.set((last === null ? undefined : value(last)) ?? Number.NaN)
  })
  return (runs: Awaited<ReturnType<typeof countRuns>>, last: Run | null, reports: number): void => {
    syncs.reset()
    for (const status of ['done', 'held', 'failed', 'interrupted'] as const)
      syncs.inc({ status }, runs[status])
    withReport.set(reports)
    for (const tell of gauges) tell(last)
  }
}
