import { describe, expect, it } from 'vitest'
import type { FactorKey } from '../../src/domain/diagnostic.ts'
import type { Maturity } from '../../src/domain/maturity.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { workloads } from '../../src/domain/workload.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

/** Factors that all have this score; null: unknown. */
function factors(score: number | null): Maturity {
  const one = { score, level: null, coverage: 1, indicators: [] }
  return { governance: one, network: one, orientation: one, tooling: one }
}

/** The référentiel « outil » with this share of the lack of maturity, full at 80 records, between 8 and 12 days. */
function outil(maturityWeight: number): ReferentialRules {
  const { outil: own, ...others } = rules.referentials.referentials
  return {
    ...rules.referentials,
    referentials: {
      ...others,
      outil: {
        ...own,
        days: { referents: { low: 8, high: 12 }, deploymentOfficer: { low: 4, high: 7 } },
        driver: { ...own.driver, key: 'actorsToRecord', full: 80, maturityWeight },
      },
    },
  }
}
const days = (actorsToRecord: number | null, score: number | null, maturityWeight = 0) =>
  workloads(situation({ drivers: { actorsToRecord } }), factors(score), outil(maturityWeight)).outil

describe('the days of the référents', () => {
  it.each([
    [0, 8, 0],
    [40, 10, 0.5],
    [80, 12, 1],
    [400, 12, 1],
  ])(
    'for %s records to make are %s: inside the bounds, along what drives them',
    (records, estimate, driver) => {
      expect(days(records, 50).referents).toMatchObject({ estimate, driver, default: false })
    },
  )

  it('are the midpoint where the driver is unknown, and say so', () => {
    expect(days(null, 50).referents).toMatchObject({ estimate: 10, driver: null, default: true })
  })

  it('mix the lack of maturity in where the Hub asks for it; either unknown, all is', () => {
    // 40 / 80 × 0.75 + (1 − 0.2) × 0.25 = 0.575 → 8 + 4 × 0.575 = 10.3 → 10.5
    expect(days(40, 20, 0.25).referents.driver).toBeCloseTo(0.575, 12)
    expect(days(40, 20, 0.25).referents.estimate).toBe(10.5)
    expect(days(40, null, 0.25).referents).toMatchObject({ driver: null, default: true })
    expect(days(null, 20, 0.25).referents).toMatchObject({ driver: null, default: true })
    expect(days(40, null, 0).referents.driver).toBe(0.5)
  })
})

describe('the days of the deployment officer', () => {
  it.each([
    [0, 7, 1],
    [50, 5.5, 0.5],
    [100, 4, 0],
  ])('at a maturity of %s are %s: the less mature, the more support', (score, estimate, driver) => {
    expect(days(0, score).deploymentOfficer).toMatchObject({ estimate, driver, default: false })
  })

  it('say what moves them, and rest on the mean of the factors that are known', () => {
    const some: Maturity = { ...factors(null), ...pair('governance', 100), ...pair('tooling', 0) }
    const { deploymentOfficer } = workloads(situation({}), some, outil(0)).outil
    expect(deploymentOfficer.driver).toBe(0.5)
    expect(deploymentOfficer.basis).toContain('moins il est mûr')
    expect(days(0, null).deploymentOfficer).toMatchObject({ estimate: 5.5, driver: null, default: true })
  })
})

function pair(key: FactorKey, score: number): Partial<Maturity> {
  return { [key]: { score, level: null, coverage: 1, indicators: [] } }
}
