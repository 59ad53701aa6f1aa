import { frenchList, typeset } from '../../domain/typography.ts'
import type { CurrentColumn, CurrentTable } from '../meta-model.ts'
import type { CurrentWebhook } from './current-webhooks.ts'
import type { DesiredButton, DesiredWebhook, DesiredWebhooks } from './desired-webhooks.ts'
import type { Plan, Step } from './plan.ts'

/** What is wrong with a webhook, in French. */
const FAULTS = {
  off: 'arrêté',
  url: 'adresse',
  secret: 'secret',
  events: 'événements',
  columns: 'colonnes',
  condition: 'condition',
} as const
export type WebhookFault = keyof typeof FAULTS

/** The webhooks and the buttons that are missing, or not as they should be. */
export function planWebhooks(
  tables: readonly CurrentTable[],
  webhooks: ReadonlyMap<string, readonly CurrentWebhook[]>,
  { hooks, buttons }: DesiredWebhooks,
): Plan {
  const steps = hooks.flatMap((desired): Step[] => {
    const table = tables.find(({ title }) => title === desired.table)
    const summary = summaryOf(webhookState(table, webhooks.get(desired.table) ?? [], desired), desired)
    return summary === null ? [] : [{ kind: 'set-webhook', webhook: desired, summary: typeset(summary) }]
  })
  const planned = buttons.map((button) => planButton(button, tables, webhooks, hooks))
  return {
    steps: [...steps, ...planned.flatMap((one) => one.steps)],
    conflicts: planned.flatMap((one) => one.conflicts),
  }
}

function planButton(
  button: DesiredButton,
  tables: readonly CurrentTable[],
  webhooks: ReadonlyMap<string, readonly CurrentWebhook[]>,
  hooks: readonly DesiredWebhook[],
): Plan {
  const table = tables.find(({ title }) => title === button.table)
  const found = table?.columns.find(({ title }) => title === button.title)
  if (found !== undefined && found.uidt !== 'Button')
    return {
      steps: [],
      conflicts: [
        typeset(
          `La colonne « ${found.title} » de « ${button.table} » est de type ${found.uidt} ; Portrea y place un bouton. Donnez au bouton un autre nom dans config/columns.yaml, ou renommez votre colonne dans NocoDB.`,
        ),
      ],
    }
  const manual = hooks.find(({ event, table: of }) => event === 'manual' && of === button.table)
  const hook = manual === undefined ? null : ours(webhooks.get(button.table) ?? [], manual)
  if (found !== undefined && hook !== null && found.hook === hook.id) return { steps: [], conflicts: [] }
  return { steps: [buttonStep(button, found)], conflicts: [] }
}

/** The webhook of ours, by its title or by the secret that it sends; null: there is none. */
export function ours(found: readonly CurrentWebhook[], desired: DesiredWebhook): CurrentWebhook | null {
  const kind = found.filter(({ event }) => event === desired.event)
  return (
    kind.find(({ title }) => title === desired.title) ?? kind.find(({ secret }) => secret !== null) ?? null
  )
}

/** What is wrong with it; null: it is missing. */
export function webhookState(
  table: CurrentTable | undefined,
  found: readonly CurrentWebhook[],
  desired: DesiredWebhook,
): readonly WebhookFault[] | null {
  const hook = ours(found, desired)
  if (table === undefined || hook === null) return null
  const wanted = columnIds(table, desired)
  const faults: Readonly<Record<WebhookFault, boolean>> = {
    off: !hook.active,
    url: hook.url !== desired.target.url || hook.method !== 'POST',
    secret: hook.secret !== desired.target.secret,
    events: !same(hook.operations, desired.operations),
    columns: desired.event === 'after' && (hook.columns === null || !same(hook.columns, wanted)),
    condition: hook.condition,
  }
  return (Object.keys(faults) as WebhookFault[]).filter((fault) => faults[fault])
}

/** The ids of its columns, those that the table has. */
export function columnIds(table: CurrentTable, { columns }: DesiredWebhook): string[] {
  return columns.flatMap((title) => table.columns.find((column) => column.title === title)?.id ?? [])
}

function summaryOf(faults: readonly WebhookFault[] | null, { table, event }: DesiredWebhook): string | null {
  const what = event === 'manual' ? `le webhook du bouton de « ${table} »` : `le webhook de « ${table} »`
  if (faults === null) return `Créer ${what}`
  return faults.length === 0 ? null : `Corriger ${what} (${frenchList(faults.map((fault) => FAULTS[fault]))})`
}

function buttonStep(button: DesiredButton, found: CurrentColumn | undefined): Step {
  const gesture = found === undefined ? 'Ajouter' : 'Relier à son webhook'
  const summary = typeset(`${gesture} le bouton « ${button.title} » de « ${button.table} »`)
  return { kind: 'set-button', button, summary }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}
