import type { Definition } from '../../columns/kinds.ts'
import { definitions } from '../../columns/tables.ts'
import type { TableKey } from '../../columns/tables.ts'
import type { Total } from '../../columns/view-definition.ts'
import type { ColumnName } from '../../config/column-name.ts'
import type { Columns } from '../../config/columns-file.ts'
import type { Mapping } from '../../domain/mapping/mapping.ts'
import { typeset } from '../../domain/typography.ts'

const [LINK_WIDTH, BUTTON_WIDTH] = [190, 150]
/** Pixels in the header of a grid: around its title, of one letter, at most. */
const [HEADER_ICONS, LETTER, HEADER_MAX] = [80, 6.5, 260]

/** A column of a grid, `width` in pixels; `total` is what its foot says. */
export type GridColumn = { readonly title: string; readonly width: number; readonly total: Total | null }

/** A column as a grid shows it: never narrower than its title, the icons of NocoDB's header beside it. */
export function gridColumn(columns: Columns, table: TableKey, key: string): GridColumn {
  const { title } = named(columns, table, key)
  const header = Math.min(HEADER_MAX, Math.ceil(HEADER_ICONS + LETTER * title.length))
  return { title, width: Math.max(widthOf(definitionOf(table, key)), header), total: null }
}

/** How many options a select of our own has; 0 where it is none, or takes those of the national standard. */
export function optionCount(table: TableKey, key: string): number {
  const definition = definitionOf(table, key)
  return typeof definition === 'object' ? (definition.options?.length ?? 0) : 0
}

/** The name of a column in this base, and what is said of it. */
export function named(
  columns: Columns,
  table: TableKey,
  key: string,
): { readonly title: string; readonly description: string } {
  const { title, description } = columnNamed(columns, table, key) ?? { title: key, description: '' }
  return { title, description: typeset(description) }
}

/** How a column of ours is read where the base holds it in its own way; undefined: it has a column of its own. */
export function mappingOf(columns: Columns, table: TableKey, key: string): Mapping | undefined {
  return columnNamed(columns, table, key)?.from
}

/** Whether the base holds it in its own way: no view can show it, and provision makes none. */
export function isMapped(columns: Columns, table: TableKey, key: string): boolean {
  return mappingOf(columns, table, key) !== undefined
}

/** All that config/columns.yaml says of a column. */
export function columnNamed(columns: Columns, table: TableKey, key: string): ColumnName | undefined {
  const names: Readonly<Partial<Record<string, ColumnName>>> = columns[table].columns
  return names[key]
}

function definitionOf(table: TableKey, key: string): Definition | undefined {
  return new Map(definitions(table)).get(key)
}

function widthOf(definition: Definition | undefined): number {
  if (definition === undefined || definition === 'link') return LINK_WIDTH
  return definition === 'button' ? BUTTON_WIDTH : definition.width
}
