import { subscribersOf } from '../config/subscribers.ts'
import type { PortreaEvent } from '../domain/events.ts'
import type { Announcing, News } from '../store/events.ts'
import type { SyncParts } from './parts.ts'

/** How what happens now is told. */
export function announcing({ webhooks, now }: Pick<SyncParts, 'webhooks' | 'now'>): Announcing {
  return { at: now(), quietDays: webhooks.events.quietDays, subscribers: subscribersOf(webhooks) }
}

/** The same, of these events. */
export function newsOf(parts: Pick<SyncParts, 'webhooks' | 'now'>, ...events: readonly PortreaEvent[]): News {
  return { ...announcing(parts), events }
}
