import { describe, expect, it } from 'vitest'
import { criteriaOf, criterionFit, tidy } from '../../src/domain/criteria.ts'
import type { Criterion } from '../../src/domain/criteria.ts'
import { ANSWER_VALUES } from '../../src/domain/diagnostic.ts'
import type { ChoiceKey, Referential } from '../../src/domain/diagnostic.ts'
import type { IndicatorRule } from '../../src/domain/rules/maturity.ts'
import type { RecommendationRules } from '../../src/domain/rules/recommendation.ts'
import type { CriterionRule } from '../../src/domain/rules/referentials.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

type Known = Parameters<typeof situation>[0]
const shipped = (referential: Referential, key: string, by: RecommendationRules = rules): Criterion =>
  criteriaOf(by).aim[referential].find((one) => one.key === key)!
const fitOf = (referential: Referential, key: string, known: Known, by?: RecommendationRules) =>
  criterionFit(shipped(referential, key, by), situation(known))

const WORDS = { yes: 'yes', rather: 'rather', hardly: 'hardly', no: 'no' }
/** The shipped rules with one criterion of « Généraliste » beside its aim. */
function beside(rule: object, indicators?: readonly IndicatorRule[]): RecommendationRules {
  const { referentials } = rules.referentials
  const [aim] = referentials.generaliste.criteria
  const own = { ...WORDS, key: 'own', weight: 60, inverted: false, ...rule } as CriterionRule
  const generaliste = { ...referentials.generaliste, criteria: [aim!, own] }
  const { factors } = rules.maturity
  const tooling = { ...factors.tooling, indicators: [...(indicators ?? factors.tooling.indicators)] }
  return {
    referentials: { ...rules.referentials, referentials: { ...referentials, generaliste } },
    maturity: { ...rules.maturity, factors: { ...factors, tooling } },
  }
}
const percent = (key: 'completeness' | 'freshness', weight: number): IndicatorRule => ({
  ...{ key, kind: 'percent', weight, label: key },
})

describe('the fit of a criterion', () => {
  it.each<[Referential, string, Known, fit: number, range: [number, number], knownShare: number]>([
    // An answer, by the table of its fits.
    ['outil', 'aim', { answers: { aim: 'database' } }, 1, [1, 1], 1],
    ['outil', 'aim', { answers: { aim: 'networking' } }, 0.1, [0.1, 0.1], 1],
    ['outil', 'aim', {}, 0.5, [0.1, 1], 0],
    ['reseau', 'network', {}, 0.5, [0, 1], 0],
    // A mean: each unknown at half, and at its ends in the range.
    ['reseau', 'data', { observed: { completeness: 100, freshness: 20 } }, 0.6, [0.6, 0.6], 1],
    ['reseau', 'data', { observed: { completeness: 100 } }, 0.75, [0.5, 1], 0.5],
    ['reseau', 'data', {}, 0.5, [0, 1], 0],
    // The same turned over.
    ['outil', 'data', { observed: { completeness: 100 } }, 0.25, [0, 0.5], 0.5],
    ['outil', 'tools', { answers: { tool: 'spreadsheet', use: 'regular' } }, 1 / 3, [1 / 6, 1 / 2], 2 / 3],
    // A factor, by the weights of its indicators.
    ['outil', 'governance', { answers: { governance: 'active' } }, 2 / 3, [1 / 3, 1], 1 / 3],
    ['generaliste', 'network', { answers: { meetingsPerYear: 9 } }, 0.4, [0, 0.8], 0.2],
  ])('of %s by « %s » where %o is known is %d in %o', (referential, key, known, fit, range, knownShare) => {
    const found = fitOf(referential, key, known)
    expect(found.fit).toBeCloseTo(fit, 12)
    expect(found.range[0]).toBeCloseTo(range[0], 12)
    expect(found.range[1]).toBeCloseTo(range[1], 12)
    expect(found.knownShare).toBeCloseTo(knownShare, 12)
    expect(found.known).toBe(knownShare === 1)
  })

  it('is nothing after an answer that leaves it nothing to stand on, whatever else is known', () => {
    const shut = { fit: 0, range: [0, 0], knownShare: 1, known: true }
    expect(fitOf('reseau', 'activity', { answers: { network: 'none' } })).toEqual(shut)
    const observed = { contactedShare: 0, participationRate: 0 }
    expect(fitOf('reseau', 'activity', { answers: { network: 'none' }, observed })).toEqual(shut)
  })

  it('may be nothing, and is not known, while nobody knows that answer', () => {
    const observed = { contactedShare: 0, participationRate: 0.5 }
    expect(fitOf('reseau', 'activity', { observed })).toEqual({
      ...{ fit: 0.75, range: [0, 0.75], knownShare: 1, known: false },
    })
    expect(fitOf('reseau', 'activity', { answers: { network: 'informal' }, observed })).toEqual({
      ...{ fit: 0.75, range: [0.75, 0.75], knownShare: 1, known: true },
    })
  })

  it('counts an answer that the rules do not hold as unknown: half, anywhere in its range', () => {
    const ladder: IndicatorRule = {
      ...{
        key: 'tool',
        kind: 'ladder',
        steps: ['none', 'spreadsheet', 'shared_above'],
        weight: 1,
        label: 'o',
      },
    }
    const open = { fit: 0.5, range: [0, 1], knownShare: 0, known: false }
    for (const inverted of [false, true]) {
      const by = beside({ mean: ['tool'], inverted }, [ladder])
      expect(fitOf('generaliste', 'own', { answers: { tool: 'local' } }, by)).toEqual(open)
      const answered = beside({ answer: 'network', says: {}, fits: { none: 0, informal: 1 }, inverted })
      expect(fitOf('generaliste', 'own', { answers: { network: 'facilitated' } }, answered)).toEqual(open)
    }
  })

  it('turns the fits of an answer over where the rule says so, and their ends with them', () => {
    const fits = { none: 0.1, informal: 0.4, constituted: 0.7, facilitated: 0.2 }
    const by = beside({ answer: 'network', says: {}, fits, inverted: true })
    expect(fitOf('generaliste', 'own', { answers: { network: 'constituted' } }, by).fit).toBeCloseTo(0.3, 12)
    const { range } = fitOf('generaliste', 'own', {}, by)
    expect(range[0]).toBeCloseTo(0.3, 12)
    expect(range[1]).toBeCloseTo(0.9, 12)
  })
})

