import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readViewWords } from '../../src/config/views-file.ts'
import { CONFIG } from '../helpers/rules.ts'

const whole = readFileSync(join(CONFIG, 'views.yaml'), 'utf8')
/** The faults of the file of this project, changed by one gesture. */
function faults(from: string | RegExp, to: string): readonly string[] {
  const changed = whole.replace(from, to)
  expect(changed).not.toBe(whole)
  const folder = mkdtempSync(join(tmpdir(), 'portrea-views-'))
  writeFileSync(join(folder, 'views.yaml'), changed)
  try {
    readViewWords(folder)
    return []
  } catch (error) {
    return (error as { faults: readonly string[] }).faults
  }
}

describe('config/views.yaml', () => {
  it('asks the questions in the order in which they are written', () => {
    const { forms } = readViewWords(CONFIG)
    expect(Object.keys(forms.diagnostic.questions).slice(0, 4)).toEqual([
      'epci',
      'date',
      'governance',
      'roadmap',
    ])
    expect(Object.keys(forms.diagnostic.questions)).toHaveLength(14)
  })

  it('takes a question without words of its own', () => {
    expect(readViewWords(CONFIG).forms.newActor.questions['code_postal']).toBeNull()
  })

  it.each([
    [
      'a title that all lists would share',
      '"{epci} : à compléter"',
      'À compléter par EPCI',
      /\{epci\} y manque\s:/,
    ],
    [
      'two views of one name',
      'title: Anomalies',
      'title: À contacter',
      /deux vues s’appellent «\sÀ contacter\s»/,
    ],
    ['a column that no form asks', '      code_postal:\n', '      completeness:\n', /completeness/],
    ['a view that is missing', /  duplicates: .*\n/, '', /views\.duplicates\s: absent\s; ajoutez-le/],
    ['a key that is none', 'heading: Nouvel acteur', 'titre: Nouvel acteur', /titre\s: clé inconnue/],
  ])('tells %s with its line', (_, from, to, expected) => {
    const found = faults(from, to)
    expect(found.join('\n')).toMatch(expected)
    for (const fault of found) expect(fault).toMatch(/^views\.yaml:\d+: /)
  })
})
