import { describe, expect, it } from 'vitest'
import { mentions } from '../../../src/domain/duplicates/mention.ts'

describe('« Pas un doublon de »', () => {
  it.each([
    ['structure-12', 'structure-12'],
    ['structure-12|structure-14', 'structure-14'],
    ['Structure-12 ; structure-14', 'structure-12'],
    ['12 14', '14'],
    ['fiche n° 12', '12'],
    ['Ce n’est pas structure-12, vu avec le maire', 'structure-12'],
    ['« Médiathèque » (Lannion, structure-12) : même SIRET.', 'structure-12'],
    ["ESPACE D'ACCUEIL 3", 'Espace d’accueil 3'],
    ['a, b', 'a, b'],
  ])('%j names %s', (text, reference) => {
    expect(mentions(text, [null, reference])).toBe(true)
  })

  it.each([
    ['structure-12', 'structure-1'],
    ['structure-12', '12'],
    ['structure-12', 'structure'],
    ['112', '12'],
    ['vu le 12/03/2026', '12'],
    ['', '12'],
    ['structure-12', ''],
  ])('%j does not name %s', (text, reference) => {
    expect(mentions(text, [reference, null])).toBe(false)
  })
})
