import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordReader } from '../../../src/domain/mapping/words.ts'

describe("a Hub's own words", () => {
  const words = wordReader({
    'Démarches en ligne': 'Aide aux démarches administratives',
    'mail, navigation': 'Maîtrise des outils numériques du quotidien',
    Café: '',
  })
  it.each([
    [
      'the whole cell, whatever its case and accents',
      'DEMARCHES  en ligne ',
      'Aide aux démarches administratives',
    ],
    ['a word with a comma', 'Mail, navigation', 'Maîtrise des outils numériques du quotidien'],
    [
      'values between bars',
      'mail, navigation|démarches en ligne',
      'Maîtrise des outils numériques du quotidien|Aide aux démarches administratives',
    ],
    ['values between commas', 'Démarches en ligne, Prêt', 'Aide aux démarches administratives|Prêt'],
    ['a word that says nothing', 'café', ''],
    ['beside one that does', 'Café; démarches en ligne', 'Aide aux démarches administratives'],
    ['the same twice', 'démarches en ligne|Démarches en ligne', 'Aide aux démarches administratives'],
    ['what is none of them stays as it is', ' Prêt ; Don, troc ', ' Prêt ; Don, troc '],
  ])('are read as the words expected: %s', (_, text, expected) => {
    expect(words(text)).toBe(expected)
  })

  it('change nothing where none of them stands', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wordReader({ zzzz: 'a' })(text)).toBe(text)
      }),
    )
  })
})
