import { Webhook } from 'standardwebhooks'
import type { Target } from '../config/webhook-targets.ts'
import type { WebhookSettings } from '../config/webhooks-file.ts'
import type { PortreaEvent, WebhookType } from '../domain/events.ts'
import type { Delivery } from '../store/deliveries.ts'
import type { Message } from './post.ts'
import { sentence, testSentence } from './sentence.ts'

type Settings = Pick<WebhookSettings, 'messages' | 'delivery'>
type SubscribedEvent = Extract<PortreaEvent, { type: WebhookType }>

/**
 * A delivery as its subscription wants it: JSON `{ type, timestamp, data }`, or the `{ text }` of Mattermost and Slack;
 * signed by every secret (standardwebhooks.com). The id is the same at each attempt: receivers know a repetition by it.
 */
export function messageOf(
  delivery: Pick<Delivery, 'id' | 'type' | 'at' | 'data'>,
  target: Target,
  settings: Settings,
  now: Date,
): Message {
  return signed(delivery.id, bodyOf(delivery, target, settings), target, settings, now)
}

/** What a subscription is tried with: `{ type: 'test' }`, or a sentence; signed as all others are. */
export function testMessageOf(target: Target, settings: Settings, now: Date): Message {
  const text = testSentence(target.name, settings)
  const event = { type: 'test', timestamp: now.toISOString(), data: { message: text } }
  const body = JSON.stringify(target.format === 'standard' ? event : { text })
  return signed(`msg_test_${now.getTime()}`, body, target, settings, now)
}

function signed(id: string, body: string, target: Target, { delivery }: Settings, now: Date): Message {
  const signatures = target.secrets.map((secret) => new Webhook(secret).sign(id, now, body))
  return {
    url: target.address,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Portrea',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
    },
    body,
    allowPrivate: target.allowPrivate,
    timeoutSeconds: delivery.timeoutSeconds,
  }
}

function bodyOf(
  { type, at, data }: Pick<Delivery, 'type' | 'at' | 'data'>,
  { format }: Target,
  settings: Settings,
): string {
  switch (format) {
    case 'standard':
      return JSON.stringify({ type, timestamp: at, data })
    case 'mattermost':
    case 'slack':
      return JSON.stringify({ text: sentence({ type, key: null, data } as SubscribedEvent, settings) })
  }
}
