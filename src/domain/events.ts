import type { EpciReport } from './epci-report.ts'
import type { EventKind, Thresholds } from './events/event-kind.ts'
import { PREFILL_EVENTS } from './events/prefill-events.ts'
import { RECEIVER_EVENTS } from './events/receiver-events.ts'
import { RECOMMENDATION_EVENTS } from './events/recommendation-events.ts'
import { RUN_EVENTS } from './events/run-events.ts'

/**
 * Every event, with its payload, what its message may say, and when it happens between two reports. What others may
 * subscribe to, what config/webhooks.yaml may hold, the sentences and the OpenAPI document all follow from here.
 */
export const EVENTS = { ...PREFILL_EVENTS, ...RECOMMENDATION_EVENTS, ...RUN_EVENTS, ...RECEIVER_EVENTS }

export type EventType = keyof typeof EVENTS
/** What others may subscribe to by a webhook. */
export type WebhookType = {
  [Type in EventType]: (typeof EVENTS)[Type]['values'] extends null ? never : Type
}[EventType]

type Data<Type extends EventType> = (typeof EVENTS)[Type] extends {
  readonly payload: { readonly _output: infer Payload }
}
  ? Payload
  : never

/** What happened, with what is to be known of it and no personal data. Those that are no webhook are for the live feed. */
export type PortreaEvent = {
  readonly [Type in EventType]: {
    readonly type: Type
    /** Subscriptions are told of a key at most once in a while; null: each time. The live feed has everything. */
    readonly key: string | null
    readonly data: Data<Type>
  }
}[EventType]

const KINDS = Object.entries(EVENTS) as unknown as readonly (readonly [EventType, EventKind<unknown>])[]

/** The types that others may subscribe to. */
export const WEBHOOK_TYPES = KINDS.flatMap(([type, { values }]) =>
  values === null ? [] : [type as WebhookType],
) as [WebhookType, ...WebhookType[]]

/** What changed of one EPCI between two reports; nothing at first sight: there is nothing to compare with. */
export function reportEvents(
  before: EpciReport | null,
  after: EpciReport,
  settings: Thresholds,
): PortreaEvent[] {
  if (before === null) return []
  return KINDS.flatMap(([type, { between }]) =>
    (between?.(before, after, settings) ?? []).map((news) => ({ type, ...news }) as PortreaEvent),
  )
}

/** What a message of that type may say of `data`, by what stands between its braces. */
export function valuesOf(type: WebhookType): NonNullable<EventKind<never>['values']> {
  return EVENTS[type].values
}
