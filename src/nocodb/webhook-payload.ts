import { z } from 'zod'
import { readId } from './row-key.ts'

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

/** The body of a webhook, version 3. Of a row only its key is read: what it holds is read again from NocoDB. A test call has no rows. */
export const WebhookPayload = z.object({
  type: z.enum(Object.keys(EVENTS) as (keyof typeof EVENTS)[]),
  base_id: name,
  version: z.literal('v3'),
  data: z.object({ table_id: name, rows: z.array(z.looseObject({})).default([]) }),
})
export type WebhookPayload = z.infer<typeof WebhookPayload>

/**
 * The rows that a webhook tells of; null: it does not tell them apart, for their key has another title by now.
 * @param key what NocoDB calls the key of the table
 */
export function changedRows({ type, base_id: base, data }: WebhookPayload, key: string): RowChange[] | null {
  const ids = data.rows.map((row) => readId((row as Readonly<Record<string, unknown>>)[key]))
  if (!ids.every(Number.isInteger)) return null
  return ids.map((id) => ({ base, about: data.table_id, record: String(id), event: EVENTS[type] }))
}
