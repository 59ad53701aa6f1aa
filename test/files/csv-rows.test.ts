import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/config/csv-table.ts'
import { csvRows } from '../../src/files/csv-rows.ts'
import { isUnreadable } from '../../src/files/raw-row.ts'
import { inChunks } from './helpers.ts'

const KNOWN = new Set(['id', 'nom', 'commune'])
const isKnown = (title: string) => KNOWN.has(title)

async function read(text: string, { chunk = 7, part = 16 } = {}) {
  const source = csvRows(() => inChunks(text, chunk), 'liste.csv', isKnown, {
    part,
    head: Math.max(part, 60),
  })
  const rows: { line: number; values: readonly unknown[] }[] = []
  const unreadable: { line: number; reason: string }[] = []
  for await (const row of source.rows) {
    if (isUnreadable(row)) unreadable.push(row)
    else rows.push({ line: row.line, values: row.values })
  }
  return { rows, unreadable, notes: source.notes() }
}
const values = (found: Awaited<ReturnType<typeof read>>) => found.rows.map((row) => row.values)

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\t', '\n', '\r\n', '12"', '€'),
  maxLength: 8,
})

describe('the rows of a CSV text', () => {
  it('are those of the table that was written, whatever its cells, separator, line ends, and the parts it comes in', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 200 }),
        async (table, separator, end, chunk, part) => {
          const kept = table.filter((row) => row.some((one) => one.trim() !== ''))
          const text = [['id', 'nom', 'commune'], ...kept]
            .map((row) => row.map(quoted).join(separator))
            .join(end)
          const found = await read(text, { chunk, part })
          expect(found.unreadable).toEqual([])
          expect(values(found)).toEqual(kept)
        },
      ),
      { numRuns: 300 },
    ))

  it('are those that are read at once, line for line, whatever is broken in the text', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom('a', '1,2,3', '1,"2,3', '"1",2,3', '1,2', '1,2,3,4', '1,12",3', '', '"', 'x"y'),
          {
            maxLength: 40,
          },
        ),
        async (lines) => {
          const text = ['id,nom,commune', ...lines].join('\n')
          const whole = readTable(text, 'liste.csv', isKnown)
          const found = await read(text, { chunk: 1000, part: 100_000 })
          expect(found.rows).toEqual(whole.rows.map(({ line, cells }) => ({ line, values: cells })))
          expect(found.unreadable).toEqual(whole.unreadable)
        },
      ),
      { numRuns: 300 },
    ))

  it('are each read or told, however the text is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('1,2,3', '1,"2,3', '"1",2,3', '1,2', '1,2,3,4', '1,12",3', 'a'), {
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 60 }),
        async (lines, part) => {
          const found = await read(['id,nom,commune', ...lines].join('\n'), { chunk: 5, part })
          const sound = lines.flatMap((line, at) =>
            /^(?:1,2,3|"1",2,3|1,2|1,12",3)$/u.test(line) ? [at + 2] : [],
          )
          const told = new Set([...found.rows, ...found.unreadable].map(({ line }) => line))
          const isAlone = !lines.includes('1,"2,3')
          // A quote that opens may take the lines after it in; without one every line is a row, read or told.
          if (isAlone) {
            expect(found.rows.map(({ line }) => line)).toEqual(sound)
            expect(told.size).toBe(lines.length)
          }
          expect(new Set(found.rows.map(({ line }) => line)).size).toBe(found.rows.length)
        },
      ),
      { numRuns: 300 },
    ))

  it.each([
    [
      'a quote that opens nothing',
      'id,nom\n1,Écran 12" large\n2,B',
      [
        ['1', 'Écran 12" large'],
        ['2', 'B'],
      ],
      [],
    ],
    [
      'empty lines',
      '\n\nid,nom\n\n1,A\n\n\n2,B\n',
      [
        ['1', 'A'],
        ['2', 'B'],
      ],
      [],
    ],
    [
      'lines of separators alone',
      'id;nom\n1;A\n;\n;;\n2;B',
      [
        ['1', 'A'],
        ['2', 'B'],
      ],
      [],
    ],
    [
      'the titles again',
      'id,nom\n1,A\nid,nom\n2,B',
      [
        ['1', 'A'],
        ['2', 'B'],
      ],
      [],
    ],
    [
      'ragged rows',
      'id,nom,commune\n1\n2,B\n3,C,Brest,\n4,D,Brest,trop',
      [
        ['2', 'B'],
        ['3', 'C', 'Brest', ''],
      ],
      [2, 5],
    ],
    ['titles of several lines', 'id,"nom\ndu lieu",commune\n1,A,Brest', [['1', 'A', 'Brest']], []],
    ['a heading above the titles', 'Liste au 3 mars\n\nid;nom;commune\n1;A;Brest', [['1', 'A', 'Brest']], []],
    ['the line that tells Excel its separator', 'sep=|\nid|nom\n1|A', [['1', 'A']], []],
  ] as const)('are read with %s', async (_, text, rows, unreadable) => {
    for (const part of [1, 16, 100_000]) {
      const found = await read(text, { part })
      expect(values(found)).toEqual(rows)
      expect(found.unreadable.map(({ line }) => line)).toEqual(unreadable)
    }
  })

  it('have the line that they begin on in the file', async () => {
    const found = await read('Liste\nid,nom\n1,A\n\n2,"B\nb"\n3,"C\n4,D\n5,E', { part: 4 })
    expect(found.rows.map(({ line }) => line)).toEqual([3, 5, 8, 9])
    expect(found.unreadable.map(({ line }) => line)).toEqual([7])
  })

  it('cannot be told without a line of titles', async () => {
    await expect(read('\n\n  \n')).rejects.toThrow('ligne de titres')
  })

  it('are no table where a line never ends', async () => {
    await expect(
      read(`id,nom\n${'x'.repeat(2_200_000)}\n`, { chunk: 100_000, part: 65_536 }),
    ).rejects.toThrow('la ligne 2')
  })

  it('say what was odd', async () => {
    const { notes } = await read('Export\nid;nom;commune\n1;A;Brest\n2;B\nid;nom;commune\n')
    expect(notes).toEqual([
      'Séparateur de colonnes : point-virgule.',
      expect.stringContaining('pas sur la première ligne'),
      expect.stringContaining('plus courtes que celle des titres (4)'),
      expect.stringContaining('titres est répétée (5)'),
    ])
  })
})
