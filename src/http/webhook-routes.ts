import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { toldBy, WebhookPayload } from '../nocodb/webhook-payload.ts'
import type { Store } from '../store/database.ts'
import { gatheredHints } from '../store/gathered-hints.ts'
import type { WebhookMetrics } from './webhook-metrics.ts'
import { problems } from './schemas/problem.ts'
import { secretCheck } from './secrets.ts'
import type { App } from './zod-routes.ts'

/** Whoever works on what is told. */
export type Listener = {
  /** Something is in the inbox. */
  readonly told: () => void
  /** Something was told and could not be kept: it is to be looked for. */
  readonly missed: () => void
}

export type WebhookParts = {
  readonly store: Store
  /** All are accepted; none: every webhook is refused. */
  readonly secrets: readonly string[]
  readonly metrics: WebhookMetrics
  readonly listener: Listener
  readonly now: () => Date
}

/** NocoDB sends all rows of a request in one call: 2.3 MB at 1,000 rows, twice that where they were changed. */
const BODY_LIMIT = 32 * 1024 * 1024
const SECRET_HEADER = 'x-portrea-secret'

/** Why a webhook was refused, by the status answered. */
const REFUSALS: Readonly<Record<number, Parameters<WebhookMetrics['refused']>[0]>> = {
  400: 'malformed',
  401: 'unauthorized',
  413: 'too_large',
  415: 'malformed',
  503: 'store',
}

/**
 * POST /webhooks/nocodb: the secret first, then the body; which rows it tells of is stored, durably, before the answer.
 * NocoDB never sends again: what is refused here (too many rows for one body, say) is looked for at once instead.
 */
export function webhookRoutes(app: App, { store, secrets, metrics, listener, now }: WebhookParts): void {
  const isSecret = secretCheck(secrets)
  const keep = gatheredHints(store, now)
  app.addHook('onRequest', async ({ headers }) => {
    const given = headers[SECRET_HEADER]
    if (isSecret(typeof given === 'string' ? given : undefined)) return
    throw new PortreaError(
      'UNAUTHORIZED',
      `Send the header ${SECRET_HEADER} with PORTREA_WEBHOOK_SECRET; \`portrea provision\` writes it in NocoDB.`,
    )
  })
  app.addHook('onResponse', async ({ log, headers }, { statusCode }) => {
    if (statusCode < 400) return
    const reason = REFUSALS[statusCode] ?? 'fault'
    metrics.refused(reason)
    if (statusCode !== 401) listener.missed() // it had the secret: NocoDB told something, and never tells it again
    log.warn({ reason, bytes: Number(headers['content-length'] ?? 0) }, 'webhook refused')
  })
  app.post(
    '/webhooks/nocodb',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: ['webhooks'],
        security: [{ webhook: [] }],
        summary: 'NocoDB tells that rows changed',
        description:
          'Of each row only its Id is kept: what it holds is read again from NocoDB. Telling the same twice changes nothing.',
        body: WebhookPayload,
        response: {
          202: z.strictObject({ rows: z.int() }).describe('Kept: so many rows will be looked at.'),
          ...problems(400, 401, 413, 415, 503),
        },
      },
    },
    async ({ body }, reply) => {
      const told = toldBy(body)
      await keep(told)
      metrics.received(body.type, told.length)
      if (told.length > 0) listener.told()
      return reply.code(202).send({ rows: told.length })
    },
  )
}
