import type { Base } from '../base.ts'
import { answerOf, isRefusal } from '../failures.ts'
import { openMeta } from '../meta-client.ts'
import type { MetaClient } from '../meta-client.ts'
import { readSchema } from './current-schema.ts'
import { readWebhooks } from './current-webhooks.ts'
import type { DesiredWebhook, DesiredWebhooks } from './desired-webhooks.ts'
import { ours, planWebhooks } from './plan-webhooks.ts'

/** What is wrong with the webhooks, a line each; `refusal`: what NocoDB said of a test call that did not arrive. */
export type WebhookCheck = { readonly faults: readonly string[]; readonly refusal: string | null }

/**
 * Compares the webhooks with what they should be and, where they are as they should be, has NocoDB call the service.
 * Throws NOCODB_FORBIDDEN where the token's user may not see them: editors may not.
 */
export async function checkWebhooks(base: Base, desired: DesiredWebhooks): Promise<WebhookCheck> {
  const meta = await openMeta(base.http)
  const schema = await readSchema(meta, base.id)
  const found = new Map(
    await Promise.all(
      schema
        .filter(({ title }) => desired.hooks.some(({ table }) => table === title))
        .map(async ({ id, title }) => [title, await readWebhooks(meta, id)] as const),
    ),
  )
  const { steps, conflicts } = planWebhooks(schema, found, desired)
  const faults = [...steps.map(({ summary }) => summary), ...conflicts]
  const [first] = desired.hooks
  const table = schema.find(({ title }) => title === first?.table)
  if (faults.length > 0 || first === undefined || table === undefined) return { faults, refusal: null }
  return { faults, refusal: await callOnce(meta, table.id, first) }
}

/** A call without rows: the service answers it as any other, and keeps nothing of it. */
async function callOnce(meta: MetaClient, tableId: string, desired: DesiredWebhook): Promise<string | null> {
  const list = await meta.webhooks(tableId)
  const id = ours(await readWebhooks(meta, tableId), desired)?.id
  const hook = flagged(list.find((one) => one.id === id))
  try {
    await meta.testWebhook(tableId, { payload: { data: {}, user: {} }, hook })
    return null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return answerOf(error)?.message ?? error.message
  }
}

/** On SQLite NocoDB lists its flags as 0 and 1, and then refuses them. */
function flagged(hook: object | undefined): object {
  const flags = ['active', 'async', 'payload', 'condition', 'trigger_field']
  return Object.fromEntries(
    Object.entries(hook ?? {}).map(([key, value]) => [key, flags.includes(key) ? Boolean(value) : value]),
  )
}
