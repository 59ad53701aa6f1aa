import { describe, expect, it } from 'vitest'
import { phonetic } from '../../../src/domain/duplicates/phonetic.ts'

describe('the sound of a word', () => {
  it.each([
    ['pharmacie', 'farmacie'],
    ['theodore', 'teodor'],
    ['hopital', 'opital'],
    ['bhan', 'ban'],
    ['rhin', 'rin'],
    ['chateau', 'chato'],
    ['chateaux', 'chateau'],
    ['bau', 'bo'],
    ['maine', 'mene'],
    ['neige', 'nege'],
    ['kersaint-gilly', 'kersaint-gilli'],
    ['gwenay', 'gwene'],
    ['trey', 'tre'],
    ['quimper', 'kimper'],
    ['coq', 'cok'],
    ['breck', 'brek'],
    ['carhaix', 'karhaix'],
    ['actu', 'aktu'],
    ['ctre', 'ktre'],
    ['banc', 'bank'],
    ['crozon', 'kroson'],
    ['cesson', 'sesson'],
    ['cessonn', 'ceson'],
    ['zola', 'sola'],
    ['gilles', 'jilles'],
    ['geai', 'jeai'],
    ['wallon', 'vallon'],
    ['lammenais', 'lamennais'],
    ['lamballle', 'lambale'],
    ['rues', 'rue'],
    ['renard', 'renar'],
    ['poux', 'pou'],
    ['loup', 'lou'],
    ['gars', 'gar'],
  ])('is one for « %s » and « %s »', (one, other) => {
    expect(phonetic(one)).toBe(phonetic(other))
  })

  it.each([
    ['gare', 'jare'],
    ['callac', 'sallas'],
    ['chat', 'sat'],
    ['ahmed', 'amed'],
    ['petite', 'peti-te'],
    ['brest', 'bres-rest'],
    ['sept', 'se'],
    ['coquille', 'coui'],
    ['laine', 'line'],
    ['bateau', 'batau-e'],
    ['clohars', 'clars'],
    ['ecole', 'eole'],
  ])('is another for « %s » and « %s »', (one, other) => {
    expect(phonetic(one)).not.toBe(phonetic(other))
  })

  it('is the word itself where nothing of it would be heard', () => {
    expect(phonetic('e')).toBe('e')
    expect(phonetic('t')).toBe('t')
    expect(phonetic('')).toBe('')
  })
})
