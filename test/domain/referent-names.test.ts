import { describe, expect, it } from 'vitest'
import { referentFinder } from '../../src/domain/referent-names.ts'

const find = referentFinder([
  { id: 4, name: 'Maëlle Le Modèle' },
  { id: 2, name: 'Yann KERFICTIF' },
  { id: 9, name: 'Yann Kerfictif' },
  { id: 5, name: null },
])

describe('the référent·e named by a record', () => {
  it.each([
    ['Maëlle Le Modèle', [4]],
    ['LE MODELE  Maelle', [4]],
    ['Le Modèle, Maëlle', [4]],
    ['Yann Kerfictif', [2]],
    ['Yann Kerfictif et Maëlle Le Modèle', [2, 4]],
    ['Yann Kerfictif / Yann Kerfictif', [2]],
    [null, []],
    ['  ', []],
  ])('« %s » is known', (cell, ids) => {
    expect(find(cell)).toEqual({ ids, unknown: false })
  })

  it('is unknown where the table does not list them, even beside one whom it does', () => {
    expect(find('Quelqu’un')).toEqual({ ids: [], unknown: true })
    expect(find('Yann Kerfictif, Quelqu’un')).toEqual({ ids: [2], unknown: true })
  })
})
