import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zip } from '../../scripts/bench/zip-file.ts'
import { isUnreadable } from '../../src/files/raw-row.ts'
import { xlsxRows } from '../../src/files/xlsx-rows.ts'
import { readAll, said, temporaryFiles } from './helpers.ts'
import { workbook } from './workbook.ts'
import type { TestCell } from './workbook.ts'

const file = temporaryFiles()
const KNOWN = new Set(['id', 'nom', 'commune'])
async function read(content: Buffer, sheet?: string) {
  const source = xlsxRows(file(content, '.xlsx'), { isKnown: (title) => KNOWN.has(title), sheet })
  const rows: { line: number; values: readonly unknown[] }[] = []
  for await (const row of source.rows)
    if (!isUnreadable(row)) rows.push({ line: row.line, values: row.values })
  return { rows, notes: source.notes() }
}
const TITLES = ['id', 'nom', 'commune']
async function shown(cell: TestCell, options = {}): Promise<unknown> {
  const { rows } = await read(workbook([{ rows: [TITLES, ['1', cell]] }], options))
  return rows[0]?.values[1] ?? null
}

describe('the rows of a workbook', () => {
  it('are those that were written, whatever their cells', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc
              .string({
                unit: fc.constantFrom('a', 'é', '<', '&', '"', '\n', '\r', '|', '€', ']]>'),
                minLength: 1,
                maxLength: 6,
              })
              .filter((text) => text.trim() !== ''),
            fc.oneof(fc.integer({ min: -1e9, max: 1e14 }), fc.boolean(), fc.constant(null)),
          ),
          { maxLength: 12 },
        ),
        fc.boolean(),
        fc.constantFrom('', 'x'),
        async (cells, inline, prefix) => {
          const { rows } = await read(
            workbook([{ rows: [TITLES, ...cells.map((row) => [...row])], inline }], { prefix }),
          )
          expect(rows.map(({ values }) => [values[0], values[1] ?? null])).toEqual(cells)
          expect(rows.map(({ line }) => line)).toEqual(cells.map((_, at) => at + 2))
        },
      ),
      { numRuns: 60 },
    ))

  it.each([
    ['a SIRET', 26290001200019, 26290001200019],
    ['a number that Excel keeps a little off', { xml: '<c><v>48.117265999999998</v></c>' }, 48.117266],
    ['a number in powers of ten', { xml: '<c><v>2.6290001200019E13</v></c>' }, 26290001200019],
    [
      'a telephone that is laid out',
      { value: 298000000, format: '0#" "##" "##" "##" "##' },
      '02 98 00 00 00',
    ],
    ['a postal code that is laid out', { value: 1000, format: '00000' }, '01000'],
    ['more digits than are laid out', { value: 123456, format: '0000' }, '123456'],
    ['a quantity', { value: 1234.5, format: '#,##0.00' }, 1234.5],
    ['a share', { value: 0.5, format: 9 }, 0.5],
    ['a day', { value: 45352, format: 14 }, '2024-03-01'],
    ['a day in a format of its own', { value: 45352, format: '[$-40C]d mmmm yyyy;@' }, '2024-03-01'],
    ['a day in French', { value: 45352, format: 'jj/mm/aaaa' }, '2024-03-01'],
    ['a day and an hour', { value: 45352.5, format: 22 }, '2024-03-01 12:00'],
    ['an hour', { value: 0.375, format: 'hh:mm' }, '09:00'],
    ['hours that add up', { value: 1.25, format: '[h]:mm' }, '30:00'],
    ['the day before the one that never was', { value: 59, format: 14 }, '1900-02-28'],
    ['the day that never was', { value: 60, format: 14 }, '1900-02-29'],
    ['the day after it', { value: 61, format: 14 }, '1900-03-01'],
    ['the first day', { value: 1, format: 14 }, '1900-01-01'],
    ['no day', { value: -5, format: 14 }, -5],
    ['a number between texts that look like a day', { value: 12, format: '0" jours"' }, 12],
    ['a day by its type', { xml: '<c t="d"><v>2024-03-01T00:00:00</v></c>' }, '2024-03-01'],
    ['a text that a formula gives', { xml: '<c t="str"><f>A1&amp;"x"</f><v>1x</v></c>' }, '1x'],
    ['a number that a formula gives', { xml: '<c><f>1+1</f><v>2</v></c>' }, 2],
    ['a formula that nobody computed', { xml: '<c><f>1+1</f></c>' }, null],
    ['an error', { xml: '<c t="e"><v>#N/A</v></c>' }, null],
    ['true', true, true],
    ['a text of several lines', 'a\nb', 'a\nb'],
    ['digits that are a text', '01000', '01000'],
  ] as const)('have %s as people see it', async (_, cell, value) => {
    expect(await shown(cell)).toEqual(value)
  })

  it('have the days of a workbook that counts from 1904', async () => {
    expect(await shown({ value: 43890, format: 14 }, { is1904: true })).toBe('2024-03-01')
    expect(await shown({ value: 0, format: 14 }, { is1904: true })).toBe('1904-01-01')
  })

  it('tell errors and formulas without a value by their lines', async () => {
    const { notes } = await read(
      workbook([
        { rows: [TITLES, ['1', { xml: '<c t="e"><v>#REF!</v></c>' }], ['2', { xml: '<c><f>B1</f></c>' }]] },
      ]),
    )
    expect(notes).toEqual([expect.stringContaining('lignes 2'), expect.stringContaining('lignes 3')])
  })

  const sheets = [
    {
      name: 'Notes',
      state: 'hidden',
      rows: [
        ['id', 'nom'],
        ['0', 'caché'],
      ],
    },
    {
      name: 'Lieux',
      rows: [
        ['id', 'nom'],
        ['1', 'A'],
      ],
    },
    {
      name: 'Écoles',
      rows: [
        ['id', 'nom'],
        ['2', 'B'],
      ],
    },
    {
      name: 'Secret',
      state: 'veryHidden',
      rows: [
        ['id', 'nom'],
        ['3', 'C'],
      ],
    },
  ]
  it.each([
    [undefined, 'A', '« Écoles »'],
    ['Écoles', 'B', '« Lieux »'],
    ['ecoles', 'B', '« Lieux »'],
    ['Notes', 'caché', 'masquée'],
  ])(
    'are those of the first sheet that is shown, or of the one that is named: %s',
    async (sheet, name, told) => {
      const { rows, notes } = await read(workbook(sheets), sheet)
      expect(rows.map(({ values }) => values[1])).toEqual([name])
      expect(notes).toEqual([expect.stringContaining(told)])
    },
  )

  it('name the sheets that there are where the one asked for is not', async () => {
    await expect(read(workbook(sheets), 'Autre')).rejects.toThrow(
      '« Notes », « Lieux », « Écoles », « Secret »',
    )
  })

  it('repeat what a cell over several rows says', async () => {
    const rows = [
      ['id', 'nom', 'commune'],
      ['1', 'A', 'Brest'],
      ['2', 'B'],
      ['3', 'C'],
      ['4', 'D'],
    ]
    const found = await read(workbook([{ rows, merged: ['C2:C4', 'A1:B1'] }]))
    expect(found.rows.map(({ values }) => values[2] ?? null)).toEqual(['Brest', 'Brest', 'Brest', null])
    expect(found.notes).toEqual([expect.stringContaining('fusionnées')])
  })

  it('begin under the titles, wherever they stand, and once', async () => {
    const { rows, notes } = await read(
      workbook([
        {
          rows: [
            ['Recensement 2026'],
            [],
            ['id', 'nom', 'commune'],
            ['1', 'A'],
            ['id', 'nom', 'commune'],
            [],
            ['2', 'B'],
          ],
        },
      ]),
    )
    expect(rows.map(({ line, values }) => [line, values[1]])).toEqual([
      [4, 'A'],
      [7, 'B'],
    ])
    expect(notes).toEqual([expect.stringContaining('ligne 3'), expect.stringContaining('répétée (5)')])
  })

  it.each([
    ['an OpenDocument workbook', zip({ 'content.xml': '<a/>' }), '.ods'],
    ['a binary workbook', zip({ 'xl/workbook.bin': 'x' }), '.xlsb'],
    ['another archive', zip({ 'liste.csv': 'id,nom' }), 'archive ZIP'],
    ['half a workbook', workbook(sheets).subarray(0, 600), 'abîmé'],
    [
      'a sheet that is no XML',
      zip({ 'xl/workbook.xml': '<workbook', 'xl/_rels/workbook.xml.rels': '<a/>' }),
      'abîmé',
    ],
    ['a text that has no end', workbook([{ rows: [TITLES, ['1', 'x'.repeat(11_000_000)]] }]), 'abîmé'],
    ['an empty sheet', workbook([{ rows: [] }]), 'ligne de titres'],
  ])('cannot be read of %s, which is told', async (_, content, told) => {
    await expect(read(content)).rejects.toThrow(told)
  })
})

it('reads a workbook as any source', async () => {
  const rows = [
    ['Identifiant', 'Nom du lieu', 'SIRET', 'Code postal', 'Téléphone', 'Mis à jour le'],
    ['a', 'Espace', 26290001200019, 1000, 298000000, { value: 45352, format: 14 }],
  ]
  const { records, unreadable, progress } = await readAll(file(workbook([{ rows }])))
  expect(unreadable).toEqual([])
  expect(records.map(said)).toEqual([
    {
      id: 'a',
      nom: 'Espace',
      pivot: '26290001200019',
      code_postal: '01000',
      telephone: '0298000000',
      date_maj: '2024-03-01',
    },
  ])
  expect(progress.done).toBe(progress.total)
})
