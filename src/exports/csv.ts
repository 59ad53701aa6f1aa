import { csvRow } from '../config/fixed-copy.ts'
import { FIELDS } from '../domain/fields.ts'
import type { ExportRecord } from '../domain/export/export-record.ts'

/** Records in the national standard (v1.0.2) as CSV (RFC 4180): its 32 columns, UTF-8, lines ending in CR LF. */
export function standardCsv(records: readonly ExportRecord[]): string {
  const rows = records.map(({ fields }) =>
    csvRow(
      FIELDS.map((field) => fields[field] ?? ''),
      ',',
    ),
  )
  return `${[FIELDS.join(','), ...rows].join('\r\n')}\r\n`
}
