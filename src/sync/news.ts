import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { PortreaEvent } from '../domain/events.ts'
import type { Announcing, News } from '../store/events.ts'
import type { SyncParts } from './parts.ts'

/** How what happens now is told. */
export function announcing({ webhooks, now }: Pick<SyncParts, 'webhooks' | 'now'>): Announcing {
  const { events, subscriptions } = webhooks
  return {
    at: now(),
    quietDays: events.quietDays,
    subscribers: (event) => subscriptions.filter((one) => wants(one, event)).map(({ name }) => name),
  }
}

/** The same, of these events. */
export function newsOf(parts: Pick<SyncParts, 'webhooks' | 'now'>, ...events: readonly PortreaEvent[]): News {
  return { ...announcing(parts), events }
}

/** Whether a subscription wants an event; what is of no single EPCI concerns those limited to some as well. */
function wants(
  { events, epcis }: WebhookSettings['subscriptions'][number],
  { type, data }: PortreaEvent,
): boolean {
  if (!(events as readonly string[]).includes(type)) return false
  return epcis === undefined || !('siren' in data) || epcis.includes(data.siren)
}
