import { commandLine } from '../../domain/command-line.ts'
import { PortreaError } from '../../errors.ts'
import type { MetaClient } from '../meta-client.ts'
import { MARK } from '../meta-model.ts'
import type { CurrentTable } from '../meta-model.ts'
import { SECRET_HEADER } from '../webhook-payload.ts'
import { hideNewColumns } from './arrange.ts'
import { readWebhooks } from './current-webhooks.ts'
import type { DesiredButton, DesiredWebhook } from './desired-webhooks.ts'
import { columnIds, ours } from './plan-webhooks.ts'

/** Makes the webhook, or brings the one that is there to what it should be. */
export async function setWebhook(
  meta: MetaClient,
  table: CurrentTable,
  desired: DesiredWebhook,
): Promise<void> {
  const found = ours(await readWebhooks(meta, table.id), desired)
  const { title, event, target } = desired
  const columns = columnIds(table, desired)
  const payload = {
    ...{ method: 'POST', path: target.url, body: '{{ json event }}', parameters: [], auth: '' },
    headers: [{ name: SECRET_HEADER, value: target.secret, enabled: true }],
  }
  // NocoDB 0.301.3 takes version v3 only, and a change must hold the whole webhook.
  const body = {
    ...{ title: found?.title ?? title, event, operation: desired.operations, version: 'v3' },
    ...{ active: true, condition: false, trigger_field: event === 'after', trigger_fields: columns },
    notification: { type: 'URL', payload },
  }
  if (found === null) await meta.createWebhook(table.id, body)
  else await meta.updateWebhook(found.id, body)
}

/** Makes the button, or leads the one that is there to its webhook. */
export async function setButton(
  meta: MetaClient,
  table: CurrentTable,
  { title, description, icon, wire }: DesiredButton,
): Promise<void> {
  const hook = (await readWebhooks(meta, table.id)).find(({ event, secret }) => event === 'manual' && secret)
  if (hook === undefined)
    throw new PortreaError(
      'SCHEMA_MISMATCH',
      `Le webhook du bouton « ${title} » n’est plus là : relancez \`${commandLine('provision')}\`.`,
    )
  const look = { type: 'webhook', label: title, icon, theme: 'light', color: 'brand' }
  const body = {
    ...look,
    title,
    description,
    uidt: 'Button',
    fk_webhook_id: hook.id,
    meta: { [MARK]: 'done' },
  }
  const found = table.columns.find((column) => column.title === title)
  if (found === undefined) {
    await meta.createColumn(table.id, { ...body, column_name: wire })
    await hideNewColumns(meta, table)
  } else await meta.changeColumn(found.id, () => body)
}
