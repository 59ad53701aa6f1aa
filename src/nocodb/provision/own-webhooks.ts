import { z } from 'zod'
import type { MetaClient } from '../meta-client.ts'

/** What NocoDB's webhooks send to Portrea, and nobody else's do. */
const SECRET_HEADER = 'x-portrea-secret'

const Hook = z.object({ id: z.string(), title: z.string(), notification: z.unknown().optional() })

/** The webhooks of a table that call Portrea. They hold the secret: of them only id and title leave. */
export async function readOwnWebhooks(
  meta: MetaClient,
  tableId: string,
): Promise<{ readonly id: string; readonly title: string }[]> {
  const { list } = await meta.dbTableWebhook.list(tableId)
  return list.flatMap((raw) => {
    const hook = Hook.safeParse(raw)
    if (!hook.success || !JSON.stringify(hook.data.notification ?? '').includes(SECRET_HEADER)) return []
    return [{ id: hook.data.id, title: hook.data.title }]
  })
}
