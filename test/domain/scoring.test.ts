import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Answers, Referential } from '../../src/domain/diagnostic.ts'
import { choose, outcomeOf } from '../../src/domain/scoring.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import type { CriterionRule } from '../../src/domain/rules/referentials.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { judgedBy, WORDS } from '../helpers/simple-rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const assess = (known: Parameters<typeof situation>[0]) => recommend(situation(known), rules)

describe('the recommendation', () => {
  const worked = {
    answers: {
      ...({ aim: 'database', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
      ...({ network: 'constituted', meetingsPerYear: 2, commitment: 'funded' } as const),
      ...({ tool: 'none', use: 'none', mastery: 'none' } as const),
    },
    observed: { completeness: 20, freshness: 10, contactedShare: 0.5, participationRate: 0.5 },
  }

  it('follows the worked example: a database, a strong governance, poor data', () => {
    const report = assess(worked)
    // outil: 40×1 + 10×1 + 30×(1−0.15) + 20×1
    expect(report.recommended).toBe('outil')
    expect(report.scores.outil).toBeCloseTo(40 + 10 + 25.5 + 20, 9)
    // réseau: 40×0.1 + 30×1 + 15×0.5 + 15×0.15
    expect(report.scores.reseau).toBeCloseTo(4 + 30 + 7.5 + 2.25, 9)
    // généraliste: 40×0.2 + 0 + 25×(1−(66.67+50+50+50+50)/500) + 0; the communes covered are unknown, and count half
    expect(report.scores.generaliste).toBeCloseTo(8 + 25 * (1 - 266.6666667 / 500), 6)
    expect(report.confidence).toMatchObject({ level: 'high', heldBackBy: [] })
    expect(report.confidence.coverage).toBeCloseTo((0.95 + 1 + 1) / 3, 9)
  })

  it('leaves a factor of which one indicator of three is known open to two thirds', () => {
    const { contributions, factors } = assess({ answers: { governance: 'none' } })
    const own = contributions.find(
      ({ referential, criterion }) => referential === 'generaliste' && criterion === 'governance',
    )
    expect(own).toMatchObject({ known: false })
    expect(own!.knownShare).toBeCloseTo(1 / 3, 12)
    expect(own!.fit).toBeCloseTo(1 - (0 + 50 + 50) / 300, 12)
    expect(own!.range[0]).toBeCloseTo(1 / 3, 12)
    expect(own!.range[1]).toBeCloseTo(1, 12)
    expect(factors.governance).toMatchObject({ score: 0, level: null })
  })

  it('does not call sure what an unknown roadmap could turn', () => {
    const { confidence, intervals } = assess({
      answers: {
        ...({ governance: 'none', meetingsPerYear: 0, aim: 'database', commitment: 'none' } as const),
        ...({ tool: 'none', use: 'regular' } as const),
      },
    })
    expect(confidence.level).not.toBe('high')
    for (const [low, high] of Object.values(intervals)) expect(high - low).toBeGreaterThan(30)
  })

  it('reads the situation a priori beside the aim, and says where they differ', () => {
    const { reading, recommended, aPriori, reasons } = assess({
      ...worked,
      answers: { ...worked.answers, aim: 'networking', network: 'none', meetingsPerYear: 0 },
    })
    expect(reading).toBe('aim')
    expect(aPriori.recommended).toBe('outil')
    if (recommended !== 'outil')
      expect(reasons.map(plain).join(' ')).toContain('ferait plutôt penser à « Outil »')
    const withoutAim = assess({ ...worked, answers: { ...worked.answers, aim: null } })
    expect(withoutAim).toMatchObject({ reading: 'a_priori', recommended: withoutAim.aPriori.recommended })
    expect(withoutAim.scores).toEqual(withoutAim.aPriori.scores)
    expect(withoutAim.confidence.heldBackBy).toContain('aim')
  })

  it('follows the points where nine answers of ten are given and the aim was not asked', () => {
    const { aim: _, ...others } = worked.answers
    expect(assess({ ...worked, answers: others }).recommended).toBe('outil')
  })

  it('recommends « généraliste » when no aim could be set, says why, and is not sure where points say otherwise', () => {
    const report = assess({
      answers: {
        ...({ aim: 'none', governance: 'active', roadmap: 'adopted', referents: 'pair' } as const),
        ...({ network: 'constituted', commitment: 'funded' } as const),
      },
      observed: { contactedShare: 0, participationRate: 0 },
    })
    expect(report.recommended).toBe('generaliste')
    expect(Math.max(report.scores.outil, report.scores.reseau)).toBeGreaterThan(report.scores.generaliste)
    expect(report.confidence.level).toBe('low')
    expect(report.reasons[0]).toMatch(/^On n.a pas pu ou voulu fixer d.objectif/)
    expect(report.reasons.join(' ')).not.toContain('interconnaissance')
  })

  it('does not reactivate a network that does not exist', () => {
    const activity = (network: 'none' | 'informal') =>
      assess({
        answers: { network },
        observed: { contactedShare: 0, participationRate: 0 },
      }).contributions.find(({ criterion }) => criterion === 'activity')
    expect(activity('none')).toMatchObject({ fit: 0, range: [0, 0], known: true })
    expect(activity('informal')).toMatchObject({ fit: 1, range: [1, 1], known: true })
  })

  it('tells apart the tipping of a figure and another aim', () => {
    const report = assess({
      answers: {
        ...({
          aim: 'mutual_knowledge',
          governance: 'active',
          roadmap: 'adopted',
          referents: 'pair',
        } as const),
        ...({ network: 'facilitated', meetingsPerYear: 4, commitment: 'funded' } as const),
        ...({ tool: 'local', use: 'occasional', mastery: 'beginner' } as const),
      },
      observed: {
        ...{
          completeness: 60,
          freshness: 60,
          contactedShare: 0.5,
          participationRate: 0.5,
          communesCovered: 0.5,
        },
      },
    })
    const figure = report.sensitivity.changes.find(({ change }) => 'completeness' in change)!
    const { completeness } = figure.change
    const now = situationOf(report)
    const at = (percent: number) =>
      recommend({ ...now, observed: { ...now.observed, completeness: percent } }, rules).recommended
    const back = Math.sign(60 - completeness!)
    expect(at(completeness!)).toBe(figure.recommended)
    expect(at(completeness! + back)).toBe(report.recommended)
    expect(plain(figure.sentence)).toMatch(
      /^Si la complétude moyenne des fiches était de \d+ %( seulement)?, ce serait « (Outil|Réseau|Généraliste) »\.$/,
    )
    expect(report.counterfactual?.change).not.toHaveProperty('aim')
    expect(report.counterfactualAim?.change).toHaveProperty('aim')
  })
})

/** The situation behind the factors of a report. */
function situationOf({ factors }: ReturnType<typeof assess>) {
  const known = Object.values(factors).flatMap(({ indicators }) =>
    indicators.map(({ key, value }) => [key, value]),
  )
  const values = Object.fromEntries(known)
  const blank = situation({})
  const pick = (keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, values[key] ?? null]))
  return { ...blank, answers: pick(blank.answers), observed: pick(blank.observed) } as typeof blank
}

