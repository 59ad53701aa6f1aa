import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { changedRows, SECRET_HEADER, WebhookPayload } from '../nocodb/webhook-payload.ts'
import type { Store } from '../store/database.ts'
import { batchedWrites } from '../store/batched-writes.ts'
import { rowKeys } from '../store/row-keys.ts'
import { keyAsked, secretAsked } from './messages.ts'
import type { WebhookMetrics } from './webhook-metrics.ts'
import { problems } from './schemas/problem.ts'
import { secretCheck } from './secrets.ts'
import type { App } from './zod-routes.ts'

/** Who works on the rows that changed. */
export type ChangeListener = {
  /** A job is in the inbox. */
  readonly notify: () => void
  /** A notice came and could not be kept: what it was about is to be looked for. */
  readonly resync: () => void
}

export type WebhookDependencies = {
  readonly store: Store
  /** All are accepted; none: every webhook is refused. */
  readonly secrets: readonly string[]
  readonly metrics: WebhookMetrics
  readonly listener: ChangeListener
  readonly now: () => Date
}

/** NocoDB sends all rows of a request in one call: 2.3 MB at 1,000 rows, twice that where they were changed. */
const BODY_LIMIT = 32 * 1024 * 1024

/** Why a webhook was refused, by the status answered. */
const REFUSALS: Readonly<Record<number, Parameters<WebhookMetrics['refused']>[0]>> = {
  400: 'malformed',
  401: 'unauthorized',
  413: 'too_large',
  415: 'malformed',
  503: 'store',
}

/**
 * POST /webhooks/nocodb: the secret first, then the body; which rows it names is stored, durably, before the answer.
 * NocoDB never sends again: what is refused here (too many rows for one body, say) is looked for at once instead.
 */
export function webhookRoutes(
  app: App,
  { store, secrets, metrics, listener, now }: WebhookDependencies,
): void {
  const isSecret = secretCheck(secrets)
  const keep = batchedWrites(store, now)
  const keyOf = rowKeys(store)
  app.addHook('onRequest', async ({ headers }) => {
    const given = headers[SECRET_HEADER]
    if (isSecret(typeof given === 'string' ? given : undefined)) return
    throw new PortreaError('UNAUTHORIZED', secretAsked(SECRET_HEADER))
  })
  app.addHook('onResponse', async ({ log, headers }, { statusCode }) => {
    if (statusCode < 400) return
    const reason = REFUSALS[statusCode] ?? 'fault'
    metrics.refused(reason)
    if (statusCode !== 401) listener.resync() // it had the secret: NocoDB sent a notice, and never sends it again
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
          'Of each row only its key is kept: what it holds is read again from NocoDB. Telling the same twice changes nothing.',
        body: WebhookPayload,
        response: {
          202: z.strictObject({ rows: z.int() }).describe('Kept: so many rows will be looked at.'),
          ...problems(400, 401, 413, 415, 503),
        },
      },
    },
    async ({ body }, reply) => {
      const key = await keyOf(body.base_id, body.data.table_id)
      const changes = changedRows(body, key)
      if (changes === null) throw new PortreaError('INPUT_INVALID', keyAsked(key))
      await keep(changes)
      metrics.received(body.type, changes.length)
      if (changes.length > 0) listener.notify()
      return reply.code(202).send({ rows: changes.length })
    },
  )
}
