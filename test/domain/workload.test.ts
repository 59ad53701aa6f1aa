import { describe, expect, it } from 'vitest'
import type { Drivers, Observed } from '../../src/domain/diagnostic.ts'
import type { FactorKey } from '../../src/domain/diagnostic.ts'
import type { Maturity } from '../../src/domain/maturity.ts'
import type { ReferentialRules } from '../../src/domain/rules/referentials.ts'
import { workloads } from '../../src/domain/workload.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

/** Factors of one indicator each that all have this score; null: unknown. */
function factors(score: number | null): Maturity {
  return {
    governance: factor('governance', score),
    network: factor('network', score),
    orientation: factor('commitment', score),
    tooling: factor('tool', score),
  }
}
function factor(
  key: 'governance' | 'network' | 'commitment' | 'tool',
  score: number | null,
): Maturity[FactorKey] {
  const indicators = [{ key, value: null, score, weight: 1 }]
  return { score, level: null, coverage: score === null ? 0 : 1, indicators }
}

/** « Outil » with this share of maturity, full at 80 actors, between 8 and 12 days. */
function outil(maturityWeight: number): ReferentialRules {
  const { outil: own, ...others } = rules.referentials.referentials
  return {
    ...rules.referentials,
    referentials: {
      ...others,
      outil: {
        ...own,
        days: { referents: { low: 8, high: 12 }, deploymentOfficer: { low: 4, high: 7 } },
        driver: { ...own.driver, key: 'actors', full: 80, maturityWeight },
      },
    },
  }
}
const days = (actors: number | null, score: number | null, maturityWeight = 0) =>
  workloads(situation({ drivers: { actors } }), factors(score), outil(maturityWeight)).outil

describe('the days of the référents', () => {
  it.each([
    [0, 8, 0],
    [40, 10, 0.5],
    [80, 12, 1],
    [400, 12, 1],
  ])(
    'for %s actors of the territory are %s: inside the bounds, along what drives them',
    (actors, estimate, driver) => {
      const range = [estimate, estimate]
      expect(days(actors, 50).referents).toMatchObject({ estimate, driver, range, default: false })
    },
  )

  it('are at the middle of the volume where it is unknown, say so, and range over all of it', () => {
    const { referents } = days(null, 50)
    expect(referents).toMatchObject({ estimate: 10, driver: 0.5, range: [8, 12], default: true })
    expect(referents.basis).toContain('inconnu')
  })

  it('mix the lack of maturity in, as much as the Hub asks', () => {
    // 40 / 80 × 0.75 + (1 − 0.2) × 0.25 = 0.575 → 8 + 4 × 0.575 = 10.3 → 10.5
    expect(days(40, 20, 0.25).referents.driver).toBeCloseTo(0.575, 12)
    expect(days(40, 20, 0.25).referents.estimate).toBe(10.5)
    // an unknown maturity counts half and opens its quarter: 0.375 to 0.625
    expect(days(40, null, 0.25).referents).toMatchObject({ driver: 0.5, range: [9.5, 10.5], default: false })
    expect(days(40, null, 0).referents.range).toEqual([10, 10])
  })

  it('print the value and the count that they rest on', () => {
    expect(plain(days(24, 40, 0.25).referents.basis)).toBe(
      "nombre d'acteurs du territoire : 24 (plafond à 80) ; maturité du territoire : 40 sur 100 (moins elle est grande, plus il faut d'appui)",
    )
  })

  const general = (observed: Partial<Observed>, drivers: Partial<Drivers>) => {
    const { generaliste, ...others } = rules.referentials.referentials
    const driver = { ...generaliste.driver, maturityWeight: 0 }
    const alone = {
      ...rules.referentials,
      referentials: { ...others, generaliste: { ...generaliste, driver } },
    }
    return workloads(situation({ observed, drivers }), factors(50), alone).generaliste.referents
  }

  it('of « Généraliste » follow the participation: real once a journée was held, expected before', () => {
    expect(general({}, { expectedParticipationRate: 0.25 })).toMatchObject({ estimate: 7.5, driver: 0.25 })
    expect(general({ participationRate: 0.75 }, { expectedParticipationRate: 0.25 })).toMatchObject({
      driver: 0.75,
    })
    expect(plain(general({ participationRate: 0.75 }, {}).basis)).toContain('réelle : 75 %')
    expect(plain(general({}, { expectedParticipationRate: 0.25 }).basis)).toContain('attendue : 25 %')
    expect(general({}, {})).toMatchObject({ driver: 0.5, range: [6, 12], default: true })
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

  it('rest on the mean of the four factors, what is unknown counting half', () => {
    const some: Maturity = {
      ...factors(null),
      governance: factor('governance', 100),
      tooling: factor('tool', 0),
    }
    const { deploymentOfficer } = workloads(situation({}), some, outil(0)).outil
    expect(deploymentOfficer).toMatchObject({ driver: 0.5, estimate: 5.5, range: [5, 6.5], default: false })
    expect(deploymentOfficer.basis).toContain('moins elle est grande')
    expect(days(0, null).deploymentOfficer).toMatchObject({ estimate: 5.5, range: [4, 7], default: true })
  })
})
