import { describe, expect, it } from 'vitest'
import { mentions, namedRecords } from '../../../src/domain/duplicates/mention.ts'

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

describe('a record of another table, named in « Pas un doublon de »', () => {
  const TABLES = ['Acteurs', 'Lieux', 'Lieux du bourg', 'Associations (2026)', 'Établissements']
  const read = namedRecords(TABLES.map((title, at) => ({ title, idOf: (row) => 1000 * at + row })))

  it.each([
    ['fiche n° 12 de « Lieux »', '@1012'],
    ['12 de Lieux', '@1012'],
    ['lieux 12', '@1012'],
    ['« Lieux » n°12', '@1012'],
    ['Lieux : 12', '@1012'],
    ["12 d'Acteurs", '@12'],
    ['12 dans la table Acteurs', '@12'],
    ['12 (Lieux du bourg)', '@2012'],
    ['12 de « Lieux du bourg » | 13 de « Lieux »', '@2012 | @1013'],
    ['Associations (2026) 7', '@3007'],
    ['n° 7 de « ETABLISSEMENTS »', '@4007'],
    ['7, Lieux 12', '7, @1012'],
  ])('%j is read as %s', (text, said) => {
    expect(read(text)).toBe(said)
  })

  it.each([
    ['12'],
    ['structure-12 | 14'],
    ['structure-12 de lieux'],
    ['12 lieuxdits'],
    ['vu le 12/03/2026'],
    ['les lieux du 12/03'],
    [''],
  ])('%j names none', (text) => {
    expect(read(text)).toBe(text)
  })

  it('leaves no number that would name a row of the table where it stands', () => {
    expect(mentions(read('fiche n° 12 de « Lieux »'), ['12'])).toBe(false)
    expect(mentions(read('12 de « Lieux » | 13'), ['13'])).toBe(true)
  })
})