describe('what a criterion looks at', () => {
  const parts = (rule: object, indicators?: readonly IndicatorRule[]) =>
    shipped('generaliste', 'own', beside(rule, indicators)).parts.map(({ key, share, ends }) => [
      ...[key, share, ends],
    ])

  it('is each indicator of a factor by its weight, but those that weigh nothing', () => {
    const weighed = [percent('completeness', 3), percent('freshness', 1)]
    expect(parts({ factor: 'tooling' }, weighed)).toEqual([
      ['completeness', 0.75, [0, 1]],
      ['freshness', 0.25, [0, 1]],
    ])
    expect(parts({ factor: 'tooling' }, [percent('completeness', 0), percent('freshness', 2)])).toEqual([
      ['freshness', 1, [0, 1]],
    ])
  })

  it('is each indicator of a mean alike, whatever it weighs in its factor, but those of no factor', () => {
    const weighed = [percent('completeness', 3), percent('freshness', 0)]
    expect(parts({ mean: ['freshness', 'completeness', 'tool'] }, weighed)).toEqual([
      ['freshness', 0.5, [0, 1]],
      ['completeness', 0.5, [0, 1]],
    ])
  })

  it('goes from the lowest of its fits to the highest, which need not be 0 and 1', () => {
    const scores = { none: 20, spreadsheet: 90, shared_above: 40, local: 60 }
    const scale: IndicatorRule = { key: 'tool', kind: 'scale', scores, weight: 1, label: 'outil' }
    expect(parts({ mean: ['tool'] }, [scale])).toEqual([['tool', 1, [0.2, 0.9]]])
  })
})

describe('the criteria of a référentiel', () => {
  const weights = (criteria: readonly Criterion[]) => criteria.map(({ key, weight }) => [key, weight])

  it('leave the aim out a priori: what the others weigh fills the 100 points', () => {
    const { aim, aPriori } = criteriaOf(rules)
    expect(weights(aim.reseau)).toEqual([
      ['aim', 40],
      ['network', 30],
      ['activity', 15],
      ['data', 15],
    ])
    expect(weights(aPriori.reseau)).toEqual([
      ['network', 50],
      ['activity', 25],
      ['data', 25],
    ])
    for (const reading of [aim, aPriori])
      for (const [key, own] of Object.entries(reading))
        for (const { referential } of own) expect(referential).toBe(key)
  })

  it('have an answer that shuts them only where the rule names one', () => {
    const shut = Object.values(criteriaOf(rules).aim).flatMap((own) =>
      own.flatMap(({ key, unless }) => (unless === null ? [] : [[key, unless.answer, unless.is]])),
    )
    expect(shut).toEqual([['activity', 'network', 'none']])
  })

  it('are made once for the same rules, and anew where the maturity is measured otherwise', () => {
    expect(criteriaOf({ ...rules })).toBe(criteriaOf(rules))
    const other = { ...rules, maturity: beside({}, [percent('completeness', 1)]).maturity }
    const tools = (by: RecommendationRules) => shipped('outil', 'tools', by).parts.map(({ key }) => key)
    expect(tools(rules)).toEqual(['tool', 'use', 'mastery'])
    expect(tools(other)).toEqual([])
    expect(tools(rules)).toEqual(['tool', 'use', 'mastery'])
  })

  it('know every value that an indicator may take: the answers, and of a figure its two ends', () => {
    const { values } = criteriaOf(rules)
    for (const key of Object.keys(ANSWER_VALUES) as ChoiceKey[])
      expect(values(key)).toEqual(ANSWER_VALUES[key])
    expect(values('meetingsPerYear')).toEqual([0, 4])
    expect([values('completeness'), values('freshness')]).toEqual([
      [0, 100],
      [0, 100],
    ])
    expect([values('contactedShare'), values('communesCovered')]).toEqual([
      [0, 1],
      [0, 1],
    ])
    // Of one that the rules do not measure it is not needed, and is that of a share.
    expect(criteriaOf(beside({ mean: ['aim'] }, [])).values('completeness')).toEqual([0, 1])
  })
})

describe('the hair that sums in binary make', () => {
  it.each([
    [1 / 3 + 1 / 3 + 1 / 3 - 2 ** -53, 1],
    [0.1 + 0.2 + 0.2 + 2 ** -53, 0.5],
    [7 / 12 + 5e-13, 7 / 12],
    [5e-13, 0],
    [2 / 3 - 5e-13, 2 / 3],
    // And nothing else.
    [0.3, 0.3],
    [0.5 + 2e-12, 0.5 + 2e-12],
    [1e-12, 1e-12],
    [0.123_456, 0.123_456],
  ])('is taken away: %d is %d', (value, tidied) => {
    expect(tidy(value)).toBe(tidied)
  })
})
