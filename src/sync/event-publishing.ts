import { subscribersOf } from '../config/subscribers.ts'
import type { PortreaEvent } from '../domain/events.ts'
import type { Publishing, EventsToPublish } from '../store/events.ts'
import type { SyncParts } from './parts.ts'

/** How what happens now is published. */
export function publishing({ webhooks, now }: Pick<SyncParts, 'webhooks' | 'now'>): Publishing {
  return { at: now(), quietDays: webhooks.events.quietDays, subscribers: subscribersOf(webhooks) }
}

/** The same, of these events. */
export function eventsToPublish(
  parts: Pick<SyncParts, 'webhooks' | 'now'>,
  ...events: readonly PortreaEvent[]
): EventsToPublish {
  return { ...publishing(parts), events }
}
