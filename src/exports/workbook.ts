import writeXlsxFile from 'write-excel-file/node'
import type { Cell, SheetData } from 'write-excel-file/node'
import { FIELDS } from '../domain/fields.ts'
import type { FieldName } from '../domain/fields.ts'
import type { ExportRecord } from '../domain/export/export-record.ts'

/** Columns are as wide as this, in signs, where what they hold is not short. */
const WIDE = 40
const SHORT = 14
const LONG: ReadonlySet<FieldName> = new Set([
  'nom',
  'adresse',
  'courriels',
  'site_web',
  'horaires',
  'presentation_resume',
  'presentation_detail',
  'services',
])

/**
 * Records as a workbook (XLSX) for people: dates are dates and coordinates numbers, whatever the language of the
 * spreadsheet; numbers that are names (SIRET, telephone, codes) are text; no cell is ever computed.
 * @param titles what people call the fields
 */
export function workbook(
  records: readonly ExportRecord[],
  titles: Readonly<Record<FieldName, string>>,
): Promise<Buffer> {
  const header = FIELDS.map((field): Cell => ({ value: titles[field], fontWeight: 'bold', wrap: true }))
  const rows = records.map(({ fields }) => FIELDS.map((field) => cellOf(field, fields[field])))
  const data: SheetData = [header, ...rows]
  const columns = FIELDS.map((field) => ({ width: LONG.has(field) ? WIDE : SHORT }))
  return writeXlsxFile(data, {
    ...{ sheet: 'Lieux', columns, stickyRowsCount: 1, stickyColumnsCount: FIELDS.indexOf('nom') + 1 },
    dateFormat: 'dd/mm/yyyy',
  }).toBuffer()
}

function cellOf(field: FieldName, value: string | undefined): Cell {
  if (value === undefined) return null
  if (field === 'latitude' || field === 'longitude') return { value: Number(value), type: Number }
  if (field === 'date_maj') return { value: new Date(`${value}T00:00:00Z`), type: Date }
  return { value: value.replaceAll('|', ', '), type: String }
}
