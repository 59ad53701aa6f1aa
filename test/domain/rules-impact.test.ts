import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impactLines } from '../../src/commands/impact-text.ts'
import { rulesImpact } from '../../src/domain/rules-impact.ts'
import type { StoredInput } from '../../src/domain/rules-impact.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { frenchFaults } from '../helpers/french.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

/** The rules with other weights of « Généraliste », by key of criterion. */
function weighing(weights: Readonly<Record<string, number>>): RecommendationRules {
  const { generaliste } = rules.referentials.referentials
  const criteria = generaliste.criteria.map((one) => ({ ...one, weight: weights[one.key] ?? one.weight }))
  const referentials = { ...rules.referentials.referentials, generaliste: { ...generaliste, criteria } }
  return { ...rules, referentials: { ...rules.referentials, referentials } }
}
const PROPOSED = weighing({ aim: 70, governance: 10, network: 10, commitment: 10 })
const epci = (known: Parameters<typeof situation>[0], beside: Partial<StoredInput> = {}): StoredInput => ({
  ...{ siren: '200069409', name: 'CA X', retained: null, situation: situation(known) },
  ...beside,
})

describe('the impact of proposed rules', () => {
  it('is none where they are the rules at hand', () => {
    fc.assert(
      fc.property(fc.array(anySituation, { maxLength: 5 }), (situations) => {
        const inputs = situations.map((one) => epci({}, { situation: one }))
        expect(rulesImpact(inputs, rules, rules).changed).toEqual([])
      }),
    )
  })

  it('is what each set of rules says of each EPCI, days of the human choice included', () => {
    fc.assert(
      fc.property(anySituation, fc.constantFrom(null, 'outil', 'reseau'), (one, retained) => {
        const found = rulesImpact([epci({}, { situation: one, retained })], rules, PROPOSED)
        const [before, after] = [assessTerritory(one, rules), assessTerritory(one, PROPOSED)]
        expect(found.recommended[before.recommended].before).toBe(1)
        expect(found.recommended[after.recommended].after).toBe(1)
        expect(found.confidence[after.confidence.level].after).toBe(1)
        const days = after.workloads[retained ?? after.recommended]
        expect(found.referentDays.after).toBe(days.referents.estimate)
        expect(found.officerDays.after).toBe(days.deploymentOfficer.estimate)
        expect(
          impactLines(found, [])
            .map((line) => line.trim().replaceAll(/ {2,}/gu, ' '))
            .flatMap(frenchFaults),
        ).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('names who moves from what to what, those of another référentiel first, and what it makes of the days', () => {
    const moves = epci({
      answers: {
        aim: 'mutual_knowledge',
        network: 'constituted',
        meetingsPerYear: 4,
        governance: 'active',
        roadmap: 'adopted',
        referents: 'pair',
        commitment: 'funded',
      },
      observed: {
        contactedShare: 0,
        participationRate: 0,
        completeness: 90,
        freshness: 90,
        communesCovered: 1,
      },
    })
    const stays = epci({ answers: { aim: 'database', referents: 'pair' } }, { siren: null, name: 'CC Y' })
    const found = rulesImpact([stays, moves], rules, PROPOSED)
    expect(found.changed.find(({ name }) => name === 'CA X')).toMatchObject({
      recommended: { before: 'reseau', after: 'generaliste' },
    })
    const text = impactLines(found, ['prefill.yaml']).map(plain).join('\n')
    expect(text).toMatch(/EPCI sur 2 .*dont 1 de référentiel recommandé/)
    expect(text).toContain('• 200069409 CA X : « Réseau » → « Généraliste »')
    expect(text).toContain(
      "prefill.yaml change aussi : ce que cela ferait aux fiches ne se voit qu'avec la base",
    )
    expect(text).toContain("Rien n'est appliqué")
  })
})
