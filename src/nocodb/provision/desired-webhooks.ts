import type { TableKey } from '../../config/column-keys.ts'
import type { Columns } from '../../config/columns-file.ts'
import { typeset } from '../../domain/typography.ts'
import { LINKS } from './link-definitions.ts'
import { DEFINITIONS } from './table-definitions.ts'

/** Where NocoDB calls the service, and the secret that it sends in SECRET_HEADER. */
export type WebhookTarget = { readonly url: string; readonly secret: string }

/** A webhook as it should be; the table and the columns by title. */
export type DesiredWebhook = {
  readonly table: string
  readonly title: string
  readonly event: 'after' | 'manual'
  /** Of an update, only a change of one of these calls: what the service writes itself calls nobody. */
  readonly columns: readonly string[]
  readonly target: WebhookTarget
}

/** A button of a table, which calls its manual webhook. */
export type DesiredButton = { readonly table: string; readonly title: string; readonly description: string }

/** All the webhooks, and the button on EPCI that recalculates one. */
export type DesiredWebhooks = { readonly hooks: readonly DesiredWebhook[]; readonly button: DesiredButton }

/** Tables of which a change moves a figure. */
const WATCHED: readonly TableKey[] = ['actors', 'epcis', 'diagnostics', 'days', 'referents']

/** One webhook a table, called for rows made, deleted, or changed by people; and the manual one of the button. */
export function desiredWebhooks(columns: Columns, target: WebhookTarget): DesiredWebhooks {
  const { title, columns: names } = columns.epcis
  const hooks = WATCHED.map((key) => ({
    ...({ table: columns[key].title, title: 'Portrea', event: 'after', target } as const),
    columns: humanTitles(columns, key),
  }))
  const manual = {
    ...({ table: title, title: typeset('Portrea : recalculer'), event: 'manual', target } as const),
    columns: [],
  }
  const button = { ...names.recalculate, description: typeset(names.recalculate.description), table: title }
  return { hooks: [...hooks, manual], button }
}

/** The columns that people fill, and the link of each row to the one above it. */
function humanTitles(columns: Columns, table: TableKey): string[] {
  const names: Readonly<Record<string, { title: string }>> = columns[table].columns
  const above = LINKS.filter(({ child }) => child === table).map(({ childTitle }) => childTitle as string)
  return Object.entries(DEFINITIONS[table]).flatMap(([key, definition]) => {
    const human = typeof definition === 'string' ? above.includes(key) : definition.role === 'human'
    return human ? [names[key]?.title ?? key] : []
  })
}
