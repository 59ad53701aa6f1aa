import { describe, expect, it } from 'vitest'
import { decisionOf, decisionText } from '../../src/domain/decision.ts'
import { aReport, noRecords } from '../http/test-server.ts'

describe('the report of an EPCI', () => {
  it('follows the human choice in its workload, and the recommendation where none is made', () => {
    const free = aReport()
    const { recommended, workloads } = free.recommendation
    expect(recommended).toBe('outil')
    expect(free.workload).toEqual({ ...workloads.outil, follows: 'recommended', referential: 'outil' })
    const kept = aReport({ retained: 'reseau' })
    expect(kept.workload).toEqual({
      ...kept.recommendation.workloads.reseau,
      follows: 'retained',
      referential: 'reseau',
    })
    expect(kept.disagreement).toMatchObject({ retained: 'reseau', recommended: 'outil' })
    expect(aReport({ retained: 'outil' }).disagreement).toBeNull()
  })

  it('gives records for 10,000 inhabitants only where both are known', () => {
    expect(aReport({ population: 150_000 }).actorsPer10000).toBeCloseTo(2.6, 12)
    expect(aReport({ population: null }).actorsPer10000).toBeNull()
    expect(aReport({ population: 0 }).actorsPer10000).toBeNull()
    expect(aReport({ indicators: noRecords() }).actorsPer10000).toBeNull()
  })

  it('rests on the actors of the territory, the greater of those expected and those recorded, whatever is done already', () => {
    const { situation, prefill } = aReport()
    expect(prefill.expected).toBeGreaterThan(39)
    expect(situation.drivers).toEqual({ expectedParticipationRate: 0.5, actors: prefill.expected })
    const few = aReport({ prefill: { ...prefill, expected: 12 } })
    expect(few.situation.drivers.actors).toBe(39)
    const unknown = { ...prefill, expected: null }
    expect(aReport({ prefill: unknown }).situation.drivers.actors).toBe(39)
    expect(aReport({ prefill: unknown, indicators: noRecords() }).situation.drivers.actors).toBeNull()
  })

  it('shows what is known of its records', () => {
    expect(aReport()).toMatchObject({
      communesCovered: 13 / 32,
      kinds: { diversity: 0.4, named: 12, distinct: 1, counts: [{ kind: 'BIB', records: 12 }] },
      elsewhere: 0,
    })
  })
})

describe('a decision', () => {
  it('is its figures, without a sentence', () => {
    const { recommendation } = aReport()
    const { referents, deploymentOfficer } = recommendation.workloads.outil
    expect(decisionOf(recommendation).days.outil).toEqual({
      referents: { estimate: referents.estimate, driver: referents.driver, default: referents.default },
      deploymentOfficer: {
        estimate: deploymentOfficer.estimate,
        driver: deploymentOfficer.driver,
        default: deploymentOfficer.default,
      },
    })
    expect(decisionOf(recommendation)).toMatchObject({ recommended: 'outil', scores: recommendation.scores })
  })

  it('has one text: the same for other sentences, another for another figure', () => {
    const { recommendation } = aReport()
    const text = decisionText(recommendation)
    expect(decisionText({ ...recommendation, reasons: ['Autrement dit.'] })).toBe(text)
    const [first, ...rest] = recommendation.contributions
    const moved = { ...recommendation, contributions: [{ ...first!, points: first!.points + 1e-9 }, ...rest] }
    expect(decisionText(moved)).not.toBe(text)
    const { factors } = recommendation
    const risen = { ...recommendation, factors: { ...factors, tooling: { ...factors.tooling, score: 99 } } }
    expect(decisionText(risen)).not.toBe(text)
  })
})
