import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../src/domain/criteria.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Referential, Situation } from '../../src/domain/diagnostic.ts'
import { choose } from '../../src/domain/scoring.ts'
import type { IndicatorKey } from '../../src/domain/rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const chosen = (one: Situation) => choose(one, rules)
const EPSILON = 1e-9
const { values } = criteriaOf(rules)
const unknowns = ({ answers, observed }: Situation) =>
  Object.entries({ ...answers, ...observed })
    .filter(([, value]) => value === null)
    .map(([key]) => key as IndicatorKey)
const learn = (one: Situation, key: IndicatorKey, value: unknown): Situation =>
  key in one.answers
    ? { ...one, answers: { ...one.answers, [key]: value } }
    : { ...one, observed: { ...one.observed, [key]: value } }

/** A value that an unknown may take: an answer, or a figure anywhere between its ends. */
function anyValue(key: IndicatorKey, seed: number): string | number {
  const possible = values(key)
  const [first, last] = [possible[0]!, possible.at(-1)!]
  if (typeof first === 'string') return possible[Math.floor(seed * possible.length)] ?? first
  return Number(first) + seed * (Number(last) - Number(first))
}

/** Seeds in [0, 1[, one for each unknown. */
const seeds = fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 20, maxLength: 20 })

const complete = (one: Situation, by: readonly number[]) =>
  unknowns(one).reduce((known, key, at) => learn(known, key, anyValue(key, by[at % by.length]!)), one)

describe('the invariants of the recommendation', () => {
  it('1. recommends « généraliste », with low confidence, when nothing is known: 50 points for all', () => {
    const { recommended, scores, aPriori, confidence } = chosen(situation({}))
    expect(recommended).toBe('generaliste')
    expect(scores).toEqual({ generaliste: 50, outil: 50, reseau: 50 })
    expect(aPriori.scores).toEqual(scores)
    expect(confidence).toMatchObject({ level: 'low', coverage: 0 })
  })

  it('2. has points that sum exactly to the score, which lies in its interval, in both readings', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { scores, intervals, contributions, aPriori } = chosen(one)
        for (const key of REFERENTIALS) {
          const own = contributions.filter(({ referential }) => referential === key)
          expect(own.reduce((sum, { points }) => sum + points, 0)).toBe(scores[key])
          expect(own.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 9)
          for (const { fit, range } of own) {
            expect(range[0]).toBeLessThanOrEqual(fit + EPSILON)
            expect(range[1]).toBeGreaterThanOrEqual(fit - EPSILON)
          }
          for (const read of [{ scores, intervals }, aPriori]) {
            expect(read.scores[key]).toBeGreaterThanOrEqual(read.intervals[key][0] - EPSILON)
            expect(read.scores[key]).toBeLessThanOrEqual(read.intervals[key][1] + EPSILON)
          }
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
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    fc.assert(
      fc.property(raised, ([drawn, key, index, from, by]) => {
        const one = learn(drawn, 'aim', drawn.answers.aim ?? 'database')
        const { criteria } = rules.referentials.referentials[key]
        const { key: name } = criteria[index % criteria.length]!
        const before = choose(one, withFit(key, name, from))
        const after = choose(one, withFit(key, name, from + (1 - from) * by))
        expect(after.scores[key]).toBeGreaterThanOrEqual(before.scores[key] - EPSILON)
        expect(rank(after.scores, key)).toBeLessThanOrEqual(rank(before.scores, key))
      }),
    )
  })

  it('4. keeps each interval inside the former one, and never lowers coverage nor guarantee, when anything is learnt', () => {
    fc.assert(
      fc.property(
        anySituation,
        fc.nat(30),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (one, at, seed) => {
          const open = unknowns(one).filter((key) => key !== 'aim') // the aim decides which reading is read
          fc.pre(open.length > 0)
          const key = open[at % open.length]!
          const [before, after] = [chosen(one), chosen(learn(one, key, anyValue(key, seed)))]
          for (const [former, latter] of [
            [before, after],
            [before.aPriori, after.aPriori],
          ] as const)
            for (const name of REFERENTIALS) {
              expect(latter.intervals[name][0]).toBeGreaterThanOrEqual(former.intervals[name][0] - EPSILON)
              expect(latter.intervals[name][1]).toBeLessThanOrEqual(former.intervals[name][1] + EPSILON)
            }
          expect(after.confidence.coverage).toBeGreaterThanOrEqual(before.confidence.coverage - EPSILON)
          expect(after.aPriori.coverage).toBeGreaterThanOrEqual(before.aPriori.coverage - EPSILON)
          if (after.recommended === before.recommended)
            expect(after.confidence.guaranteed).toBeGreaterThanOrEqual(before.confidence.guaranteed - EPSILON)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('5. keeps its promise where it is high: no completion of what is unknown changes the answer', () => {
    let high = 0
    fc.assert(
      fc.property(mostlyKnown, fc.array(seeds, { minLength: 20, maxLength: 20 }), (one, draws) => {
        const { recommended, confidence } = chosen(one)
        if (confidence.level !== 'high') return
        high += 1
        expect(confidence.heldBackBy).toEqual([])
        for (const whole of smallCompletions(one)) expect(chosen(whole).recommended).toBe(recommended)
        for (const by of draws) expect(chosen(complete(one, by)).recommended).toBe(recommended)
      }),
      { numRuns: 600 },
    )
    expect(high).toBeGreaterThan(20) // else nothing was tried
  })

  it('5b. is not high where an end of what is unknown would change the answer', () => {
    fc.assert(
      fc.property(mostlyKnown, (one) => {
        const { recommended, confidence } = chosen(one)
        const turned = [...smallCompletions(one)].some((whole) => chosen(whole).recommended !== recommended)
        if (turned) expect(confidence.level).not.toBe('high')
      }),
      { numRuns: 300 },
    )
  })

  it('6. gives the same bytes whatever the order of the keys', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const shuffled = {
          drivers: reversed(one.drivers),
          observed: reversed(one.observed),
          answers: reversed(one.answers),
          listed: one.listed,
        } as Situation
        expect(JSON.stringify(recommend(shuffled, rules))).toBe(JSON.stringify(recommend(one, rules)))
      }),
      { numRuns: 30 },
    )
  })

  it('lets the first of equals win in the order généraliste, outil, réseau, unless an exception decides', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, scores, exception, confidence } = chosen(one)
        const best = REFERENTIALS.find((key) => scores[key] >= Math.max(...Object.values(scores)) - EPSILON)
        const open = one.answers.aim === 'none' || (one.answers.aim === null && confidence.coverage < 0.5)
        expect(recommended).toBe(open ? 'generaliste' : best)
        expect(exception === null).toBe(recommended === best)
        if (exception !== null) expect(confidence.level).toBe('low')
      }),
    )
  })

  it('finds counterfactuals that hold: one answer or figure changed, another référentiel recommended', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { counterfactual, counterfactualAim, recommended } = recommend(one, rules)
        for (const found of [counterfactual, counterfactualAim]) {
          if (found === null) continue
          const [[key, value] = [], ...others] = Object.entries(found.change)
          expect(others).toEqual([])
          expect(key === 'aim').toBe(found === counterfactualAim)
          const changed = chosen(learn(one, key as IndicatorKey, value))
          expect(changed.recommended).toBe(found.recommended)
          expect(changed.recommended).not.toBe(recommended)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is never more than medium where a precondition is not met, or answers contradict each other', () => {
    fc.assert(
      fc.property(mostlyKnown, (one) => {
        const { recommended, confidence, preconditions, contradictions } = chosen(one)
        const open = preconditions.some(({ key, met }) => key.startsWith(`${recommended}.`) && met !== true)
        if (open || contradictions.length > 0) expect(confidence.level).not.toBe('high')
        if (recommended === 'reseau' && !['constituted', 'facilitated'].includes(String(one.answers.network)))
          expect(open).toBe(true)
        if (recommended === 'outil' && !['one', 'pair'].includes(String(one.answers.referents)))
          expect(open).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every estimate of days inside the bounds of the Hub, at half days, and inside its range', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { workloads } = recommend(one, rules)
        for (const key of REFERENTIALS)
          for (const { low, high, estimate, range } of Object.values(workloads[key])) {
            expect(low).toBeLessThanOrEqual(range[0])
            expect(range[0]).toBeLessThanOrEqual(estimate)
            expect(estimate).toBeLessThanOrEqual(range[1])
            expect(range[1]).toBeLessThanOrEqual(high)
            expect(Number.isInteger(estimate * 2)).toBe(true)
          }
      }),
      { numRuns: 50 },
    )
  })
})

