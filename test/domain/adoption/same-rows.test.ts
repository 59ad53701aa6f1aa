import { describe, expect, it } from 'vitest'
import { sameRows, tellingColumns } from '../../../src/domain/adoption/same-rows.ts'

const row = (nom: string | null, town: string | null = null, pivot: string | null = null) => ({
  nom,
  town,
  pivot,
})

describe('rows of one list that stand in another', () => {
  it.each([
    [
      'the same SIRET, whatever the name',
      row('Le Phare', 'Brest', '130 025 265 00013'),
      row('Phare', 'Brest', '13002526500013'),
      1,
    ],
    ['the same name in the same town', row('Mairie', 'Plogonnec'), row('MAIRIE', 'plogonnec'), 1],
    ['the same name in another town', row('Mairie', 'Plogonnec'), row('Mairie', 'Quimper'), 0],
    ['the same name, where one says no town', row('Le Phare', 'Brest'), row('le phare'), 1],
    ['nothing in common', row('Le Phare', 'Brest'), row('La Fabrique', 'Brest'), 0],
  ])('are told by %s', (_, one, other, rows) => {
    expect(sameRows([one], [other])).toEqual({ rows, of: 1 })
  })

  it('leave out what names no place', () => {
    expect(sameRows([row(null, 'Brest'), row('Le Phare', 'Brest')], [row(null, 'Brest')])).toEqual({
      rows: 0,
      of: 1,
    })
  })

  it('are compared by what both tables have of the town', () => {
    const one = new Map([
      ['nom', 'Nom'],
      ['commune', 'Ville'],
      ['code_postal', 'CP'],
    ])
    const other = new Map([
      ['nom', 'Lieu'],
      ['code_postal', 'Code'],
    ])
    expect(tellingColumns(one, other)).toEqual([
      { nom: 'Nom', pivot: null, town: 'CP' },
      { nom: 'Lieu', pivot: null, town: 'Code' },
    ])
  })
})
