import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeNewFile } from '../../src/commands/write-new-file.ts'
import { cli } from '../helpers/cli.ts'
import { plainSpaces } from '../helpers/plain.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-fix-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)
const file = (name: string, text: string) => {
  writeFileSync(path(name), text)
  return path(name)
}

describe('portrea assess --fix', () => {
  const csv = [
    'id,nom,telephone,_note',
    'a,Espace,02 98 00 00 00,x',
    'b,ESPACE DE VIE SOCIALE,02 98,y',
    'c,trop,de,cellules,ici',
    '',
  ].join('\n')

  it('writes a copy with the safe suggestions only, and says each change', async () => {
    const [given, copy] = [file('in.csv', csv), path('out.csv')]
    const { code, stdout } = await cli(['assess', given, '--fix', copy, '--json'])
    expect(code).toBe(1)
    expect(readFileSync(given, 'utf8')).toBe(csv)
    expect(readFileSync(copy, 'utf8')).toBe(
      csv.replace('02 98 00 00 00', '+33298000000').replace('ESPACE DE VIE SOCIALE', 'Espace de Vie Sociale'),
    )
    expect(JSON.parse(stdout).fixed).toEqual({
      file: copy,
      records: 2,
      changes: [
        {
          ...{ id: 'a', line: 2, column: 'telephone', field: 'telephone', code: 'telephone.notation' },
          ...{ before: '02 98 00 00 00', after: '+33298000000' },
        },
        {
          ...{ id: 'b', line: 3, column: 'nom', field: 'nom', code: 'nom.capitals' },
          ...{ before: 'ESPACE DE VIE SOCIALE', after: 'Espace de Vie Sociale' },
        },
      ],
      counts: [
        { code: 'nom.capitals', changes: 1 },
        { code: 'telephone.notation', changes: 1 },
      ],
      formulas: 0,
    })
  })

  it('copies formulas as they are, arms none, and says how many a spreadsheet would compute', async () => {
    const hostile = [
      'id,nom,telephone,adresse,longitude,_note',
      `a,"=HYPERLINK(""http://evil.example"")",+33298000000,@SUM(1),-2.5,=cmd|' /C calc'!A0`,
      'b, =1+1,+33298000000,+cmd,-4.1,-x',
      'c,Maison,02 98 00 00 00,,,',
      '',
    ].join('\n')
    const [given, copy] = [file('formulas.csv', hostile), path('formulas-out.csv')]
    const { stdout } = await cli(['assess', given, '--fix', copy])
    expect(readFileSync(copy, 'utf8')).toBe(hostile.replace('02 98 00 00 00', '+33298000000'))
    expect(plainSpaces(stdout)).toContain('5 cellules commencent comme une formule')
  })

  it('says the same to a person', async () => {
    const { stdout } = await cli(['assess', file('text.csv', csv), '--fix', path('text-out.csv')])
    expect(stdout).toContain('2 valeurs normalisées dans 2 fiches')
    expect(stdout).toMatch(/1 {2}telephone\.notation/u)
    const clean = await cli(['assess', path('text-out.csv'), '--fix', path('again.csv')])
    expect(clean.stdout).toContain('rien à y normaliser')
    expect(readFileSync(path('again.csv'), 'utf8')).toBe(readFileSync(path('text-out.csv'), 'utf8'))
  })

  it('never writes over a file, nor over its own input, nor a table as JSON', async () => {
    const [given, taken] = [file('kept.csv', csv), file('taken.csv', 'mine')]
    for (const copy of [taken, given, path('table.json')]) {
      const { code, stderr } = await cli(['assess', given, '--fix', copy])
      expect(code).toBe(2)
      expect(stderr).toContain(copy)
    }
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    expect(readFileSync(given, 'utf8')).toBe(csv)
    expect(existsSync(path('table.json'))).toBe(false)
    expect((await cli(['assess', given, '--fix', join(folder, 'nowhere', 'out.csv')])).code).toBe(3)
  })

  it('copies an array as a table, or as an array where the name says so', async () => {
    const given = file('in.json', '[{"id":"a","telephone":"02 98 00 00 00"}]')
    await cli(['assess', given, '--fix', path('array.csv')])
    await cli(['assess', given, '--fix', path('array.json')])
    expect(readFileSync(path('array.csv'), 'utf8')).toBe('id,telephone\na,+33298000000\n')
    expect(JSON.parse(readFileSync(path('array.json'), 'utf8'))).toEqual([
      { id: 'a', telephone: '+33298000000' },
    ])
  })
})

describe('a new file', () => {
  it('is whole, leaves no draft behind, and never takes the place of another', () => {
    writeNewFile(path('new'), 'é'.repeat(100_000))
    expect(readFileSync(path('new'), 'utf8')).toHaveLength(100_000)
    expect(() => writeNewFile(path('new'), 'other')).toThrow(expect.objectContaining({ code: 'USAGE' }))
    symlinkSync(path('dangling-target'), path('dangling'))
    expect(() => writeNewFile(path('dangling'), 'other')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
    expect(existsSync(path('dangling-target'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
