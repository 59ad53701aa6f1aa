import { TABLE_KEYS } from '../../config/column-keys.ts'
import type { TableKey } from '../../config/column-keys.ts'
import type { Columns } from '../../config/columns-file.ts'
import { FIELDS } from '../../domain/fields.ts'
import type { FieldName } from '../../domain/fields.ts'
import { typeset } from '../../domain/typography.ts'
import { TONES } from './column-kinds.ts'
import type { Kind, Option, Uidt } from './column-kinds.ts'
import { desiredWebhooks } from './desired-webhooks.ts'
import type { DesiredWebhooks, WebhookTarget } from './desired-webhooks.ts'
import { LINKS } from './link-definitions.ts'
import { DEFINITIONS } from './table-definitions.ts'
import type { Definition } from './table-definitions.ts'
import { VIEWS } from './view-definitions.ts'
import type { RowHeight, Total, ViewDefinition } from './view-definitions.ts'

const LINK_WIDTH = 200
/** Pixels in the header of a grid: around its title, of one letter, at most. */
const [HEADER_ICONS, LETTER, HEADER_MAX] = [80, 6.5, 260]

/** A column as the base should have it; `options` only for selects. */
export type DesiredColumn = {
  readonly title: string
  readonly description: string
  readonly uidt: Uidt
  readonly meta: Readonly<Record<string, unknown>>
  readonly options: readonly Option[]
  readonly role: Kind['role']
  /** One of the 32 fields of the national standard. */
  readonly standard: boolean
}

/** A column of a grid, `width` in pixels; `total` is what its foot says. */
export type GridColumn = { readonly title: string; readonly width: number; readonly total: Total | null }

/** A table; its first column names the row. `grid` is what its first view shows, in order. */
export type DesiredTable = {
  readonly key: TableKey
  readonly title: string
  readonly description: string
  readonly columns: readonly DesiredColumn[]
  /** Title → key of config/columns.yaml, of every column and link. */
  readonly keys: ReadonlyMap<string, string>
  readonly grid: readonly GridColumn[]
}

/** A list of `child` rows on `parent`, whose other side is one `parent` row on each `child` row. Tables and columns by title. */
export type DesiredLink = {
  readonly parent: string
  readonly title: string
  readonly description: string
  readonly child: string
  readonly childTitle: string
  readonly childDescription: string
}

/** A grid of `table` that shows `columns` only. */
export type DesiredView = {
  readonly table: string
  readonly title: string
  readonly description: string
  readonly columns: readonly GridColumn[]
  readonly sorts: readonly { readonly title: string; readonly direction: 'asc' | 'desc' }[]
  readonly groups: readonly string[]
  readonly rowHeight: RowHeight
}

/** All that provision makes, under the names of this base. */
export type DesiredSchema = {
  readonly tables: readonly DesiredTable[]
  readonly links: readonly DesiredLink[]
  readonly views: readonly DesiredView[]
  /** null: it is not known where NocoDB would call. */
  readonly webhooks: DesiredWebhooks | null
}

/** The part of config/completeness.yaml that the schema needs: the accepted values are the options of the selects. */
export type AcceptedValues = {
  readonly fields: readonly {
    readonly field: FieldName
    readonly accepted?: Readonly<Record<string, unknown>> | undefined
  }[]
}

/**
 * The base that Portrea needs, from config/columns.yaml (names) and config/completeness.yaml (accepted values); with
 * webhooks where it is known where they lead.
 */
export function desiredSchema(
  columns: Columns,
  rules: AcceptedValues,
  target: WebhookTarget | null = null,
): DesiredSchema {
  const accepted = new Map(
    rules.fields.map(({ field, accepted: values }) => [field, Object.keys(values ?? {})]),
  )
  return {
    tables: TABLE_KEYS.map((key) => desiredTable(key, columns, accepted)),
    links: LINKS.map((link) => ({
      parent: columns[link.parent].title,
      ...named(columns, link.parent, link.title),
      child: columns[link.child].title,
      childTitle: named(columns, link.child, link.childTitle).title,
      childDescription: named(columns, link.child, link.childTitle).description,
    })),
    views: VIEWS.map((view) => ({
      table: columns[view.table].title,
      title: view.title,
      description: typeset(view.description),
      columns: view.columns.map((key) => gridColumn(columns, view.table, key, totalOf(view, key))),
      sorts: view.sorts.map(([key, direction]) => ({
        title: named(columns, view.table, key).title,
        direction,
      })),
      groups: view.groups.map((key) => named(columns, view.table, key).title),
      rowHeight: view.rowHeight,
    })),
    webhooks: target === null ? null : desiredWebhooks(columns, target),
  }
}

/** The titles of the columns of a table that only the service writes. */
export function writtenTitles(columns: Columns, table: TableKey): readonly string[] {
  return definitions(table).flatMap(([key, definition]) =>
    typeof definition !== 'string' && definition.role === 'written' ? [named(columns, table, key).title] : [],
  )
}

function desiredTable(
  key: TableKey,
  columns: Columns,
  accepted: ReadonlyMap<FieldName, readonly string[]>,
): DesiredTable {
  return {
    key,
    title: columns[key].title,
    description: typeset(columns[key].description),
    columns: definitions(key).flatMap(([column, definition]) =>
      typeof definition === 'string'
        ? []
        : [
            {
              ...named(columns, key, column),
              ...shape(definition, accepted),
              standard: isStandard(key, column),
            },
          ],
    ),
    keys: new Map(definitions(key).map(([column]) => [named(columns, key, column).title, column])),
    grid: definitions(key).map(([column]) => gridColumn(columns, key, column)),
  }
}

function isStandard(table: TableKey, column: string): boolean {
  return table === 'actors' && (FIELDS as readonly string[]).includes(column)
}

/** A field whose accepted values are not listed is plain text: a select without options could hold nothing. */
function shape(kind: Kind, accepted: ReadonlyMap<FieldName, readonly string[]>) {
  const values = kind.valuesOf === undefined ? [] : (accepted.get(kind.valuesOf) ?? [])
  const free = kind.valuesOf !== undefined && values.length === 0
  const options = kind.options ?? values.map((title) => ({ title, color: TONES.active }))
  return {
    uidt: free ? 'SingleLineText' : kind.uidt,
    meta: kind.meta ?? {},
    options,
    role: kind.role,
  } as const
}

/** Never narrower than its title, the icons of NocoDB's header beside it. */
function gridColumn(columns: Columns, table: TableKey, key: string, total: Total | null = null): GridColumn {
  const definition = new Map(definitions(table)).get(key)
  const width = definition === undefined || typeof definition === 'string' ? LINK_WIDTH : definition.width
  const { title } = named(columns, table, key)
  return {
    title,
    width: Math.max(width, Math.min(HEADER_MAX, Math.ceil(HEADER_ICONS + LETTER * title.length))),
    total,
  }
}

function totalOf({ totals }: ViewDefinition, key: string): Total | null {
  return new Map(Object.entries(totals)).get(key) ?? null
}

function definitions(table: TableKey): [string, Definition][] {
  return Object.entries(DEFINITIONS[table])
}

function named(columns: Columns, table: TableKey, key: string): { title: string; description: string } {
  const names: Readonly<Record<string, { title: string; description: string }>> = columns[table].columns
  const { title, description } = names[key] ?? { title: key, description: '' }
  return { title, description: typeset(description) }
}
