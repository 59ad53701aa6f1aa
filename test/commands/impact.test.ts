import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changedBeside, inputsOfFiles, readProposed } from '../../src/commands/rules-proposed.ts'
import { cli } from '../helpers/cli.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-impact-'))
const put = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const REFERENTIALS = readFileSync(join(CONFIG, 'referentials.yaml'), 'utf8')
const other = REFERENTIALS.replace('confidence: { high: 10,', 'confidence: { high: 25,')

describe('rules that are proposed', () => {
  it('are one file, by its name or by what it holds, in the place of that of config/', () => {
    for (const name of ['referentials.yaml', 'essai.yml']) {
      const proposed = readProposed(put(name, other), CONFIG)
      expect(proposed.referentials.confidence.high).toBe(25)
      expect(proposed.maturity).toEqual(rules.maturity)
      expect(proposed.fingerprint).not.toBe(rules.fingerprint)
    }
  })

  it('are a folder with some of the files, and tell which of them stored inputs cannot show', () => {
    mkdirSync(join(folder, 'config'))
    put('config/referentials.yaml', other)
    const prefill = readFileSync(join(CONFIG, 'prefill.yaml'), 'utf8')
    put('config/prefill.yaml', prefill.replace('per10000: 3', 'per10000: 4'))
    const proposed = readProposed(join(folder, 'config'), CONFIG)
    expect(changedBeside(rules, proposed)).toEqual(['prefill.yaml'])
    expect(changedBeside(rules, rules)).toEqual([])
  })

  it('are refused where they cannot be read, or replace nothing', () => {
    expect(() => readProposed(join(folder, 'absent.yaml'), CONFIG)).toThrow(/n'existe pas/)
    expect(() => readProposed(put('autre.yaml', 'a: 1'), CONFIG)).toThrow(/donnez à ce fichier le nom/)
    mkdirSync(join(folder, 'vide'))
    expect(() => readProposed(join(folder, 'vide'), CONFIG)).toThrow(/aucun fichier de règles/)
    const wrong = put('referentials.yaml', other.replace('weight: 40', 'weight: 41'))
    expect(() => readProposed(wrong, CONFIG)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('stored inputs in files', () => {
  const report = {
    ...{ siren: '200069409', name: 'CA X', retained: 'outil', population: 1000, actors: 3 },
    situation: {
      answers: { aim: 'database' },
      observed: {},
      drivers: { actors: 4 },
      listed: { referents: 2 },
    },
  }

  it('are a list, reports of the API, one situation, or a folder of them', () => {
    const [found] = inputsOfFiles(put('rapports.json', JSON.stringify({ epcis: [report] })))
    expect(found).toMatchObject({ siren: '200069409', name: 'CA X', retained: 'outil' })
    expect(found?.situation).toMatchObject({ answers: { aim: 'database' }, listed: { referents: 2 } })
    mkdirSync(join(folder, 'situations'))
    put('situations/a.yaml', 'siren: 200069409\nanswers: { aim: networking }')
    put('situations/b.json', '{ "answers": { "aim": "none" } }')
    expect(inputsOfFiles(join(folder, 'situations')).map(({ name }) => name)).toEqual([
      'CA Saint-Brieuc Armor Agglomération',
      'b.json 1',
    ])
  })

  it('are held against both sets of rules, and nothing is applied', async () => {
    const on = put('base.json', JSON.stringify([report]))
    const proposed = put('propose.yaml', other)
    const { stdout, code } = await cli(['rules', '--impact', proposed, '--on', on, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ rules: rules.fingerprint, epcis: 1 })
    expect(readFileSync(join(CONFIG, 'referentials.yaml'), 'utf8')).toBe(REFERENTIALS)
  }, 60_000)
})
