import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plain } from '../helpers/plain.ts'

const why = (known: Parameters<typeof situation>[0]) =>
  assessTerritory(situation(known), rules).why.map(plain)

describe('« Pourquoi »', () => {
  it('says what speaks for the référentiel, what against it, and what is not known yet', () => {
    expect(
      why({ answers: { aim: 'database', tool: 'local', use: 'regular', mastery: 'autonomous' } }),
    ).toEqual([
      "« Outil » est recommandé parce que l'objectif est une base de données complète et à jour.",
      'À nuancer : un outil est déjà en place et maîtrisé.',
      "Pas encore de réponse : gouvernance locale, réseau d'acteurs, complétude des fiches et fraîcheur des fiches.",
    ])
  })

  it('names two reasons at most, the heaviest first', () => {
    const [first] = why({
      answers: { aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' },
      observed: { completeness: 20, freshness: 10 },
    })
    expect(first).toBe(
      "« Outil » est recommandé parce que l'objectif est une base de données complète et à jour et qu'une gouvernance et des référent·e·s peuvent porter le pré-remplissage.",
    )
  })

  it('ends, where all is known, with the smallest change that would change it', () => {
    const known = {
      answers: {
        ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ network: 'facilitated', meetingsPerYear: 4, commitment: 'funded' } as const),
        ...({ tool: 'none', use: 'none', mastery: 'none' } as const),
      },
      observed: {
        ...{ completeness: 20, freshness: 10, contactedShare: 0.5, participationRate: 0.5 },
        ...{ kindDiversity: 0.5, communesCovered: 0.5, editedLocallyShare: 0.5 },
      },
    }
    expect(why(known).at(-1)).toMatch(/^Si .*, ce serait « (Généraliste|Réseau) »\.$/)
  })

  it('says in one sentence that nothing is known', () => {
    expect(why({})).toEqual([
      "Rien n'est encore connu de ce territoire : « Généraliste », un accompagnement polyvalent, est proposé par défaut.",
    ])
  })

  it('gives the cause where an exception decides against the points', () => {
    const [first] = why({ answers: { aim: 'none', network: 'constituted', governance: 'active' } })
    expect(first).toMatch(
      /« Généraliste » est recommandé parce qu'aucun objectif n'a pu ou voulu être fixé : /,
    )
  })

  it('is one to three plain sentences of any territory, without a figure of points', () => {
    fc.assert(
      fc.property(anySituation, (given) => {
        const sentences = assessTerritory(given, rules).why
        expect(sentences.length).toBeGreaterThanOrEqual(1)
        expect(sentences.length).toBeLessThanOrEqual(3)
        for (const sentence of sentences) expect(sentence).toMatch(/^[^.]+\.$/)
        expect(sentences.join(' ')).not.toMatch(/points? sur|\(\d/)
      }),
    )
  })
})
