import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impactLines } from '../../src/commands/impact-text.ts'
import { rulesImpact } from '../../src/domain/rules-impact.ts'
import type { StoredInput } from '../../src/domain/rules-impact.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import { recommend } from '../../src/domain/recommendation.ts'
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
        const [before, after] = [recommend(one, rules), recommend(one, PROPOSED)]
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

  it('adds up all of them, and names those alone of whom something changes', () => {
    const inputs = [
      epci(
        { answers: { aim: 'database', referents: 'pair' } },
        { siren: null, name: 'CC Y', retained: 'reseau' },
      ),
      epci({ answers: { aim: 'mutual_knowledge' } }),
      epci(
        { answers: { aim: 'networking', network: 'constituted', commitment: 'funded' } },
        { name: 'CA Z' },
      ),
    ]
    const before = inputs.map(({ situation }) => recommend(situation, rules))
    const after = inputs.map(({ situation }) => recommend(situation, PROPOSED))
    const found = rulesImpact(inputs, rules, PROPOSED)
    const daysOf = (reports: typeof before, whose: 'referents' | 'deploymentOfficer') =>
      reports
        .map(
          ({ workloads, recommended }, at) => workloads[inputs[at]!.retained ?? recommended][whose].estimate,
        )
        .reduce((sum, days) => sum + days, 0)
    expect(found.epcis).toBe(3)
    expect(found.referentDays).toEqual({
      before: daysOf(before, 'referents'),
      after: daysOf(after, 'referents'),
    })
    expect(found.officerDays).toEqual({
      before: daysOf(before, 'deploymentOfficer'),
      after: daysOf(after, 'deploymentOfficer'),
    })
    for (const key of ['generaliste', 'outil', 'reseau'] as const)
      expect(found.recommended[key]).toEqual({
        before: before.filter(({ recommended }) => recommended === key).length,
        after: after.filter(({ recommended }) => recommended === key).length,
      })
    for (const level of ['low', 'medium', 'high'] as const)
      expect(found.confidence[level]).toEqual({
        before: before.filter(({ confidence }) => confidence.level === level).length,
        after: after.filter(({ confidence }) => confidence.level === level).length,
      })
    const turned = inputs.filter(
      (_, at) =>
        before[at]!.recommended !== after[at]!.recommended ||
        before[at]!.confidence.level !== after[at]!.confidence.level,
    )
    expect(found.changed.map(({ siren, name, retained }) => ({ siren, name, retained }))).toEqual(
      turned.map(({ siren, name, retained }) => ({ siren, name, retained })),
    )
    expect(turned.length).toBeGreaterThan(0)
    expect(turned.length).toBeLessThan(3)
  })

  it('is on an EPCI whose days alone change', () => {
    const { outil } = rules.referentials.referentials
    const days = { ...outil.days, deploymentOfficer: { low: 20, high: 20 } }
    const referentials = { ...rules.referentials.referentials, outil: { ...outil, days } }
    const longer = { ...rules, referentials: { ...rules.referentials, referentials } }
    const known = { answers: { aim: 'networking', network: 'constituted' } } as const
    const inputs = [epci(known, { name: 'CC X', retained: 'outil' }), epci(known, { name: 'CC Y' })]
    const { changed, referentDays, officerDays } = rulesImpact(inputs, rules, longer)
    expect(changed.map(({ name }) => name)).toEqual(['CC X'])
    expect(changed[0]!.officerDays.after).toBe(20)
    expect(changed[0]!.recommended).toEqual({ before: 'reseau', after: 'reseau' })
    expect(referentDays.after).toBe(referentDays.before)
    expect(officerDays.after - officerDays.before).toBe(20 - changed[0]!.officerDays.before)
  })

  it('of no EPCI is nothing', () => {
    const none = { before: 0, after: 0 }
    expect(rulesImpact([], rules, PROPOSED)).toEqual({
      ...{ epcis: 0, changed: [], referentDays: none, officerDays: none },
      recommended: { generaliste: none, outil: none, reseau: none },
      confidence: { low: none, medium: none, high: none },
    })
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
