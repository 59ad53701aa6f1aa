import type { Base } from '../base.ts'
import { cellReader } from '../cells.ts'
import { readPage } from '../pages.ts'
import { namingOf } from '../shown-links.ts'

/** Rows looked at, and different values shown of them. */
const ROWS = 20
const SHOWN = 3

/**
 * A few different values of a column, for the eyes of who sits before the terminal; they go no further.
 * @param column null: the one that names the rows
 */
export async function sampleValues(
  base: Base,
  tableTitle: string,
  column: string | null,
): Promise<readonly string[]> {
  const table = base.tables.get(tableTitle)
  const found = table && (column === null ? namingOf(table) : table.columns.get(column))
  if (table === undefined || !found || found.kind === 'link' || found.kind === 'links') return []
  const { records } = await readPage(base, table, { fields: [found.id || found.wire], limit: ROWS })
  const read = cellReader(found.kind)
  const values = records.flatMap(({ values: cells }) => {
    const text = String(read(cells[found.wire]) ?? '').trim()
    return text === '' || text === 'false' ? [] : [text]
  })
  return [...new Set(values)].slice(0, SHOWN)
}