/** Fits of the answer « aim », of the answer « network », by référentiel. */
type Fits = Readonly<Record<Referential, readonly [aim: number, network: number]>>

const network = (weight: number, fit: number, none = fit): CriterionRule => ({
  ...{ ...WORDS, key: 'network', weight, answer: 'network', says: {} },
  fits: { none, informal: fit, constituted: fit, facilitated: fit },
})
const aimed = (weight: number, fit: number): CriterionRule => ({
  ...{ ...WORDS, key: 'aim', weight, answer: 'aim', says: {} },
  fits: { none: fit, mutual_knowledge: fit, database: fit, networking: fit },
})
/** A mean in which the aim is one of two. */
const alsoAim = (weight: number): CriterionRule => ({
  ...{ ...WORDS, key: 'orientation', weight, mean: ['aim', 'commitment'] },
})

/** Two criteria of 50 points each: the aim after the network. */
const fitting = (fits: Fits) => judgedBy((key) => [network(50, fits[key][1]), aimed(50, fits[key][0])])
/** Scores of so many points, by whatever reading. */
const scoring = (generaliste: number, outil: number, reseau: number) => {
  const both = (points: number) => [points / 100, points / 100] as const
  return fitting({ generaliste: both(generaliste), outil: both(outil), reseau: both(reseau) })
}
const KNOWN: Partial<Answers> = { aim: 'database', network: 'constituted' }
const chosen = (by: RecommendationRules, answers: Partial<Answers> = KNOWN) =>
  choose(situation({ answers }), by)

