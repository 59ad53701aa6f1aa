import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readSources } from '../../src/config/sources.ts'
import { PortreaError } from '../../src/errors.ts'
import { CONFIG, rules } from '../helpers/rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
function faultsOf(...files: readonly string[]): readonly string[] {
  const directory = join(folder, String(++count))
  mkdirSync(join(directory, 'sources'), { recursive: true })
  for (const [at, text] of files.entries())
    writeFileSync(join(directory, 'sources', `liste-${at}.yaml`), text)
  try {
    readSources(directory, rules)
    return []
  } catch (cause) {
    if (cause instanceof PortreaError) return cause.faults
    throw cause
  }
}
const sound = (more: string) =>
  `title: Liste\nproducer: Un Hub\nlicence: LO 2.0\nattribution: Un Hub\nformat: csv\n${more}`

describe('config/sources/', () => {
  it('has the presets that ship, each with whom to cite', () => {
    const sources = readSources(CONFIG, rules)
    expect([...sources.keys()]).toEqual(
      expect.arrayContaining([
        'aidants-connect',
        'cartographie-nationale',
        'conseillers-numeriques',
        'data-inclusion',
        'france-services',
        'gogocarto',
      ]),
    )
    for (const { producer, attribution, licence } of sources.values())
      for (const text of [producer, attribution, licence]) expect(text).not.toBe('')
  })

  it('may be absent', () => {
    expect(readSources(join(folder, 'sans'), rules)).toEqual(new Map())
  })

  it.each([
    ['an unknown key', sound('urll: https://exemple.fr'), 'sources/liste-0.yaml:6: urll : clé inconnue'],
    ['no licence', sound('').replace(/licence.*\n/u, ''), 'licence : absent'],
    ['an address that is none', sound('url: ftp://exemple.fr'), 'url : doit être une adresse http(s)'],
    ['a field that does not exist', sound('columns: { couleur: Couleur }'), 'columns.couleur : clé inconnue'],
    [
      'two ways for one field',
      sound('columns: { nom: { title: A, from: { first: [B] } } }'),
      'title ou from',
    ],
    [
      'a word that is no value',
      sound('columns: { itinerance: { title: A, words: { Oui: Mobile } } }'),
      '« Mobile » n’est pas une valeur attendue',
    ],
    [
      'a constant that is no value',
      sound('columns: { dispositif_programmes_nationaux: { from: { constant: FS } } }'),
      '« FS » n’est pas une valeur attendue',
    ],
    [
      'words to leave all others, and none',
      sound('columns: { nom: { title: A, others: drop } }'),
      'ne laisserait rien',
    ],
    ['what is no YAML', 'title: [', 'sources/liste-0.yaml:1: ce n’est pas du YAML'],
  ])('tells %s, with file, line and the way to mend it', (_, text, fault) => {
    expect(
      faultsOf(text)
        .join('\n')
        .replaceAll(/[\u00a0\u202f]/gu, ' '),
    ).toContain(fault)
  })

  it('tells the faults of all files at once', () => {
    expect(faultsOf(sound('x: 1'), sound('y: 1'))).toHaveLength(2)
  })
})
