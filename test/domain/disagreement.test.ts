import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disagreement } from '../../src/domain/disagreement.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const between = (retained: Referential | null, one: Situation) => {
  const report = assessTerritory(one, rules)
  return disagreement(retained, report, one.answers, report.sensitivity.changes, rules)
}
const database = situation({ answers: { aim: 'database', governance: 'active', network: 'constituted' } })

describe('a human choice that is not the recommended one', () => {
  it('is told with both scores, what speaks for each, and what would join them', () => {
    const found = between('reseau', database)
    expect(found).toMatchObject({ retained: 'reseau', recommended: 'outil' })
    const plain = found?.sentences.map((one) => one.replaceAll(/[\u202f\u00a0]/gu, ' '))
    expect(plain).toEqual([
      'Le Hub a retenu « Réseau » (49 points) ; les règles recommandent « Outil » (81,7 points).',
      'Pour « Outil » : l’objectif est une base de données complète et à jour (40 sur 40) et une gouvernance et des référent·e·s peuvent porter le pré-remplissage (20 sur 20).',
      'Pour « Réseau » : un réseau constitué permet de s’appuyer sur ses membres (30 sur 30).',
      'Les règles rejoindraient ce choix si l’objectif était « Mise en réseau ».',
    ])
    expect(found?.gap).toBeCloseTo(81.6667 - 49, 3)
  })

  it('is nothing where none is made, or where they are one', () => {
    expect(between(null, database)).toBeNull()
    expect(between('outil', database)).toBeNull()
  })

  it('is told whatever is known, and what would join them does', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom(...REFERENTIALS), (one, retained) => {
        const { recommended, sensitivity } = assessTerritory(one, rules)
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
