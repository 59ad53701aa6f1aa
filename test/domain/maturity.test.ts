import { describe, expect, it } from 'vitest'
import type { Observed } from '../../src/domain/diagnostic.ts'
import { maturity, overallCoverage, overallMaturity, weigh } from '../../src/domain/maturity.ts'
import type { IndicatorRule, MaturityRules } from '../../src/domain/rules/maturity.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const LEVELS = { emergent: 25, structured: 50, mature: 75 }

/** Rules in which the tooling is made of these indicators. */
function tooling(indicators: IndicatorRule[]): MaturityRules {
  const { factors } = rules.maturity
  return {
    levels: LEVELS,
    coverage: 0.5,
    declared: rules.maturity.declared,
    contradictions: [],
    says: {},
    factors: { ...factors, tooling: { ...factors.tooling, indicators } },
  }
}
const percent = (key: 'completeness' | 'freshness', weight = 1): IndicatorRule => ({
  ...{ key, kind: 'percent', weight, label: key },
})
const of = (observed: Partial<Observed>, indicators: IndicatorRule[]) =>
  maturity(situation({ observed }), tooling(indicators)).tooling

describe('the level of a factor', () => {
  it.each([
    [0, 'absent'],
    [24.999, 'absent'],
    [25, 'emergent'],
    [49.999, 'emergent'],
    [50, 'structured'],
    [74.999, 'structured'],
    [75, 'mature'],
    [100, 'mature'],
  ] as const)('at %s is %s', (completeness, level) => {
    expect(of({ completeness }, [percent('completeness')])).toMatchObject({ score: completeness, level })
  })

  it('is unknown, never absent, where nothing is known', () => {
    expect(of({}, [percent('completeness')])).toMatchObject({ score: null, level: null, coverage: 0 })
  })
})

describe('the level of a factor of which little is known', () => {
  const of = (observed: Partial<Observed>, freshness: number) =>
    maturity(situation({ observed }), tooling([percent('completeness'), percent('freshness', freshness)]))
      .tooling

  it('is not told under half of the weight, whatever the score', () => {
    expect(of({ completeness: 90 }, 1)).toMatchObject({ score: 90, level: 'mature', coverage: 0.5 })
    expect(of({ completeness: 90 }, 1.01)).toMatchObject({ score: 90, level: null })
  })

  it('leaves the mean of the factors open: half where it is unknown, all of its range at the ends', () => {
    const { half, low, high } = overallMaturity(maturity(situation({}), rules.maturity))
    expect({ half, low, high }).toEqual({ half: 50, low: 0, high: 100 })
    expect(overallCoverage(maturity(situation({}), rules.maturity))).toBe(0)
  })
})

describe('the score of a factor', () => {
  it('is the mean of what is known by weight, and its coverage the share of the weight that is known', () => {
    expect(
      of({ completeness: 80, freshness: 20 }, [percent('completeness', 3), percent('freshness', 1)]),
    ).toMatchObject({
      score: 65,
      coverage: 1,
    })
    expect(of({ completeness: 80 }, [percent('completeness', 3), percent('freshness', 1)])).toMatchObject({
      score: 80,
      coverage: 0.75,
    })
  })

  it('has no coverage where nothing weighs', () => {
    expect(weigh([])).toEqual({ score: null, coverage: 0 })
    expect(weigh([{ score: 50, weight: 0 }])).toEqual({ score: null, coverage: 0 })
  })
})

describe('an indicator', () => {
  const orientation = (aim: 'none' | 'mutual_knowledge' | 'networking') =>
    maturity(situation({ answers: { aim } }), rules.maturity).orientation.indicators.find(
      ({ key }) => key === 'aim',
    )

  it('scores an aim 0 where there is none, 100 where there is one, whichever it is', () => {
    expect(orientation('none')).toMatchObject({ value: 'none', score: 0 })
    expect(orientation('mutual_knowledge')).toMatchObject({ score: 100 })
    expect(orientation('networking')).toMatchObject({ score: 100 })
  })

  it.each([
    ['none', 0],
    ['spreadsheet', 50],
    ['shared_above', 100],
    ['local', 100],
  ] as const)('ranks neither a local tool nor one above it: %s is %s', (tool, score) => {
    const { indicators } = maturity(situation({ answers: { tool } }), rules.maturity).tooling
    expect(indicators.find(({ key }) => key === 'tool')?.score).toBe(score)
  })

  it.each([
    ['none', 0],
    ['planned', 100 / 3],
    ['installed', 200 / 3],
    ['active', 100],
  ] as const)('goes up its ladder in equal parts: governance %s is %s', (governance, score) => {
    const { indicators } = maturity(situation({ answers: { governance } }), rules.maturity).governance
    expect(indicators.find(({ key }) => key === 'governance')?.score).toBeCloseTo(score, 10)
  })

  it('is unknown, never zero, where the ladder does not hold the answer', () => {
    const short: IndicatorRule = {
      key: 'tool',
      kind: 'ladder',
      steps: ['none', 'spreadsheet'],
      weight: 1,
      label: 'outil',
    }
    const { indicators, score } = maturity(
      situation({ answers: { tool: 'local' } }),
      tooling([short]),
    ).tooling
    expect(indicators[0]).toMatchObject({ value: 'local', score: null })
    expect(score).toBeNull()
  })

  it('counts up to its full, and no further', () => {
    const full = (meetingsPerYear: number) =>
      maturity(situation({ answers: { meetingsPerYear } }), rules.maturity).network.indicators.find(
        ({ key }) => key === 'meetingsPerYear',
      )?.score
    expect([0, 1, 4, 9].map(full)).toEqual([0, 25, 100, 100])
  })
})
