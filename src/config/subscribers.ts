import type { PortreaEvent } from '../domain/events.ts'
import type { Subscription, WebhookSettings } from './webhooks-file.ts'

/** The names of the subscriptions that want an event. */
export function subscribersOf({ subscriptions }: Pick<WebhookSettings, 'subscriptions'>) {
  return (event: PortreaEvent): string[] =>
    subscriptions.filter((one) => wants(one, event)).map(({ name }) => name)
}

/**
 * Whether a subscription wants an event: what is of no single EPCI concerns those limited to some as well; that its own
 * receiver takes nothing would not reach it.
 */
function wants({ name, events, epcis }: Subscription, { type, data }: PortreaEvent): boolean {
  if (!(events as readonly string[]).includes(type)) return false
  if ('subscription' in data) return data.subscription !== name
  return epcis === undefined || !('siren' in data) || epcis.includes(data.siren)
}
