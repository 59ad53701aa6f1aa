import { describe, expect, it } from 'vitest'
import { placeNames } from '../../src/nocodb/place-names.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'

describe('the names of places', () => {
  it('are those of the base now, one line each; those without a name and those that are gone are left out', async () => {
    const { parts } = await doubleBase({
      EPCI: [],
      Acteurs: [{ Nom: 'Médiathèque\nAndré Malraux' }, { Nom: null }, { Nom: 'Mairie' }],
    })
    const names = await placeNames(parts.base, settings.columns, [1, 2, 99])
    expect(names).toEqual(new Map([[1, 'Médiathèque André Malraux']]))
    expect(await placeNames(parts.base, settings.columns, [])).toEqual(new Map())
  })
})
