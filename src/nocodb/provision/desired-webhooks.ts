import { LINKS } from '../../columns/links.ts'
import { definitions } from '../../columns/tables.ts'
import type { TableKey } from '../../columns/tables.ts'
import { withActors } from '../../config/columns-file.ts'
import type { Columns } from '../../config/columns-file.ts'
import { sourcesOf } from '../../domain/mapping/mapping.ts'
import { typeset } from '../../domain/typography.ts'
import { columnNamed, mappingOf, named } from './grid-columns.ts'

/** Where NocoDB calls the service, and the secret that it sends in SECRET_HEADER. */
export type WebhookTarget = { readonly url: string; readonly secret: string }

/** A webhook as it should be; the table and the columns by title. */
export type DesiredWebhook = {
  readonly table: string
  readonly title: string
  readonly event: 'after' | 'manual'
  readonly operations: readonly ('insert' | 'update' | 'delete' | 'trigger')[]
  /** Of an update, only a change of one of these calls: what the service writes itself calls nobody. */
  readonly columns: readonly string[]
  readonly target: WebhookTarget
}

/** A button of a table, which calls its manual webhook; `wire`: what its column is called in the database. */
export type DesiredButton = {
  readonly table: string
  readonly title: string
  readonly description: string
  readonly icon: string
  readonly wire: string
}

/**
 * All the webhooks, and the buttons that call the manual ones: one on EPCI recalculates it, one on a journée makes its
 * groups, one on a proposal accepts it.
 */
export type DesiredWebhooks = {
  readonly hooks: readonly DesiredWebhook[]
  readonly buttons: readonly DesiredButton[]
}

const ALL = ['insert', 'update', 'delete'] as const

/** Tables of which a change moves a figure, and the changes that do: the service itself inserts the rows of conditions and invitations. */
const WATCHED = {
  ...{ actors: ALL, epcis: ALL, diagnostics: ALL, days: ALL, referents: ALL },
  conditions: ['update', 'delete'],
  invitations: ['update', 'delete'],
  proposals: ['update'],
} as const satisfies Partial<Record<TableKey, DesiredWebhook['operations']>>

/** One webhook a table, called for rows that people make, delete or change; and the manual ones of the buttons. */
export function desiredWebhooks(columns: Columns, target: WebhookTarget): DesiredWebhooks {
  const hooks = Object.entries(WATCHED).map(([name, operations]) => {
    const key = name as keyof typeof WATCHED
    const hook = { table: columns[key].title, title: 'Portrea', event: 'after', operations, target } as const
    return { ...hook, columns: humanTitles(columns, key) }
  })
  const others = columns.otherActors.map((other) => ({
    ...({ table: other.title, title: 'Portrea', event: 'after', operations: ALL, target } as const),
    columns: humanTitles(withActors(columns, other), 'actors'),
  }))
  const pressed = [
    { table: columns.epcis.title, title: 'Portrea : recalculer' },
    { table: columns.days.title, title: 'Portrea : faire les groupes' },
    { table: columns.proposals.title, title: 'Portrea : accepter' },
  ].map((one) => ({
    ...({ table: one.table, title: typeset(one.title), event: 'manual', target } as const),
    operations: ['trigger' as const],
    columns: [],
  }))
  const buttons = [
    { ...buttonOf(columns, 'epcis', 'recalculate'), icon: 'refresh', wire: 'recalculer' },
    { ...buttonOf(columns, 'days', 'makeGroups'), icon: 'users', wire: 'faire_les_groupes' },
    { ...buttonOf(columns, 'proposals', 'accept'), icon: 'check', wire: 'accepter' },
  ]
  return { hooks: [...hooks, ...others, ...pressed], buttons }
}

function buttonOf(columns: Columns, table: TableKey, key: string) {
  return { ...named(columns, table, key), table: columns[table].title }
}

/** The columns that people fill, and the link of each row to the one above it. */
function humanTitles(columns: Columns, table: TableKey): string[] {
  const above = LINKS.filter(({ child }) => child === table).map(({ childTitle }) => childTitle as string)
  const titles = definitions(table).flatMap(([key, definition]) => {
    const human = typeof definition === 'string' ? above.includes(key) : definition.role === 'human'
    if (!human || columnNamed(columns, table, key) === undefined) return []
    const from = mappingOf(columns, table, key)
    return from === undefined ? [named(columns, table, key).title] : sourcesOf(from)
  })
  return [...new Set(titles)]
}
