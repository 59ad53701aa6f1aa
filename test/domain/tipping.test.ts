import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counterfactuals } from '../../src/domain/counterfactual.ts'
import { REFERENTIALS } from '../../src/domain/diagnostic.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'
import { outcomeOf } from '../../src/domain/scoring.ts'
import { OBSERVED_KEYS } from '../../src/domain/rules/maturity.ts'
import type { ObservedKey } from '../../src/domain/rules/maturity.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation } from '../helpers/situations.ts'

const UNITS: Readonly<Record<ObservedKey, number>> = {
  ...{ completeness: 1, freshness: 1 },
  ...{ contactedShare: 100, participationRate: 100, communesCovered: 100 },
}

/** Every whole percent of one figure, one by one: the nearest on each side at which the recommendation is another. */
function scanned(one: Situation, key: ObservedKey, recommended: string): number[] {
  const now = one.observed[key] === null ? 50 : one.observed[key] * UNITS[key]
  const turns = Array.from({ length: 101 }, (_, percent) => percent).filter(
    (percent) =>
      outcomeOf({ ...one, observed: { ...one.observed, [key]: percent / UNITS[key] } }, rules).recommended !==
      recommended,
  )
  const [above, below] = [turns.find((one) => one >= now), turns.findLast((one) => one <= now)]
  return [...new Set([above, below])].flatMap((one) => one ?? [])
}

describe('the tipping value of an observed figure', () => {
  it('is the nearest whole percent, on either side, at which the recommendation turns, as a search of all of them finds', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended } = outcomeOf(one, rules)
        const found = counterfactuals(one, recommended, rules)
        for (const key of OBSERVED_KEYS) {
          const told = found.flatMap(({ change }) =>
            key in change ? [Math.round(change[key]! * UNITS[key])] : [],
          )
          const all = scanned(one, key, recommended)
          for (const value of told) expect(all).toContain(value)
          // One is told for each référentiel that it can lead to.
          expect(told.length > 0).toBe(all.length > 0)
          expect(told.length).toBeLessThanOrEqual(REFERENTIALS.length - 1)
        }
      }),
      { numRuns: 400 },
    )
  })
})
