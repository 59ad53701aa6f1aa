import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { maturity } from '../../src/domain/maturity.ts'
import { choose } from '../../src/domain/recommendation.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { assessTerritory } from '../../src/domain/territory-report.ts'
import { rules } from '../helpers/rules.ts'
import { anyAnswers, anySituation, situation } from '../helpers/situations.ts'

const chosen = (one: Situation, referentials = rules.referentials) =>
  choose(one, maturity(one, rules.maturity), referentials)
const width = ([low, high]: readonly [number, number]) => high - low
const EPSILON = 1e-9

describe('the six invariants of the recommendation', () => {
  it('1. recommends « généraliste », with low confidence, when nothing is known', () => {
    const { recommended, scores, confidence } = chosen(situation({}))
    expect(recommended).toBe('generaliste')
    expect(scores).toEqual({ generaliste: 50, outil: 50, reseau: 50 })
    expect(confidence).toMatchObject({ level: 'low', coverage: 0 })
  })

  it('2. has points that sum exactly to the score, which lies in its interval', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { scores, intervals, contributions } = chosen(one)
        for (const key of REFERENTIALS) {
          const own = contributions.filter(({ referential }) => referential === key)
          expect(own.reduce((sum, { points }) => sum + points, 0)).toBe(scores[key])
          expect(scores[key]).toBeGreaterThanOrEqual(intervals[key][0] - EPSILON)
          expect(scores[key]).toBeLessThanOrEqual(intervals[key][1] + EPSILON)
        }
      }),
    )
  })

  it('3. never lowers a score, nor a rank, when a fit is raised', () => {
    const raised = fc.tuple(
      anySituation,
      fc.constantFrom(...REFERENTIALS),
      fc.nat(4),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    fc.assert(
      fc.property(raised, ([one, key, index, by]) => {
        const criteria = rules.referentials.referentials[key].criteria
        const criterion = criteria[index % criteria.length]!
        const before = chosen(one)
        const fit = fitIn(before, key, criterion.key)
        fc.pre(fit !== null && one.answers.aim !== null)
        const after = chosen(one, withFit(key, criterion.key, fit + (1 - fit) * by))
        expect(after.scores[key]).toBeGreaterThanOrEqual(before.scores[key] - EPSILON)
        expect(rank(after.scores, key)).toBeLessThanOrEqual(rank(before.scores, key))
      }),
    )
  })

  it('4. only narrows intervals, and never lowers coverage, when an answer is learnt', () => {
    fc.assert(
      fc.property(anySituation, anyAnswers, (one, learnt) => {
        const more = { ...one, answers: merged(one.answers, learnt) }
        const [before, after] = [chosen(one), chosen(more)]
        expect(after.confidence.coverage).toBeGreaterThanOrEqual(before.confidence.coverage)
        for (const key of REFERENTIALS)
          expect(width(after.intervals[key])).toBeLessThanOrEqual(width(before.intervals[key]) + EPSILON)
      }),
    )
  })

  it('4b. keeps the new interval inside the old one where whole criteria are learnt', () => {
    fc.assert(
      fc.property(
        anySituation,
        fc.constantFrom('mutual_knowledge', 'database', 'networking', 'none'),
        (one, aim) => {
          const before = chosen({ ...one, answers: { ...one.answers, aim: null } })
          const after = chosen({ ...one, answers: { ...one.answers, aim } })
          for (const key of REFERENTIALS) {
            expect(after.intervals[key][0]).toBeGreaterThanOrEqual(before.intervals[key][0] - EPSILON)
            expect(after.intervals[key][1]).toBeLessThanOrEqual(before.intervals[key][1] + EPSILON)
          }
        },
      ),
    )
  })

  it('5. gives the same bytes whatever the order of the keys', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const shuffled = {
          drivers: reversed(one.drivers),
          observed: reversed(one.observed),
          answers: reversed(one.answers),
        } as Situation
        expect(JSON.stringify(assessTerritory(shuffled, rules))).toBe(
          JSON.stringify(assessTerritory(one, rules)),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('3b. lets the first of equals win in the order généraliste, outil, réseau', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, scores, exception } = chosen(one)
        const best = REFERENTIALS.find((key) => scores[key] === Math.max(...Object.values(scores)))
        if (exception === null && one.answers.aim !== 'none')
          expect([best, 'generaliste']).toContain(recommended)
        else expect(recommended).toBe('generaliste')
      }),
    )
  })

  it('finds a counterfactual that holds: one answer changed, another référentiel recommended', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { counterfactual, recommended } = assessTerritory(one, rules)
        if (counterfactual === null) return
        expect(Object.keys(counterfactual.change)).toHaveLength(1)
        const changed = chosen({ ...one, answers: { ...one.answers, ...counterfactual.change } })
        expect(changed.recommended).toBe(counterfactual.recommended)
        expect(changed.recommended).not.toBe(recommended)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps every estimate of days inside the bounds of the Hub, at half days', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { workloads } = assessTerritory(one, rules)
        for (const key of REFERENTIALS)
          for (const days of Object.values(workloads[key])) {
            expect(days.estimate).toBeGreaterThanOrEqual(days.low)
            expect(days.estimate).toBeLessThanOrEqual(days.high)
            expect(Number.isInteger(days.estimate * 2)).toBe(true)
            expect(days.default).toBe(days.driver === null)
          }
      }),
      { numRuns: 50 },
    )
  })
})

function rank(scores: Readonly<Record<Referential, number>>, key: Referential): number {
  return REFERENTIALS.filter((other) => scores[other] > scores[key]).length
}

function fitIn(choice: ReturnType<typeof choose>, key: Referential, criterion: string): number | null {
  return (
    choice.contributions.find((one) => one.referential === key && one.criterion === criterion)?.fit ?? null
  )
}

/** The shipped rules with one criterion's fit fixed at a value: no other fit changes. */
function withFit(key: Referential, name: string, fit: number): ReferentialRules {
  const { referentials } = rules.referentials
  const criteria = referentials[key].criteria.map((one): CriterionRule => {
    if (one.key !== name) return one
    const { weight, yes, partly, no } = one
    return { key: name, weight, inverted: false, yes, partly, no, answer: 'aim', says: {}, ...fixed(fit) }
  })
  return {
    ...rules.referentials,
    referentials: { ...referentials, [key]: { ...referentials[key], criteria } },
  }
}

/** A table of fits that gives the same for every answer, known or not. */
function fixed(fit: number): { fits: Record<string, number> } {
  return { fits: new Proxy({}, { get: () => fit }) }
}

function merged(known: Situation['answers'], learnt: Situation['answers']): Situation['answers'] {
  const entries = Object.entries(known).map(([key, value]) => [
    key,
    value ?? learnt[key as keyof typeof learnt],
  ])
  return Object.fromEntries(entries) as Situation['answers']
}

function reversed(keys: object): object {
  return Object.fromEntries(Object.entries(keys).reverse())
}
