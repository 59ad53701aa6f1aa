import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disagreement } from '../../src/domain/disagreement.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'
import { plainSpaces } from '../helpers/plain.ts'

const between = (retained: Referential | null, one: Situation) => {
  const report = recommend(one, rules)
  return disagreement(retained, report, one, report.sensitivity.changes, rules)
}
const database = situation({
  answers: {
    ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
    network: 'constituted',
  },
})

describe('a human choice that is not the recommended one', () => {
  it('is told with both scores, what speaks for each, and what would join them', () => {
    const found = between('reseau', database)
    expect(found).toMatchObject({ retained: 'reseau', recommended: 'outil' })
    const plain = found?.sentences.map(plainSpaces)
    expect(plain).toEqual([
      'Le Hub a retenu « Réseau » (49 points) ; les règles recommandent « Outil » (75 points).',
      'Pour « Outil » : l’objectif est une base de données complète et à jour (40 sur 40) et la gouvernance locale peut porter le pré-remplissage (10 sur 10).',
      'Pour « Réseau » : un réseau constitué permet de s’appuyer sur ses membres (30 sur 30).',
      'Les règles rejoindraient ce choix si l’objectif était « Mise en réseau ».',
    ])
    expect(found?.gap).toBeCloseTo(75 - 49, 9)
  })

  it('says nothing for a side for which nothing known speaks', () => {
    const plain = (one: Situation, retained: Referential) =>
      between(retained, one)?.sentences.map(plainSpaces)
    expect(plain(situation({ answers: { aim: 'database', governance: 'active' } }), 'generaliste')).toEqual([
      expect.stringMatching(/^Le Hub a retenu « Généraliste » \(.*\) ; les règles recommandent « Outil »/u),
      'Pour « Outil » : l’objectif est une base de données complète et à jour (40 sur 40).',
      'Les règles rejoindraient ce choix si l’objectif était « Interconnaissance ».',
    ])
    expect(plain(situation({}), 'reseau')).toEqual([
      'Le Hub a retenu « Réseau » (50 points) ; les règles recommandent « Généraliste » (50 points).',
      'Les règles rejoindraient ce choix si l’objectif, qui reste à connaître, se révélait être « Mise en réseau ».',
    ])
  })

  it('gives the two strongest reasons, in whatever order the rules stand, and nothing that what is unknown could turn', () => {
    const report = recommend(database, rules)
    const said = (contributions: typeof report.contributions) =>
      disagreement('reseau', { ...report, contributions }, database, [], rules)?.sentences ?? []
    const [, advised, ...rest] = said(report.contributions)
    expect(said(report.contributions.toReversed())[1]).toBe(advised)
    expect(rest.at(-1)).toBe(
      'Aucune réponse ni aucun chiffre, changé seul, ne mènerait les règles à «\u202fRéseau\u202f».',
    )
    const at = (low: number) =>
      said(report.contributions.map((one) => ({ ...one, range: [low, Math.max(low, 0.8)] as const })))
    expect(at(0.5)).toHaveLength(4)
    expect(at(0.49)).toHaveLength(2)
  })

  it('is nothing where none is made, or where they are one', () => {
    expect(between(null, database)).toBeNull()
    expect(between('outil', database)).toBeNull()
  })

  it('is told whatever is known, and what would join them does', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...REFERENTIALS), (one, retained) => {
        const { recommended, sensitivity } = recommend(one, rules)
        const found = between(retained, one)
        expect(found === null).toBe(retained === recommended)
        const joins = sensitivity.changes.some((change) => change.recommended === retained)
        if (found !== null)
          expect(found.sentences.at(-1)).toMatch(joins ? /^Les règles rejoindraient/ : /^Aucune réponse/)
      }),
      { numRuns: 50 },
    )
  })
})
