import { describe, expect, it } from 'vitest'
import { duplicateIndex } from '../../src/domain/duplicates.ts'
import { actorOf } from './completeness/records.ts'

const LIBRARY = {
  nom: 'Médiathèque de Callac',
  commune: 'Callac',
  adresse: '3 rue de Genève',
  telephone: '+33296604787',
  pivot: '21220025700012',
}

function pairs(...records: readonly Partial<typeof LIBRARY>[]) {
  const index = duplicateIndex()
  for (const [at, fields] of records.entries())
    index.add(actorOf(fields, { id: `fiche-${at + 1}` }), '200069409')
  return index.pairs()
}

describe('possible duplicates', () => {
  it('are two records of one name, one commune and one address, however they are written', () => {
    const other = { nom: 'MEDIATHEQUE DE CALLAC', commune: 'CALLAC', adresse: '3, r. de geneve' }
    expect(pairs(LIBRARY, other)).toEqual([
      { one: 'fiche-1', other: 'fiche-2', reason: 'même nom et même commune, même adresse' },
    ])
  })

  it('are explained by all that agrees', () => {
    const [pair] = pairs(LIBRARY, { ...LIBRARY, adresse: 'Le Bourg', telephone: '02 96 60 47 87' })
    expect(pair?.reason).toBe('même nom et même commune, même téléphone et SIRET ou RNA')
  })

  it('are not two branches that share a SIRET, nor two places that share a name only', () => {
    expect(pairs(LIBRARY, { ...LIBRARY, nom: 'Mairie de Callac' })).toEqual([])
    expect(pairs(LIBRARY, { ...LIBRARY, commune: 'Lannion' })).toEqual([])
    expect(pairs(LIBRARY, { nom: LIBRARY.nom, commune: LIBRARY.commune })).toEqual([])
    expect(
      pairs(
        { ...LIBRARY, pivot: '00000000000000', adresse: '', telephone: '' },
        { nom: LIBRARY.nom, commune: LIBRARY.commune, pivot: '00000000000000' },
      ),
    ).toEqual([])
  })

  it('are each given once, in the order of their ids whatever the order of reading', () => {
    const found = pairs(LIBRARY, LIBRARY, LIBRARY).map(({ one, other }) => `${one} ${other}`)
    expect(found).toEqual(['fiche-1 fiche-2', 'fiche-1 fiche-3', 'fiche-2 fiche-3'])
  })

  it('are not proposed by the hundred where one import repeats itself', () => {
    expect(pairs(...Array.from({ length: 21 }, () => LIBRARY))).toEqual([])
  })
})
