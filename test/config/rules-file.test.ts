import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readRules } from '../../src/config/rules-file.ts'
import { PortreaError } from '../../src/errors.ts'
import { CONFIG } from '../helpers/rules.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The faults of our own rules after one change. */
function faultsWith(file: string, from: string, to: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-rules-'))
  folders.push(folder)
  cpSync(CONFIG, folder, { recursive: true })
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, file), text.replace(from, to))
  try {
    readRules(folder)
    return []
  } catch (cause) {
    return cause instanceof PortreaError ? cause.faults : [String(cause)]
  }
}

describe('the rules in config/', () => {
  it('want a fit for each answer: a misspelt one would silently count as unknown', () => {
    const faults = faultsWith(
      'referentials.yaml',
      'fits: { mutual_knowledge: 1',
      'fits: { mutual_knowlege: 1',
    )
    expect(faults).toEqual([
      expect.stringMatching(/fits\.mutual_knowledge.: absent/),
      expect.stringMatching(/fits\.mutual_knowlege.: clé inconnue/),
    ])
  })

  it('want weights that sum to 100', () => {
    expect(faultsWith('referentials.yaml', 'weight: 40', 'weight: 45')).toEqual([
      expect.stringMatching(/la somme des poids est 105.; ramenez-la à 100/),
    ])
  })

  it('name what is wrong in the types of territories, with its line', () => {
    const tone = faultsWith('typology.yaml', 'tone: bad', 'tone: rouge')
    expect(tone).toEqual([expect.stringMatching(/^typology\.yaml:\d+: types\.0\.tone/)])
    const away = faultsWith('maturity.yaml', '      - { key: mastery,', '      # - { key: mastery,')
    expect(away).toContainEqual(
      expect.stringMatching(/^typology\.yaml:\d+: .*«.mastery.» n’est dans aucun facteur/),
    )
  })
})
