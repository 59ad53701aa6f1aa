import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readNeedFile } from '../../src/config/need-file.ts'
import type { NeedFileContext } from '../../src/config/need-file.ts'
import { rules } from '../helpers/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-needs-'))
afterAll(() => rmSync(folder, { recursive: true }))
const [BREST, RENNES, DINAN] = ['242900314', '243500139', '200068989']
const KNOWN = new Set([BREST, RENNES, DINAN])

function read(text: string, parts: Partial<NeedFileContext> = {}) {
  const path = join(folder, 'besoins')
  writeFileSync(path, text)
  return readNeedFile(path, {
    source: 'La Mednum',
    year: 2023,
    sirenNames: ['siren', 'code epci'],
    stranger: (siren) => (KNOWN.has(siren) ? null : `${siren} est inconnu`),
    need: rules.typology.need,
    words: rules.completeness,
    ...parts,
  })
}
const values = ({ figures }: ReturnType<typeof read>) =>
  Object.fromEntries(
    [...figures].map(([siren, its]) => [
      siren,
      Object.fromEntries(its.map((one) => [one.column, one.value])),
    ]),
  )

describe('a file of figures of need', () => {
  it.each([
    [
      'a French CSV',
      `\uFEFFCode EPCI;Nom;total;part\n${BREST};Brest;5,25;12 345,5\n243 500 139;Rennes;4;33,5 %\n`,
    ],
    [
      'a CSV with tabs',
      `siren\tnom\ttotal\tpart\n${BREST}\tBrest\t5.25\t12345.5\n${RENNES}\tRennes\t4\t33.5\n`,
    ],
    [
      'a file from a spreadsheet',
      `siren;nom;total;part\n="${BREST}";Brest;5,25;12\u202f345,5\n${RENNES}.0;Rennes;4;"33,5"\n`,
    ],
    [
      'an array',
      JSON.stringify([
        { siren: BREST, nom: 'Brest', total: 5.25, part: 12_345.5 },
        { siren: Number(RENNES), total: '4', part: 33.5 },
      ]),
    ],
    [
      'an object',
      JSON.stringify({
        epci: [
          { siren: BREST, nom: 'B', total: 5.25, part: 12_345.5 },
          { siren: RENNES, total: 4, part: '33,5' },
        ],
      }),
    ],
  ])('is read as %s: its SIREN column by name, its figures by theirs', (_, text) => {
    const found = read(text)
    expect(values(found)).toEqual({
      [BREST]: { total: 5.25, part: 12_345.5 },
      [RENNES]: { total: 4, part: 33.5 },
    })
    expect(found).toMatchObject({ columns: ['total', 'part'], refused: [] })
    expect(found.leftAside.map((title) => title.toLowerCase())).toEqual(['nom'])
    expect(found.figures.get(BREST)?.[0]).toEqual({
      column: 'total',
      value: 5.25,
      source: 'La Mednum',
      year: 2023,
    })
  })

  it('knows the column of SIREN by what it holds where no name tells it', () => {
    expect(values(read(`id;total\n${BREST};5\n${RENNES};4\n`))).toEqual({
      [BREST]: { total: 5 },
      [RENNES]: { total: 4 },
    })
    expect(() => read(`id;autre;total\n${BREST};${BREST};5\n`)).toThrow(/colonne de SIREN/)
  })

  it.each([
    ['a SIREN that the base has not', '123456789;5', 'ligne 3', /^123456789 est inconnu$/],
    ['no SIREN', ';5', 'ligne 3', /^pas de SIREN$/],
    ['a wrong SIREN', '24290031;5', 'ligne 3', /« 24290031 » n’est pas un SIREN/],
    ['no number', `${RENNES};beaucoup`, 'ligne 3', /^colonne « total » : « beaucoup » n’est pas un nombre$/],
    ['a number that can be read in two ways', `${RENNES};1.234,5`, 'ligne 3', /n’est pas un nombre/],
    ['a figure off its scale', `${RENNES};11`, 'ligne 3', /^colonne « total » : 11 n’est pas entre 1 et 10$/],
    ['an EPCI again', `${BREST};5`, 'ligne 3', /y est déjà \(ligne 2\)/],
  ])('tells %s by its line and reason, and takes the rest', (_, line, place, reason) => {
    const found = read(`siren;total\n${BREST};5\n${line}\n${DINAN};6\n`)
    expect(found.refused).toEqual([{ place, reason: expect.stringMatching(reason) }])
    expect(values(found)).toMatchObject({ [BREST]: { total: 5 }, [DINAN]: { total: 6 } })
    expect(values(found)[RENNES] ?? {}).toEqual({})
  })

  it('takes neither of two rows that contradict each other', () => {
    const found = read(`siren;total\n${BREST};5\n${RENNES};4\n${BREST};6\n`)
    expect(values(found)).toEqual({ [RENNES]: { total: 4 } })
    expect(found.refused.map(({ place }) => place)).toEqual(['ligne 2', 'ligne 4'])
  })

  it.each(['', '-', 'NC', 'n/a', '?'])('reads « %s » as unknown, never as zero nor as a fault', (cell) => {
    const found = read(`siren;total;part\n${BREST};${cell};3\n${RENNES};4;0\n`)
    expect(found.refused).toEqual([])
    expect(values(found)).toEqual({ [BREST]: { part: 3 }, [RENNES]: { total: 4, part: 0 } })
  })

  it('takes source and year row by row where columns say them, else as they are given', () => {
    const text = `siren;total;Source;Année\n${BREST};5;INSEE;2021\n${RENNES};4;;\n${DINAN};4;ANCT;hier\n`
    const found = read(text)
    expect(found.figures.get(BREST)).toEqual([{ column: 'total', value: 5, source: 'INSEE', year: 2021 }])
    expect(found.figures.get(RENNES)).toEqual([
      { column: 'total', value: 4, source: 'La Mednum', year: 2023 },
    ])
    expect(found.refused).toEqual([{ place: 'ligne 4', reason: '« hier » n’est pas une année' }])
    const none = read(text, { source: null, year: null })
    expect(none.refused.map(({ place }) => place)).toEqual(['ligne 3', 'ligne 4'])
  })

  it('is refused whole where nobody says where it comes from, or where it holds no figure', () => {
    const plain = `siren;total\n${BREST};5\n`
    expect(() => read(plain, { source: null })).toThrow(expect.objectContaining({ code: 'USAGE' }))
    expect(
      read(JSON.stringify({ source: 'IFN', epci: [{ siren: BREST, total: 5 }] }), {
        source: null,
      }).figures.get(BREST),
    ).toMatchObject([{ source: 'IFN' }])
    expect(() => read(`siren;nom\n${BREST};Brest\n`)).toThrow(/aucun chiffre/)
    expect(() => read(`siren;total;total\n${BREST};5;6\n`)).toThrow(/deux colonnes « total »/)
  })

  it('without a row names the columns to forget', () => {
    expect(read('siren;total;part\n')).toMatchObject({ columns: ['total', 'part'], rows: 0 })
  })
})
