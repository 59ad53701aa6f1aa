import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, outcomeOf } from '../../src/domain/scoring.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

describe('the outcome alone', () => {
  it('is that of the whole choice: the same référentiel, by the same margin', () => {
    fc.assert(
      fc.property(anySituation, (one) => {
        const { recommended, confidence } = choose(one, rules)
        const outcome = outcomeOf(one, rules)
        expect(outcome.recommended).toBe(recommended)
        expect(outcome.margin).toBeCloseTo(confidence.margin, 9)
      }),
      { numRuns: 200 },
    )
  })
})

describe('what holds a confidence back', () => {
  const heldBackBy = (one: Parameters<typeof situation>[0]) =>
    choose(situation(one), rules).confidence.heldBackBy

  it('names each contradiction by its key', () => {
    const held = heldBackBy({ answers: { aim: 'networking', network: 'none', meetingsPerYear: 2 } })
    expect(held).toContain('contradiction:network.meetings')
    expect(held).toContain('precondition:reseau.network')
  })

  it('names the aim where it stands for another référentiel, or was not asked', () => {
    expect(heldBackBy({ answers: { commitment: 'none' } })).toContain('aim')
    expect(heldBackBy({ answers: { aim: 'none', commitment: 'none' } })).not.toContain('aim')
    expect(heldBackBy({ answers: { aim: 'database', referents: 'pair' } })).not.toContain('aim')
  })
})
