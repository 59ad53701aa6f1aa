import { z } from 'zod'

/** The header in which NocoDB's webhooks send their secret, and nobody else's do. */
export const SECRET_HEADER = 'x-portrea-secret'

/** NocoDB 0.301.3 writes these, the same for one row and for a thousand: one call an API request, with all its rows. */
const EVENTS = {
  'records.after.insert': 'insert',
  'records.after.update': 'update',
  'records.after.delete': 'delete',
  'records.manual.trigger': 'trigger',
} as const

/** A row of a table that something happened to. */
export type RowChange = {
  readonly base: string
  /** Id of its table. */
  readonly about: string
  readonly record: string
  readonly event: (typeof EVENTS)[keyof typeof EVENTS]
}

const name = z.string().min(1).max(64)
const Row = z.object({ Id: z.union([z.number().int(), name]) })

/** The body of a webhook, version 3. Of a row only its Id is read: what it holds is read again from NocoDB. A test call has no rows. */
export const WebhookPayload = z.object({
  type: z.enum(Object.keys(EVENTS) as (keyof typeof EVENTS)[]),
  base_id: name,
  version: z.literal('v3'),
  data: z.object({ table_id: name, rows: z.array(Row).default([]) }),
})
export type WebhookPayload = z.infer<typeof WebhookPayload>

/** The rows that a webhook tells of. */
export function changedRows({ type, base_id: base, data }: WebhookPayload): RowChange[] {
  return data.rows.map(({ Id }) => ({ base, about: data.table_id, record: String(Id), event: EVENTS[type] }))
}
