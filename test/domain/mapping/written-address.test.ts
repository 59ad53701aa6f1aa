import { describe, expect, it } from 'vitest'
import { mappedValue } from '../../../src/domain/mapping/mapping.ts'
import { readAddress } from '../../../src/domain/mapping/written-address.ts'

describe('an address in one cell', () => {
  it.each([
    ['29200 BREST', null, '29200', 'BREST'],
    ['29 200 Brest', null, '29200', 'Brest'],
    ['Brest (29200)', null, '29200', 'Brest'],
    ["L'Haÿ-les-Roses 94240", null, '94240', "L'Haÿ-les-Roses"],
    ['12 rue de la Paix, 29200 Brest Cedex 2', '12 rue de la Paix', '29200', 'Brest'],
    ['12 rue de la Paix\n29200 Brest', '12 rue de la Paix', '29200', 'Brest'],
    ['12 rue de la Paix, Brest (29200)', '12 rue de la Paix', '29200', 'Brest'],
    ['1 place de la Mairie - 56000 - Vannes', '1 place de la Mairie', '56000', 'Vannes'],
  ])('%j', (text, street, postalCode, commune) => {
    expect(readAddress(text)).toEqual({ street, postalCode, commune })
  })

  it.each(['Saint-Malo', '29200', '29200 12 rue Haute', '06 12 34 56 78', '', 'x'.repeat(5000)])(
    'is none: %.20j',
    (text) => {
      expect(readAddress(text)).toBeNull()
    },
  )

  it.each([
    ['29200 BREST', '29200', 'BREST', null],
    ['12 rue Haute, 29200 Brest', '29200', 'Brest', '12 rue Haute'],
    ['Brest', null, 'Brest', 'Brest'],
    ['29200', '29200', null, null],
    [null, null, null, null],
  ])(
    'gives each field its part of %j, and loses nothing that it does not understand',
    (cell, code, commune, street) => {
      const read = (field: string) => mappedValue({ address: 'CP Ville' }, field, () => cell)
      expect([read('code_postal'), read('commune'), read('adresse')]).toEqual([code, commune, street])
    },
  )
})