/** Situations of which two or three things at most are unknown, and whose aim is one of the three. */
const mostlyKnown: fc.Arbitrary<Situation> = fc
  .tuple(anySituation, seeds, fc.constantFrom('mutual_knowledge', 'database', 'networking'), fc.nat(3))
  .map(([drawn, by, aim, open]) => {
    const aimed = learn(drawn, 'aim', aim)
    return unknowns(aimed)
      .slice(open)
      .reduce((known, key, at) => learn(known, key, anyValue(key, by[at % by.length]!)), aimed)
  })

/** Every completion by answers and by the ends of figures, of a situation of few unknowns. */
function* smallCompletions(one: Situation): Generator<Situation> {
  const [key] = unknowns(one)
  if (key === undefined) return yield one
  for (const value of values(key)) yield* smallCompletions(learn(one, key, value))
}

function rank(scores: Readonly<Record<Referential, number>>, key: Referential): number {
  return REFERENTIALS.filter((other) => scores[other] > scores[key] + EPSILON).length
}

/** The shipped rules with one criterion's fit fixed at a value: no other fit changes. */
function withFit(key: Referential, name: string, fit: number): typeof rules {
  const { referentials } = rules.referentials
  const criteria = referentials[key].criteria.map((one): CriterionRule => {
    if (one.key !== name) return one
    const { weight, yes, rather, hardly, no } = one
    const fits = { none: fit, mutual_knowledge: fit, database: fit, networking: fit }
    return { key: name, weight, inverted: false, yes, rather, hardly, no, answer: 'aim', says: {}, fits }
  })
  const changed: ReferentialRules = {
    ...rules.referentials,
    referentials: { ...referentials, [key]: { ...referentials[key], criteria } },
  }
  return { ...rules, referentials: changed }
}

function reversed(keys: object): object {
  return Object.fromEntries(Object.entries(keys).reverse())
}
