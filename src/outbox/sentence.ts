import type { WebhookSettings } from '../config/webhooks-file.ts'
import { valuesOf } from '../domain/events.ts'
import type { PortreaEvent, WebhookType } from '../domain/events.ts'
import type { Value } from '../domain/events/event-kind.ts'
import { typeset } from '../domain/typography.ts'
import { plainText } from './plain-text.ts'

type SubscribedEvent = Extract<PortreaEvent, { type: WebhookType }>

/** An event as a French sentence, by its template of config/webhooks.yaml. */
export function sentence(
  { type, data }: SubscribedEvent,
  { messages }: Pick<WebhookSettings, 'messages'>,
): string {
  const values = Object.entries(valuesOf(type)).map(
    ([name, value]) => [name, harmless(value(data as never))] as const,
  )
  return filled(messages[type], new Map(values))
}

/** What a subscription is tried with. */
export function testSentence(name: string, { messages }: Pick<WebhookSettings, 'messages'>): string {
  return filled(messages.test, new Map([['name', name]]))
}

function filled(template: string, values: ReadonlyMap<string, string>): string {
  return typeset(template).replaceAll(/\{(\w+)\}/gu, (_, name: string) => values.get(name) ?? '')
}

/** What people wrote mentions nobody in a channel, links nowhere and formats nothing. */
function harmless(value: Value): string {
  if (typeof value === 'string') return value
  if ('text' in value) return plainText(value.text, value.as)
  return value.map(harmless).join(' ')
}
