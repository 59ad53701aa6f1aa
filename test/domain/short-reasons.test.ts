import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose } from '../../src/domain/scoring.ts'
import { shortReasons } from '../../src/domain/short-reasons.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plain } from '../helpers/plain.ts'

const why = (known: Parameters<typeof situation>[0]) => recommend(situation(known), rules).why.map(plain)

describe('« Pourquoi »', () => {
  it('says what it asks for, what speaks for the référentiel, what against it, and what is not known yet', () => {
    expect(
      why({ answers: { aim: 'database', tool: 'local', use: 'regular', mastery: 'autonomous' } }),
    ).toEqual([
      'Préalable : savoir si une personne référente est désignée, qui pré-remplira la base avant la journée.',
      "« Outil » est recommandé parce que l'objectif est une base de données complète et à jour.",
      'À nuancer : un outil est déjà en place, en usage et maîtrisé.',
      'Pas encore connu : la gouvernance locale, la feuille de route, le nombre de référent·e·s et 2 autres points.',
    ])
  })

  it('names two reasons at most, the heaviest first', () => {
    const [first] = why({
      answers: { aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' },
      observed: { completeness: 20, freshness: 10 },
    })
    expect(first).toBe(
      "« Outil » est recommandé parce que l'objectif est une base de données complète et à jour et que les fiches sont très incomplètes et rarement à jour.",
    )
  })

  it('ends, where all is known, with the smallest change that would change it', () => {
    const known = {
      answers: {
        ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ network: 'facilitated', meetingsPerYear: 4, commitment: 'none' } as const),
        ...({ tool: 'local', use: 'regular', mastery: 'autonomous' } as const),
      },
      observed: {
        ...{ completeness: 90, freshness: 90, contactedShare: 0, participationRate: 0, communesCovered: 0.5 },
      },
    }
    expect(why(known).at(-2)).toMatch(/^Si .*, ce serait « (Généraliste|Réseau) »\.$/)
  })

  it('says in one sentence that nothing is known, and what each référentiel would take', () => {
    expect(why({})).toEqual([
      "Rien n'est encore connu de ce territoire : « Généraliste », un accompagnement polyvalent, est proposé par défaut.",
      '« Généraliste » ne se détache pas nettement : la charge serait de 9 jours pour les référent·e·s et 7,5 pour la ou le chargé·e de déploiement sous « Généraliste », de 10 et 5,5 sous « Outil », de 11,5 et 7 sous « Réseau ».',
    ])
  })

  it('gives the cause where an exception decides against the points', () => {
    const [first] = why({
      answers: {
        ...({ aim: 'none', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ network: 'constituted', commitment: 'funded' } as const),
      },
      observed: { contactedShare: 0, participationRate: 0 },
    })
    expect(first).toBe(
      "« Généraliste » est recommandé parce qu'on n'a pas pu ou voulu fixer d'objectif et qu'un accompagnement polyvalent convient alors mieux.",
    )
  })

  it('says of a tie that it is one, and claims nothing of criteria that have no words', () => {
    expect(why({ answers: { referents: 'one' } })[0]).toBe(
      '« Généraliste », « Outil » et « Réseau » ont autant de points : « Généraliste » est proposé par défaut.',
    )
    const silent = { ...rules, maturity: { ...rules.maturity, says: {} } }
    const answers = { governance: 'none', roadmap: 'none' } as const
    const [first] = shortReasons(choose(situation({ answers }), silent), situation({ answers }), silent, null)
    expect(first).not.toContain('aucun critère')
  })

  it('names as unknown only what counts', () => {
    const said = why({
      answers: {
        ...({ aim: 'networking', network: 'none', governance: 'active', roadmap: 'adopted' } as const),
        ...({ referents: 'pair', commitment: 'funded', tool: 'local', use: 'regular' } as const),
        mastery: 'autonomous',
      },
      observed: { completeness: 90, freshness: 90, communesCovered: 1 },
    }).join(' ')
    expect(said).not.toContain('Pas encore connu')
  })

  it('never says that something is there which nobody answered', () => {
    const said = why({ answers: { aim: 'mutual_knowledge', referents: 'pair' }, referents: 2 }).join(' ')
    expect(said).not.toMatch(/gouvernance locale (est|reste|n'est)/)
    expect(said).toContain('Pas encore connu : la gouvernance locale')
  })

  it('tells answers that contradict each other', () => {
    expect(why({ answers: { aim: 'networking', network: 'none', meetingsPerYear: 3 } }).join(' ')).toContain(
      "il n'y aurait aucun réseau, mais des rencontres du réseau dans l'année",
    )
    expect(why({ answers: { aim: 'database', referents: 'pair' }, referents: 0 }).join(' ')).toContain(
      'la table « Référents » ne nomme personne',
    )
  })

  it('is a few plain sentences of any territory, without a figure of points', () => {
    fc.assert(
      fc.property(anySituation, (given) => {
        const { why: sentences, contradictions, nearTie } = recommend(given, rules)
        expect(sentences.length).toBeGreaterThanOrEqual(1)
        expect(sentences.length).toBeLessThanOrEqual(4 + contradictions.length + (nearTie === null ? 0 : 1))
        for (const sentence of sentences) expect(sentence).toMatch(/^[^.]+\.$/)
        expect(sentences.join(' ')).not.toMatch(/points? sur|\(\d/)
      }),
    )
  })
})