describe('the highest of the three scores', () => {
  it.each<[scores: [number, number, number], recommended: Referential, margin: number]>([
    [[60, 50, 40], 'generaliste', 10],
    [[40, 60, 50], 'outil', 10],
    [[40, 50, 75], 'reseau', 25],
    [[50, 50, 50], 'generaliste', 0],
    [[40, 50, 50], 'outil', 0],
    // A hair that only sums in binary make is no lead; a real one, however small, is.
    [[50, 50 + 5e-10, 50], 'generaliste', -5e-10],
    [[50, 50, 50 + 5e-10], 'generaliste', -5e-10],
    [[50, 50 + 3e-9, 40], 'outil', 3e-9],
  ])('of %o is recommended, and leads the best of the others: %s by %d', (scores, recommended, margin) => {
    for (const answers of [KNOWN, { network: 'constituted' } as const]) {
      const found = chosen(scoring(...scores), answers)
      expect(found).toMatchObject({ recommended, exception: null })
      expect(found.aPriori.recommended).toBe(recommended)
      expect(found.confidence.margin).toBeCloseTo(margin, 11)
      expect(found.aPriori.margin).toBeCloseTo(margin, 11)
      REFERENTIALS.forEach((key, at) => expect(found.scores[key]).toBeCloseTo(scores[at]!, 11))
    }
  })

  it('counts what is unknown at half, and runs from its worst to its best', () => {
    const by = judgedBy(() => [network(20, 0.9, 0.2), aimed(80, 0.5)])
    const open = chosen(by, { aim: 'database' })
    expect(open.scores.outil).toBeCloseTo(0.5 * 20 + 0.5 * 80, 9)
    expect(open.intervals.outil[0]).toBeCloseTo(0.2 * 20 + 0.5 * 80, 9)
    expect(open.intervals.outil[1]).toBeCloseTo(0.9 * 20 + 0.5 * 80, 9)
    expect(open.confidence.coverage).toBeCloseTo(0.8, 9)
    expect(open.aPriori).toMatchObject({ coverage: 0, scores: { outil: 50 } })
    expect(open.aPriori.intervals.outil[0]).toBeCloseTo(20, 9)
    expect(open.aPriori.intervals.outil[1]).toBeCloseTo(90, 9)
  })

  it('is known as far as the mean of the three référentiels is', () => {
    const by = judgedBy((key) => [
      network(key === 'outil' ? 40 : 10, 0.5),
      aimed(key === 'outil' ? 60 : 90, 1),
    ])
    expect(chosen(by, { network: 'none' }).aPriori.coverage).toBe(1)
    expect(chosen(by, { aim: 'none' }).confidence.coverage).toBeCloseTo((0.6 + 0.9 + 0.9) / 3, 9)
  })

  it('holds all of one référentiel after another, criterion by criterion', () => {
    const { contributions } = chosen(scoring(40, 50, 60))
    expect(contributions.map(({ referential, criterion }) => `${referential} ${criterion}`)).toEqual(
      REFERENTIALS.flatMap((key) => [`${key} network`, `${key} aim`]),
    )
    for (const { weight, points, fit } of contributions) expect(points).toBe(weight * fit)
  })

  it('is the same where only the outcome is asked for', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, reading, scores, exception, confidence } = choose(one, rules)
        const whole = { recommended, reading, scores, exception, margin: confidence.margin }
        expect(outcomeOf(one, rules)).toEqual(whole)
      }),
    )
  })
})

