import type { ColumnName } from '../config/column-name.ts'
import type { ActorNames } from '../config/other-actors.ts'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import { mappedValue, sourcesOf } from '../domain/mapping/mapping.ts'
import { wordReader } from '../domain/mapping/words.ts'
import type { Cell, Row } from './cells.ts'
import { dayOf } from './day.ts'
import { shownText } from './reading.ts'
import { COMPUTED } from './schema.ts'
import type { Table } from './schema.ts'

/** How one field of a record is read from a row: of which columns, as `readRows` takes them, and what they say. */
export type FieldReading = {
  readonly titles: readonly string[]
  readonly read: (row: Row) => string | null
}

/** The titles of the columns of the base that hold a column of ours: its own, or those that it is mapped from; none: it has none. */
export function sourceTitles(column: ColumnName | undefined): readonly string[] {
  if (column === undefined) return []
  return column.from === undefined ? [column.title] : sourcesOf(column.from)
}

/** How every field of the standard is read from the rows of `table`, by what config/columns.yaml says of it. */
export function fieldReadings(
  names: Pick<ActorNames, FieldName>,
  table: Table,
): Readonly<Record<FieldName, FieldReading>> {
  const pairs = FIELDS.map((field) => [field, fieldReading(field, names[field], table)] as const)
  return Object.fromEntries(pairs) as Record<FieldName, FieldReading>
}

function fieldReading(field: FieldName, column: ColumnName | undefined, table: Table): FieldReading {
  if (column === undefined) return NOT_THERE
  const { from, words } = column
  const keyOf = (title: string) => (isLinked(table, title) ? shownText(title) : title)
  const titles = sourceTitles(column).map(keyOf)
  const plain = cellReading(field, column.title, keyOf(column.title), table)
  const read =
    from === undefined ? plain : (row: Row) => mappedValue(from, field, (title) => row[keyOf(title)] ?? null)
  if (words === undefined) return { titles, read }
  const inTheirWords = wordReader(words)
  return {
    titles,
    read(row) {
      const text = read(row)
      return text === null ? null : inTheirWords(text) || null
    },
  }
}

/** Of a field of which the table has no column. */
const NOT_THERE: FieldReading = { titles: [], read: () => null }

/** Where a column keeps moments, nobody can write a day there: what is said is the day. */
function cellReading(
  field: FieldName,
  title: string,
  key: string,
  table: Table,
): (row: Row) => string | null {
  const isMoment = field === 'date_maj' && table.columns.get(title)?.kind === 'datetime'
  return isMoment ? (row) => dayOf(row[key]) : (row) => cellText(row[key])
}

/** Whether the column of that title holds links: of it, what it shows is read. */
function isLinked(table: Table, title: string): boolean {
  const kind = table.columns.get(title)?.kind
  return kind === 'link' || kind === 'links'
}

/** Whether NocoDB computes the column of that title: nobody writes there. */
export function isComputed(table: Table, title: string): boolean {
  return COMPUTED.has(table.columns.get(title)?.uidt ?? '')
}

/**
 * Whether something else than a row of `table` can change what is read of it: a formula, a lookup, the names behind a link.
 * No webhook tells of that and no instant of the row moves: such a base is read whole each night.
 */
export function readsComputed(names: ActorNames, table: Table): boolean {
  return FIELDS.some((field) =>
    sourceTitles(names[field]).some((title) => isLinked(table, title) || isComputed(table, title)),
  )
}

/** A cell as text; null: it is empty. */
export function cellText(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell)
}
