import { z } from 'zod'
import { shared } from '../shared.ts'
import type { Metrics } from './metrics.ts'
import { BEARER } from './openapi.ts'
import { problems } from './schemas/problem.ts'
import type { App } from './zod-routes.ts'

/** Whether the service can do its work; a base that the brake holds is told, and waits for a person: `ready` stays. `detail` holds a code or a version, never a secret: it is open to all. */
export type Readiness = {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>
}

/** Looking at NocoDB costs it several calls and is open to all: one look serves everybody for this long. */
const READINESS_MILLISECONDS = 5000

const Live = z.strictObject({ status: z.literal('ok') })
const Ready = z
  .strictObject({
    ready: z.boolean(),
    checks: z.record(z.string(), z.strictObject({ ok: z.boolean(), detail: z.string() })),
  })
  .meta({ example: { ready: true, checks: { nocodb: { ok: true, detail: 'NocoDB 0.301.3' } } } })

/** GET /health/live and /health/ready. */
export function healthRoutes(app: App, readiness: () => Promise<Readiness>): void {
  const look = shared(readiness, READINESS_MILLISECONDS)
  app.get(
    '/health/live',
    { schema: { tags: ['service'], summary: 'The process answers', response: { 200: Live } } },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/health/ready',
    {
      schema: {
        tags: ['service'],
        summary: 'NocoDB and the store answer; whether the brake holds what is written',
        response: { 200: Ready, 503: Ready.describe('Something does not answer: `checks` says what.') },
      },
    },
    async (_, reply) => {
      const found = await look()
      return reply.code(found.ready ? 200 : 503).send(found)
    },
  )
}

/** GET /metrics. */
export function metricsRoutes(app: App, metrics: Metrics): void {
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['service'],
        summary: 'Prometheus metrics',
        security: BEARER,
        response: {
          200: { description: 'Metrics', content: { 'text/plain': { schema: z.string() } } },
          ...problems(401),
        },
      },
    },
    async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  )
}
