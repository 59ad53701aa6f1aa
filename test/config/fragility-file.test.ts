import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readFragility } from '../../src/config/fragility-file.ts'
import { rules } from '../helpers/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-fragility-'))
afterAll(() => rmSync(folder, { recursive: true }))
const read = (text: string, name = 'index') => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return readFragility(path, rules.indicators.fragility)
}
const rows = [
  { siren: '200069409', total: 4, poverty_rate: 5.5 },
  { siren: '242900314', total: 2 },
  { siren: '243500139', total: null },
]
const label = rules.indicators.fragility.components['poverty_rate']

describe('the file of an index of fragility', () => {
  it.each([
    ['a JSON object', JSON.stringify({ source: 'La Mednum', epci: rows }), 'La Mednum'],
    ['a JSON array', JSON.stringify(rows), null],
    ['a CSV', 'siren,total,poverty_rate\n200069409,4,5.5\n242900314,2,\n243500139,,\n', null],
    ['a French CSV', '\uFEFFsiren;total;poverty_rate\n200 069 409;4,0;5,5\n242900314;2;\n', null],
  ])('is read as %s, each score beside the median of the file', (_, text, source) => {
    const index = read(text)
    expect([...index.keys()]).toEqual(['200069409', '242900314'])
    expect(index.get('200069409')).toEqual({
      score: 4,
      median: 3,
      components: [{ key: 'poverty_rate', label, value: 5.5 }],
      source,
    })
    expect(index.get('242900314')?.components).toEqual([])
  })

  it.each([
    ['no column of ours', 'code;note\n200069409;4\n', /« siren » et « total »/],
    ['nothing', '', /est vide/],
    ['broken JSON', '{ "epci": [', /n’est pas du JSON/],
    ['another JSON', '{ "rows": [] }', /tableau « epci »/],
    ['an empty list', '[]', /aucun EPCI avec un SIREN et un score/],
  ])('is refused where it holds %s, and says what it must hold', (_, text, says) => {
    expect(() => read(text, 'wrong')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(says) }),
    )
  })

  it('is named where it cannot be read', () => {
    const path = join(folder, 'absent.json')
    expect(() => readFragility(path, rules.indicators.fragility)).toThrow(
      /absent\.json n’existe pas ; vérifiez le chemin/,
    )
  })

  const real = '../shared/data/ifn-epci-bretagne.json' // beside the project, and not part of it
  it.skipIf(!existsSync(real))('is read from the file of Brittany (skipped where it is not here)', () => {
    const index = readFragility(real, rules.indicators.fragility)
    expect(index.size).toBe(59)
    expect(index.get('245614417')).toMatchObject({ score: 7.95, components: { length: 5 } })
  })
})