describe('the exception of an aim left open', () => {
  const open = { aim: 'none', network: 'constituted' } as const
  const asking = (coverage: number) => {
    const by = judgedBy((key) => [network(60, key === 'outil' ? 0.9 : 0.5), commitment(40)])
    return { ...by, referentials: { ...by.referentials, general: { coverage } } }
  }
  const commitment = (weight: number): CriterionRule => ({
    ...{ ...WORDS, key: 'commitment', weight, mean: ['commitment'] },
  })

  it('is « généraliste » against a higher score, by as many points as it is behind', () => {
    const found = chosen(scoring(40, 50, 60), open)
    expect(found).toMatchObject({ recommended: 'generaliste', reading: 'aim', exception: 'aim_none' })
    expect(found.confidence.margin).toBeCloseTo(-20, 9)
    expect(found.aPriori.recommended).toBe('reseau')
    expect(found.confidence.level).toBe('low')
    expect(found.confidence.heldBackBy).toContain('exception')
  })

  it('is none where « généraliste » has the highest score anyway', () => {
    const { exception, confidence } = chosen(scoring(80, 50, 60), open)
    expect(exception).toBeNull()
    expect(confidence).toMatchObject({ level: 'high', heldBackBy: [] })
  })

  it.each([
    ['less than is asked for', 0.61, 'generaliste', 'aim_unknown'],
    ['just as much as is asked for', 0.6, 'outil', null],
    ['a hair less, which sums in binary make,', 0.6 + 5e-10, 'outil', null],
  ] as const)('decides on an aim not asked where %s is known', (_, coverage, recommended, exception) => {
    const answers = { network: 'constituted' } as const
    expect(chosen(asking(coverage), answers)).toMatchObject({ recommended, exception, reading: 'a_priori' })
    // An aim that is given decides by the points, however little else is known.
    expect(chosen(asking(coverage), { ...answers, aim: 'database' })).toMatchObject({
      recommended: 'outil',
      exception: null,
      reading: 'aim',
    })
  })
})

