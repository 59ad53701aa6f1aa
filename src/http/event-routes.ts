import { Readable } from 'node:stream'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { MOST_LISTENERS } from './event-feed.ts'
import type { EventFeed } from './event-feed.ts'
import { BEARER } from './openapi.ts'
import { FeedEvent } from './schemas/event.ts'
import { problems } from './schemas/problem.ts'
import type { App } from './zod-routes.ts'

/** Where the live feed is. */
export const FEED = '/api/events'

const headers = z.object({
  'last-event-id': z.coerce
    .number({ error: 'the id of an event, as this feed gave it' })
    .int()
    .min(0)
    .optional()
    .describe('the last event seen: the feed goes on after it'),
})

/** GET /api/events: what happens, as it happens. */
export function eventRoutes(app: App, feed: EventFeed): void {
  app.get(
    FEED,
    {
      exposeHeadRoute: false, // an endless answer of which nobody would read the end
      schema: {
        tags: ['events'],
        security: BEARER,
        summary: 'What happens, as it happens (server-sent events)',
        description:
          'Progress of a synchronisation, pre-fill progress, changed recommendations, whichever replica they come from. ' +
          'Each `data` line is one of these objects. A listener that comes back with `Last-Event-ID` misses nothing of the ' +
          'last days; where it was away longer, `feed.gap` tells it to fetch the state again. A comment every 15 seconds keeps the line open.',
        headers,
        response: {
          200: { description: 'Frames', content: { 'text/event-stream': { schema: FeedEvent } } },
          ...problems(400, 401, 429),
        },
      },
    },
    async (request, reply) => {
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const frames = feed.listen(request.headers['last-event-id'] ?? null, gone.signal)
      if (frames === null) {
        reply.header('retry-after', 60)
        throw new PortreaError('FEED_FULL', `${MOST_LISTENERS} abonnés écoutent déjà : réessayez plus tard.`)
      }
      reply.type('text/event-stream').header('x-accel-buffering', 'no') // nginx would keep frames back
      const stream = Readable.from(frames, { objectMode: false, highWaterMark: 16_384 })
      return stream as unknown as FeedEvent // a stream of them, which the schema of an answer cannot say
    },
  )
}
