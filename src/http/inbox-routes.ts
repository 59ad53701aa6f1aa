import { z } from 'zod'
import { count, instant } from '../domain/schemas/figures.ts'
import type { Store } from '../store/database.ts'
import { countInbox, listFailed } from '../store/inbox.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import type { App } from './zod-routes.ts'

const SHOWN = 500

const Inbox = z
  .strictObject({
    waiting: count,
    dead: count.describe('given up: mend the cause, then `portrea retry`'),
    oldest: instant.nullable().describe('since when the oldest waits'),
    givenUp: z.array(
      z.strictObject({
        about: z.string().describe('id of the NocoDB table; `figures`: of an EPCI'),
        record: z.string().describe('Id of the row, or SIREN'),
        event: z.string(),
        receivedAt: instant,
        attempts: count,
        reason: z.string().nullable().describe('why the last attempt failed'),
      }),
    ),
  })
  .meta({ id: 'Inbox', description: 'What NocoDB said and is not processed yet.' })

/** GET /api/inbox: what waits, and what was given up. */
export function inboxRoutes(app: App, store: Store): void {
  app.get(
    '/api/inbox',
    {
      schema: {
        tags: ['webhooks'],
        security: BEARER,
        summary: 'What waits, and what was given up',
        response: { 200: Inbox, ...problems(401) },
      },
    },
    async () => {
      const { waiting, failed, oldest } = await countInbox(store)
      return { waiting, dead: failed, oldest, givenUp: await listFailed(store, SHOWN) }
    },
  )
}
