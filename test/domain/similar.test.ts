import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maturity } from '../../src/domain/maturity.ts'
import { similarEpcis } from '../../src/domain/similar.ts'
import type { Comparable } from '../../src/domain/similar.ts'
import { rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const similar = (one: Comparable, others: readonly Comparable[]) =>
  similarEpcis(one, others, rules.indicators)

/** An EPCI with these scores of governance, network, orientation, tooling. */
function epci(
  siren: string,
  scores: readonly (number | null)[],
  population: number | null = 50_000,
): Comparable {
  const unknown = maturity(situation({}), rules.maturity)
  const [governance = null, network = null, orientation = null, tooling = null] = scores
  const factors = {
    governance: { ...unknown.governance, score: governance },
    network: { ...unknown.network, score: network },
    orientation: { ...unknown.orientation, score: orientation },
    tooling: { ...unknown.tooling, score: tooling },
  }
  return {
    siren,
    name: `EPCI ${siren}`,
    population,
    retained: null,
    recommendation: { factors, recommended: 'outil' },
  }
}

describe('the EPCI most like another', () => {
  const own = epci('1', [50, 50, 100, 20])

  it('are the three nearest, the nearest first, never itself', () => {
    const others = [
      epci('2', [60, 50, 100, 20]),
      own,
      epci('3', [50, 50, 100, 20]),
      epci('4', [0, 0, 0, 100]),
      epci('5', [50, 90, 100, 20]),
    ]
    const found = similar(own, others)
    expect(found.map(({ siren }) => siren)).toEqual(['3', '2', '5'])
    expect(found.map(({ similarity }) => similarity)).toEqual([1, 0.98, 0.92])
  })

  it('differ by their population as much as can be from ten times on', () => {
    const found = similar(own, [
      epci('2', [50, 50, 100, 20], 500_000),
      epci('3', [50, 50, 100, 20], 5_000_000),
    ])
    expect(found.map(({ similarity }) => similarity)).toEqual([0.8, 0.8])
    const [near] = similar(own, [epci('2', [50, 50, 100, 20], 50_000 * Math.sqrt(10))])
    expect(near?.similarity).toBeCloseTo(0.9, 9)
  })

  it('are compared on what is known of both, and not at all on less than three things', () => {
    const found = similar(own, [epci('2', [50, null, 100, null]), epci('3', [50, 50, null, null], null)])
    expect(found).toMatchObject([{ siren: '2', compared: ['governance', 'orientation', 'population'] }])
  })

  it('come in the order of their SIREN where they are equally alike', () => {
    const found = similar(own, [epci('9', [40, 50, 100, 20]), epci('8', [60, 50, 100, 20])])
    expect(found.map(({ siren }) => siren)).toEqual(['8', '9'])
  })

  it('tell what was recommended and retained there', () => {
    const other: Comparable = { ...epci('2', [50, 50, 100, 20]), retained: 'reseau' }
    expect(similar(own, [other])).toMatchObject([
      { name: 'EPCI 2', recommended: 'outil', retained: 'reseau' },
    ])
  })

  it('are alike to each other by as much, whatever the order in which they come', () => {
    const any = fc
      .tuple(anySituation, fc.option(fc.integer({ min: 1, max: 3_000_000 })))
      .map(([one, population]) => ({ factors: maturity(one, rules.maturity), population }))
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 6 }), (all) => {
        const epcis = all.map(({ factors, population }, at): Comparable => ({
          ...epci(String(at), []),
          population,
          recommendation: { factors, recommended: 'outil' },
        }))
        const [first, second] = [epcis[0]!, epcis[1]!]
        expect(similar(first, epcis.toReversed())).toEqual(similar(first, epcis))
        const [there] = similar(first, [second])
        const [back] = similar(second, [first])
        expect(there?.similarity).toBe(back?.similarity)
        for (const { similarity } of similar(first, epcis)) {
          expect(similarity).toBeGreaterThanOrEqual(-1e-9)
          expect(similarity).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
