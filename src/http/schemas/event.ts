import { z } from 'zod'
import { EVENTS } from '../../domain/events.ts'
import type { PortreaEvent } from '../../domain/events.ts'
import { instant } from '../../domain/schemas/figures.ts'

const Gap = z.strictObject({
  after: z.int(),
  oldest: z.int().describe('the first event that is still there'),
})

type Told<Event extends { readonly type: string; readonly data: unknown }> = Event extends unknown
  ? Pick<Event, 'type' | 'data'> & { readonly timestamp: string }
  : never
/** An event as the feed tells it; or that some are there no more. */
export type FeedEvent = Told<PortreaEvent | { readonly type: 'feed.gap'; readonly data: z.infer<typeof Gap> }>

const EVENT_SCHEMAS = [
  ...Object.entries(EVENTS).map(([type, { payload }]) => event(type, payload)),
  event('feed.gap', Gap),
]

/** What a `data` line of the feed holds, and, for the types that may be subscribed to, the body of a webhook. */
export const FeedEvent = z
  .discriminatedUnion('type', EVENT_SCHEMAS as unknown as [ReturnType<typeof event>])
  .meta({ id: 'Event', description: 'What happened.' }) as unknown as z.ZodType<FeedEvent>

function event(type: string, data: z.ZodType) {
  return z.strictObject({
    type: z.literal(type),
    timestamp: instant.describe('when it happened'),
    data,
  })
}
