import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrate } from '../../src/domain/calibration.ts'
import type { Observation } from '../../src/domain/calibration.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import { estimatedDays } from '../../src/domain/workload.ts'
import { rules } from '../helpers/rules.ts'

const BOUNDS = rules.referentials.referentials.outil.days.referents // 8 to 12

/** DeclaredRows under « outil », each with its driver and the days its référents really spent. */
function territories(days: readonly (readonly [driver: number | null, actual: number])[]): Observation[] {
  return days.map(([driver, actual], at) => ({
    siren: String(100 + at),
    name: `EPCI ${at}`,
    referential: 'outil',
    role: 'referents',
    estimate: estimatedDays(BOUNDS, driver ?? 0.5),
    driver,
    estimatedOn: '2026-03-01',
    actual,
  }))
}

function outil(observations: readonly Observation[]) {
  return calibrate(observations, [], rules).roles.find(
    ({ referential, role }) => referential === 'outil' && role === 'referents',
  )!
}

/** Eight territories that each took so many days more than estimated. */
const late = (by: number) => territories([0, 0, 0.25, 0.25, 0.5, 0.75, 1, 1].map((d) => [d, 8 + 4 * d + by]))

describe('estimates against real days', () => {
  it('say nothing where nobody tells days, for each référentiel and each role', () => {
    const { roles } = calibrate([], [], rules)
    expect(roles.map(({ referential, role }) => `${referential} ${role}`)).toEqual(
      REFERENTIALS.flatMap((key) => [`${key} referents`, `${key} deploymentOfficer`]),
    )
    expect(roles.every(({ medianError, bias }) => medianError === null && bias === null)).toBe(true)
  })

  it('tell the median error and the bias, which one odd territory does not move', () => {
    const seen = outil(
      territories([
        [0, 9],
        [0, 9],
        [0.5, 11],
        [1, 13],
        [1, 60],
      ]),
    )
    expect(seen).toMatchObject({ medianError: 1, bias: 1 })
    expect(seen.observations.map(({ actual }) => actual)).toEqual([60, 9, 9, 11, 13])
  })

  it('look at one référentiel and one role at a time', () => {
    const others = late(3).map((one) => ({ ...one, role: 'deploymentOfficer' as const }))
    expect(outil(others)).toMatchObject({ observations: [], medianError: null })
    expect(outil([...others, ...late(3)])).toEqual(outil(late(3)))
  })

  it('look at one référentiel at a time, beside its own bounds', () => {
    const others = late(3).map((one) => ({ ...one, referential: 'reseau' as const }))
    expect(outil([...others, ...late(3)])).toEqual(outil(late(3)))
    expect(outil([]).bounds).toEqual({ low: BOUNDS.low, high: BOUNDS.high })
  })

  it('list territories as far from their estimate by SIREN, whatever the order', () => {
    const same = territories([0, 0, 0].map((driver) => [driver, 9]))
    for (const some of [same, same.toReversed()])
      expect(outil(some).observations.map(({ siren }) => siren)).toEqual(['100', '101', '102'])
  })

  it('hold whatever the days are and in whatever order they come', () => {
    const half = fc.integer({ min: 1, max: 80 }).map((days) => days / 2)
    const driver = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.tuple(driver, half), { minLength: 1, maxLength: 20 }), (days) => {
        const observations = territories(days)
        const found = outil(observations)
        expect(outil(observations.toReversed())).toEqual(found)
        expect(Math.abs(found.bias!)).toBeLessThanOrEqual(
          Math.max(...observations.map((o) => Math.abs(o.actual - o.estimate))),
        )
        expect(found.medianError).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
