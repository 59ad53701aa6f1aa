import { subscribersOf } from '../config/subscribers.ts'
import { parisDay } from '../domain/days.ts'
import type { PortreaEvent } from '../domain/events.ts'
import type { Publishing, EventsToPublish } from '../store/events.ts'
import type { SyncContext } from './sync-context.ts'
import type { SyncOptions, SyncResult } from './run-sync.ts'

/** How what happens now is published. */
export function publishing({ webhooks, now }: Pick<SyncContext, 'webhooks' | 'now'>): Publishing {
  return { at: now(), quietDays: webhooks.events.quietDays, subscribers: subscribersOf(webhooks) }
}

/** The same, of these events. */
export function eventsToPublish(
  parts: Pick<SyncContext, 'webhooks' | 'now'>,
  ...events: readonly PortreaEvent[]
): EventsToPublish {
  return { ...publishing(parts), events }
}

/** What is published of a run; nothing of a dry one. */
export function eventUnlessDry(
  parts: Pick<SyncContext, 'webhooks' | 'now'>,
  { dryRun }: Pick<SyncOptions, 'dryRun'>,
  event: PortreaEvent,
): EventsToPublish | undefined {
  return dryRun ? undefined : eventsToPublish(parts, event)
}

/** How a run ended. What holds it is published once a day: it is tried again each night. */
export function endEvent(
  { now }: Pick<SyncContext, 'now'>,
  run: ReturnType<typeof runData>,
  { counts, held }: Pick<SyncResult, 'counts' | 'held'>,
): PortreaEvent {
  if (held === null) return { type: 'sync.completed', key: null, data: { ...run, counts } }
  const { reasons } = held
  const key = `sync.held ${reasons.map(({ code }) => code).join(' ')} ${parisDay(now())}`
  return { type: 'sync.held', key, data: { ...run, reasons } }
}

/** What every event of a run says of it. */
export function runData(id: string, { trigger, epcis }: Pick<SyncOptions, 'trigger' | 'epcis'>) {
  return { run: id, trigger, epcis }
}
