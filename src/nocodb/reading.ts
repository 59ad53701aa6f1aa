import { PortreaError } from '../errors.ts'
import type { Base } from './base.ts'
import { cellReader } from './cells.ts'
import type { Cell, Row } from './cells.ts'
import { linkedIds } from './linked-ids.ts'
import { countRows } from './pages.ts'
import type { RawRecord } from './pages.ts'
import type { Column, Table } from './schema.ts'

/** A reading made ready: which fields to ask for, and how a record becomes a row. */
export type Reading = {
  readonly fields: readonly string[]
  readonly toRow: (record: RawRecord) => Row
}

type Getter = {
  readonly title: string
  readonly field: string | null
  readonly cell: (record: RawRecord) => Cell
}

/** Resolves the columns asked for, once per reading; throws SCHEMA_MISMATCH when one is missing. */
export async function prepareReading(
  base: Base,
  table: Table,
  query: { readonly columns: readonly string[]; readonly where?: string },
): Promise<Reading> {
  const getters: Getter[] = []
  for (const title of new Set(query.columns)) {
    if (title === 'Id') continue
    const column = columnOf(table, title)
    getters.push(
      column.kind === 'link' ? await linkGetter(base, table, column, query.where) : plain(column, column),
    )
  }
  return { fields: getters.flatMap(({ field }) => field ?? []), toRow: rowMaker(getters) }
}

/** The column of that title; throws SCHEMA_MISMATCH. */
export function columnOf(table: Table, title: string): Column {
  const column = table.columns.get(title)
  if (column !== undefined) return column
  throw new PortreaError(
    'SCHEMA_MISMATCH',
    `Column "${title}" is missing from table "${table.title}"; run provision, or name it in config/columns.yaml.`,
  )
}

function plain({ title }: Column, source: Column): Getter {
  const read = cellReader(source.kind)
  const key = source.title
  return { title, field: source.id || source.title, cell: ({ values }) => read(values[key]) }
}

/** NocoDB needs about this long for the link of one row, and for the list of links of one parent (2026-11-24). */
const MS_PER_ROW = 1
const MS_PER_PARENT = 12

/** The linked Id: from the foreign key, else from the lists of the other end, else (slow) from the link itself. */
async function linkGetter(
  base: Base,
  table: Table,
  link: Column,
  where: string | undefined,
): Promise<Getter> {
  const key = table.foreignKeys.get(link.title)
  if (key !== undefined) return plain(link, columnOf(table, key))
  const inverse = table.inverses.get(link.title)
  const parents = [...base.tables.values()].find(({ id }) => id === inverse?.tableId)
  if (inverse === undefined || parents === undefined) return plain(link, link)
  const [rows, lists] = await Promise.all([countRows(base, table, where), countRows(base, parents)])
  if (rows * MS_PER_ROW < lists * MS_PER_PARENT) return plain(link, link)
  const linked = await linkedIds(base, parents, inverse.columnId)
  return { title: link.title, field: null, cell: ({ id }) => linked.get(id) ?? null }
}

/** One loop over getters compiled before: 45 columns × 20,000 rows cost well under 100 ms. */
function rowMaker(getters: readonly Getter[]): (record: RawRecord) => Row {
  return (record) => {
    const row: Record<string, Cell> & { Id: number } = { Id: record.id }
    for (const getter of getters) row[getter.title] = getter.cell(record)
    return row
  }
}
