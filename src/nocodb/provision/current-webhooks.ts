import { z } from 'zod'
import { PortreaError } from '../../errors.ts'
import type { MetaClient } from '../meta-client.ts'
import { SECRET_HEADER } from '../webhook-payload.ts'

const Notification = z.preprocess(
  (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  z.object({
    payload: z
      .object({
        method: z.string().nullish(),
        path: z.string().nullish(),
        headers: z
          .array(z.object({ name: z.string().nullish(), value: z.string().nullish(), enabled: z.unknown() }))
          .nullish(),
      })
      .nullish(),
  }),
)

const Hook = z
  .object({
    id: z.string(),
    title: z.string(),
    event: z.string(),
    operation: z.union([z.string(), z.array(z.string())]),
    active: z.unknown().transform(Boolean),
    condition: z.unknown().transform(Boolean),
    trigger_field: z.unknown().transform(Boolean),
    trigger_fields: z.array(z.string()).nullish(),
    notification: Notification,
  })
  .transform(({ notification: { payload }, ...hook }) => ({
    id: hook.id,
    title: hook.title,
    event: hook.event,
    operations: [hook.operation].flat(),
    active: hook.active,
    condition: hook.condition,
    /** Ids of columns; null: any change calls. */
    columns: hook.trigger_field ? (hook.trigger_fields ?? []) : null,
    url: payload?.path ?? '',
    method: payload?.method ?? '',
    secret:
      payload?.headers?.find(({ name, enabled }) => name?.toLowerCase() === SECRET_HEADER && enabled)
        ?.value ?? null,
  }))

/** A webhook of a table as it stands. It holds the secret: it is never shown. */
export type CurrentWebhook = z.infer<typeof Hook>

/** The webhooks of a table. NocoDB shows them to creators and owners only: throws NOCODB_FORBIDDEN to others. */
export async function readWebhooks(meta: MetaClient, tableId: string): Promise<CurrentWebhook[]> {
  return (await meta.webhooks(tableId)).map((hook) => {
    const result = Hook.safeParse(hook)
    if (result.success) return result.data
    throw new PortreaError(
      'NOCODB_UNAVAILABLE',
      `NocoDB décrit un webhook de la table ${tableId} sous une forme que Portrea ne connaît pas : ${z.prettifyError(result.error)}`,
    )
  })
}

/** The webhooks of a table that call Portrea, by its secret header, which no others send: of them only id and title leave. */
export async function readOwnWebhooks(
  meta: MetaClient,
  tableId: string,
): Promise<{ readonly id: string; readonly title: string }[]> {
  const own = (await meta.webhooks(tableId)).filter(({ notification }) =>
    JSON.stringify(notification ?? '').includes(SECRET_HEADER),
  )
  return own.map(({ id, title }) => ({ id, title }))
}
