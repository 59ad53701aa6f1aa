import { describe, expect, it } from 'vitest'
import type { Observed } from '../../src/domain/diagnostic.ts'
import { factorSpread, maturity, overallCoverage, overallMaturity, weigh } from '../../src/domain/maturity.ts'
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

  it('is unknown where nothing at all is known, even where no coverage is asked for', () => {
    const lax = { ...tooling([percent('completeness')]), coverage: 0 }
    expect(maturity(situation({}), lax).tooling).toMatchObject({ score: null, level: null, coverage: 0 })
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

describe('the spread of what is not wholly known', () => {
  const quarter = [percent('completeness', 3), percent('freshness', 1)]
  const known = (observed: Partial<Observed>, by = quarter) => maturity(situation({ observed }), tooling(by))

  it('moves a factor by the weight of what is unknown, from its middle to both ends', () => {
    expect(factorSpread(known({ completeness: 80 }).tooling)).toEqual({ half: 72.5, low: 60, high: 85 })
    const whole = known({ completeness: 80, freshness: 40 }).tooling
    expect(factorSpread(whole)).toEqual({ half: 70, low: 70, high: 70 })
  })

  it('is wide open where nothing weighs', () => {
    const weightless = known({ completeness: 80 }, [percent('completeness', 0)]).tooling
    expect(factorSpread(weightless)).toEqual({ half: 50, low: 0, high: 100 })
  })

  it('and the coverage are, of the four factors, the mean', () => {
    const one = known({ completeness: 80 })
    expect(overallMaturity(one)).toEqual({ half: (150 + 72.5) / 4, low: 60 / 4, high: (300 + 85) / 4 })
    expect(overallCoverage(one)).toBe(0.75 / 4)
    const governed = situation({ answers: { governance: 'active' }, observed: { completeness: 80 } })
    expect(overallCoverage(maturity(governed, tooling(quarter)))).toBeCloseTo((1 / 3 + 0.75) / 4, 12)
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

  it.each([
    [0, 0],
    [0.25, 25],
    [1, 100],
  ])('that is a share counts in percent: %d is %d', (contactedShare, score) => {
    const { indicators } = maturity(situation({ observed: { contactedShare } }), rules.maturity).network
    expect(indicators.find(({ key }) => key === 'contactedShare')?.score).toBe(score)
  })

  it('counts up to its full, and no further', () => {
    const full = (meetingsPerYear: number) =>
      maturity(situation({ answers: { meetingsPerYear } }), rules.maturity).network.indicators.find(
        ({ key }) => key === 'meetingsPerYear',
      )?.score
    expect([0, 1, 4, 9].map(full)).toEqual([0, 25, 100, 100])
  })
})
