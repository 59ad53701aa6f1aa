import writeXlsxFile from 'write-excel-file/node'
import type { Cell } from 'write-excel-file/node'
import type { MultiPolygon } from 'geojson'
import { csvRow } from '../config/fixed-copy.ts'

/** A column of a table that people take away: a day is 'YYYY-MM-DD'. */
export type FileColumn = {
  readonly label: string
  readonly kind: 'text' | 'number' | 'day'
}
/** What a cell says; null: unknown, an empty cell. */
export type FileCell = string | number | null

/** A table as a workbook (XLSX): numbers are numbers, days are dates, no cell is ever computed, what is unknown is empty. */
export function tableWorkbook(
  sheet: string,
  columns: readonly FileColumn[],
  rows: readonly (readonly FileCell[])[],
): Promise<Buffer> {
  const header = columns.map(({ label }): Cell => ({ value: label, fontWeight: 'bold', wrap: true }))
  const data = rows.map((cells) => cells.map((value, at) => workbookCell(columns[at]!, value)))
  const widths = columns.map(({ kind }, at) => ({ width: at === 0 ? 40 : kind === 'text' ? 22 : 14 }))
  return writeXlsxFile([header, ...data], {
    ...{ sheet, columns: widths, stickyRowsCount: 1, stickyColumnsCount: 1, dateFormat: 'dd/mm/yyyy' },
  }).toBuffer()
}

function workbookCell({ kind }: FileColumn, value: FileCell): Cell {
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number }
  return kind === 'day' ? { value: new Date(`${value}T00:00:00Z`), type: Date } : { value, type: String }
}

/** What a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r]/u

/** A table as CSV for a French Excel: semicolons, decimal commas, days as 15/06/2026; no text is taken for a formula. */
export function tableCsv(columns: readonly FileColumn[], rows: readonly (readonly FileCell[])[]): string {
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((cells) => cells.map((value, at) => csvCell(columns[at]!, value))),
  ]
  return `\uFEFF${lines.map((cells) => csvRow(cells, ';')).join('\r\n')}\r\n`
}

function csvCell({ kind }: FileColumn, value: FileCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value).replace('.', ',')
  if (kind === 'day') return value.split('-').reverse().join('/')
  return FORMULA.test(value) ? `'${value}` : value
}

/**
 * A table as GeoJSON: a feature a row, with its contour, in the order of the rows (null: none is known); its properties bear the
 * names of the columns.
 */
export function tableGeojson(
  columns: readonly FileColumn[],
  rows: readonly (readonly FileCell[])[],
  contours: readonly (MultiPolygon | null)[],
): string {
  const features = rows.map((cells, row) => ({
    ...{ type: 'Feature', geometry: contours[row] ?? null },
    properties: Object.fromEntries(columns.map(({ label }, at) => [label, cells[at] ?? null])),
  }))
  return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`
}
