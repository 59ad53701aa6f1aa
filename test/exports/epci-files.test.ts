import { expect, it } from 'vitest'
import type { Feature, MultiPolygon } from 'geojson'
import { tableCsv, tableGeojson, tableWorkbook } from '../../src/exports/epci-files.ts'
import { partsOf } from '../helpers/zip-parts.ts'

const COLUMNS = [
  { label: 'EPCI', kind: 'text' },
  { label: 'Complétude', kind: 'number' },
  { label: 'Journée', kind: 'day' },
] as const
const ROWS = [
  ['=HYPERLINK("x")', 58.2, '2026-06-15'],
  ['CC de « l;a »', 0, null],
  ['Inconnue', null, null],
] as const

it('writes CSV for a French Excel: decimal commas, French dates, no formula, unknown apart from zero', () => {
  expect(tableCsv(COLUMNS, ROWS)).toBe(
    [
      '\uFEFFEPCI;Complétude;Journée',
      `"'=HYPERLINK(""x"")";58,2;15/06/2026`,
      '"CC de « l;a »";0;',
      'Inconnue;;',
      '',
    ].join('\r\n'),
  )
})

it('writes a workbook in which numbers are numbers, days are dates, and nothing is a formula', async () => {
  const sheet = partsOf(await tableWorkbook('EPCI', COLUMNS, ROWS)).get('xl/worksheets/sheet1.xml')
  expect(sheet).toContain('<v>58.2</v>')
  expect(sheet).toContain('<v>46188</v>') // 15 June 2026, as Excel counts days
  expect(sheet).not.toContain('<f>')
})

it('writes GeoJSON with the contours that are known, and null for what is unknown', () => {
  const contour: MultiPolygon = { type: 'MultiPolygon', coordinates: [[[[-2, 48]]]] }
  const text = tableGeojson(COLUMNS, ROWS, [contour])
  const { features } = JSON.parse(text) as { features: Feature[] }
  expect(features[0]?.geometry).toEqual(contour)
  expect(features[2]).toEqual({
    ...{ type: 'Feature', geometry: null },
    properties: { EPCI: 'Inconnue', Complétude: null, Journée: null },
  })
})