describe('the confidence', () => {
  const bounded = (by: RecommendationRules, confidence: { high: number; low: number; coverage: number }) => ({
    ...by,
    referentials: { ...by.referentials, confidence },
  })
  const BOUNDS = { high: 10, low: 5, coverage: 0.5 }

  it.each([
    [80, 'high', []],
    [60, 'high', []], // just as wide as is asked for
    [60 - 5e-10, 'high', []], // but for sums in binary
    [59.9, 'medium', ['margin']],
    [55, 'medium', ['margin']],
    [55 - 5e-10, 'medium', ['margin']],
    [54.9, 'low', ['margin']],
    [50 + 3e-9, 'low', ['margin']],
    [50, 'low', ['margin', 'guaranteed']],
    [50 + 5e-10, 'low', ['margin', 'guaranteed']],
  ] as const)('of %d points before 50 is %s, held back by %o', (points, level, heldBackBy) => {
    const { confidence } = chosen(bounded(scoring(points, 50, 50), BOUNDS))
    expect(confidence).toMatchObject({ level, heldBackBy, coverage: 1 })
    expect(confidence.margin).toBeCloseTo(points - 50, 11)
    expect(confidence.guaranteed).toBeCloseTo(points - 50, 11)
  })

  it.each([
    [0.5, 'high', []],
    [0.5 + 5e-10, 'high', []],
    [0.51, 'low', ['coverage']],
  ] as const)('where half is known and %d is asked for is %s', (coverage, level, heldBackBy) => {
    const fits = { generaliste: [1, 0.5], outil: [0.2, 0.5], reseau: [0.2, 0.5] } as const
    const { confidence } = chosen(bounded(fitting(fits), { ...BOUNDS, coverage }), { aim: 'database' })
    expect(confidence).toMatchObject({ level, heldBackBy, coverage: 0.5 })
  })

  it('is low by what is not guaranteed alone in no case, and medium where something unknown could turn it', () => {
    const by = judgedBy((key) =>
      key === 'outil' ? [network(30, 1, 0), aimed(70, 0.7)] : [network(30, 0.5), aimed(70, 0.5)],
    )
    const { recommended, confidence } = chosen(by, { aim: 'database' })
    expect(recommended).toBe('outil')
    expect(confidence).toMatchObject({ level: 'medium', heldBackBy: ['guaranteed'] })
    expect(confidence.guaranteed).toBeCloseTo(14 - 15, 9)
  })

  it.each([
    ['stands for it', 0.5, []],
    ['does not stand for it', 0.49, ['aim']],
  ])('asks that the aim stands for what is recommended: one that %s', (_, aim, heldBackBy) => {
    const fits = { generaliste: [0, 0.1], outil: [aim, 1], reseau: [0, 0.1] } as const
    const { recommended, confidence } = chosen(fitting(fits))
    expect(recommended).toBe('outil')
    expect(confidence).toMatchObject({ heldBackBy, level: heldBackBy.length === 0 ? 'high' : 'medium' })
  })

  it('holds an aim that was not asked back, and one that the rules weigh only beside others not', () => {
    const fits = { generaliste: [0, 0.1], outil: [1, 1], reseau: [0, 0.1] } as const
    const unasked = chosen(fitting(fits), { network: 'constituted' }).confidence
    expect(unasked).toMatchObject({ level: 'medium', heldBackBy: ['aim'] })
    // What the aim would bring is no part of what is guaranteed without it.
    expect(unasked.guaranteed).toBeCloseTo(90, 9)
    const beside = judgedBy((key) => [network(80, key === 'outil' ? 1 : 0.1), alsoAim(20)])
    const without = chosen(beside, { aim: 'none', network: 'constituted', commitment: 'none' })
    expect(without.confidence.heldBackBy).not.toContain('aim')
    expect(chosen(beside, { network: 'constituted' }).confidence.heldBackBy).toContain('aim')
    // Where both are there, the criterion that looks at nothing else counts.
    const both = judgedBy((key) => [alsoAim(20), network(40, key === 'outil' ? 1 : 0.1), aimed(40, 0)])
    const { confidence } = chosen(both, { ...KNOWN, commitment: 'funded' })
    expect(confidence.heldBackBy).toEqual(['aim'])
  })

  it('is held back by its own preconditions and by answers that contradict each other', () => {
    const data = { aim: 'database', governance: 'active', roadmap: 'adopted', commitment: 'funded' } as const
    const held = (answers: Partial<Answers>) => {
      const one = situation({
        answers: { ...data, network: 'none', meetingsPerYear: 4, ...answers },
        observed: { completeness: 0, freshness: 0, contactedShare: 1, participationRate: 1 },
      })
      const { recommended, confidence, preconditions, contradictions } = choose(one, rules)
      expect(recommended).toBe('outil')
      expect(preconditions.map(({ key }) => key)).toEqual(['outil.referents', 'reseau.network'])
      return { ...confidence, contradictions: contradictions.map(({ key }) => key) }
    }
    expect(held({ referents: 'none' })).toMatchObject({
      level: 'medium',
      heldBackBy: ['precondition:outil.referents', 'contradiction:network.meetings'],
      contradictions: ['network.meetings'],
    })
    expect(held({ referents: 'one', meetingsPerYear: 0 })).toMatchObject({ level: 'high', heldBackBy: [] })
  })
})
