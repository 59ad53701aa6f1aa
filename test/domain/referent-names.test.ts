import { describe, expect, it } from 'vitest'
import { nameReader, referentFinder } from '../../src/domain/referent-names.ts'

const same = (text: string) => text
const names = nameReader(same)
const found = referentFinder(
  [
    { id: 4, name: 'Maëlle Le Modèle' },
    { id: 2, name: 'Yann KERFICTIF' },
    { id: 9, name: 'Yann Kerfictif' },
    { id: 5, name: null },
  ],
  same,
)
const find = (cell: string | null) => found(names(cell))

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

  it('takes the first row of two people of one name, whatever the order, and no row without a name', () => {
    const people = [
      { id: 9, name: 'Awa Le Goff' },
      { id: 4, name: 'Le Goff Awa' },
      { id: 2, name: null },
      { id: 1, name: ' ' },
    ]
    for (const some of [people, people.toReversed()]) {
      expect(referentFinder(some, same)(names('AWA LE GOFF'))).toEqual({ ids: [4], unknown: false })
      expect(referentFinder(some, same)(names(' '))).toEqual({ ids: [], unknown: false })
      expect(referentFinder(some, same)(names('; Awa Le Goff,'))).toEqual({ ids: [4], unknown: false })
      expect(referentFinder(some, same)(names('Awa Legoff'))).toEqual({ ids: [], unknown: true })
    }
  })
})
