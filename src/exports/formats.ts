import type { ExportFormat, ExportSettings } from '../config/exports-file.ts'
import { dataInclusionOf } from '../domain/export/data-inclusion.ts'
import type { ExportRecord } from '../domain/export/export-record.ts'
import { elementOf, featureOf, pointOf } from '../domain/export/places.ts'
import type { FieldName } from '../domain/fields.ts'
import { standardCsv } from './csv.ts'
import { workbook } from './workbook.ts'

/** The name under which each format is served, and what it is. */
export const EXPORT_FILES: Readonly<Record<ExportFormat, { readonly file: string; readonly type: string }>> =
  {
    standard: { file: 'standard.csv', type: 'text/csv; charset=utf-8' },
    'data-inclusion': { file: 'data-inclusion.json', type: 'application/json; charset=utf-8' },
    geojson: { file: 'lieux.geojson', type: 'application/geo+json; charset=utf-8' },
    gogocarto: { file: 'gogocarto.json', type: 'application/json; charset=utf-8' },
    xlsx: {
      file: 'lieux.xlsx',
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  }

/** A file for others. */
export type ExportFile = {
  readonly body: Buffer
  /** How many records stand in it. */
  readonly records: number
  /** Those for which the format has no room: without coordinates, or with a name that is too short. */
  readonly left: readonly ExportRecord[]
}

/** What is said beside the records. */
export type About = Pick<ExportSettings, 'producer' | 'attribution' | 'licence'> & {
  /** What people call the fields. */
  readonly titles: Readonly<Record<FieldName, string>>
}

/** Writes records in one of the formats. */
export async function exportFileOf(
  format: ExportFormat,
  records: readonly ExportRecord[],
  about: About,
): Promise<ExportFile> {
  const whole = (body: Buffer) => ({ body, records: records.length, left: [] })
  const { attribution, licence } = about
  switch (format) {
    case 'standard':
      return whole(Buffer.from(standardCsv(records)))
    case 'xlsx':
      return whole(await workbook(records, about.titles))
    case 'geojson':
      return located(records, (placed) => ({
        ...{ type: 'FeatureCollection', attribution, licence },
        features: placed.map(featureOf),
      }))
    case 'gogocarto':
      return located(records, (placed) => ({ ...{ attribution, licence }, data: placed.map(elementOf) }))
    case 'data-inclusion':
      return dataInclusion(records, about)
  }
}

/** The records that say where they are. */
function located(
  records: readonly ExportRecord[],
  documentOf: (placed: readonly ExportRecord[]) => object,
): ExportFile {
  const placed = records.filter(({ fields }) => pointOf(fields) !== null)
  const left = records.filter(({ fields }) => pointOf(fields) === null)
  return { body: json(documentOf(placed)), records: placed.length, left }
}

function dataInclusion(records: readonly ExportRecord[], { producer }: About): ExportFile {
  const all = records.map((record) => ({ record, said: dataInclusionOf(record, { key: producer }) }))
  const said = all.flatMap((one) => one.said ?? [])
  const document = {
    structures: said.map(({ structure }) => structure),
    services: said.flatMap(({ service }) => service ?? []),
  }
  const left = all.flatMap((one) => (one.said === null ? [one.record] : []))
  return { body: json(document), records: said.length, left }
}

function json(document: object): Buffer {
  return Buffer.from(`${JSON.stringify(document)}\n`)
}
