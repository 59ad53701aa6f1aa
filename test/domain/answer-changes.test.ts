import { describe, expect, it } from 'vitest'
import { answerChanges, changesOf, QUESTIONS } from '../../src/domain/answer-changes.ts'
import type { IndicatorRule, MaturityRules } from '../../src/domain/rules/maturity.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'

const answered = (known: Parameters<typeof situation>[0]['answers']) =>
  situation(known === undefined ? {} : { answers: known }).answers
const said = (key: Parameters<typeof changesOf>[0], known = {}, maturity = rules.maturity) =>
  changesOf(key, answered(known), maturity).map(({ value }) => value)

/** The rules with another count of meetings that is full; null: meetings are no count. */
function meetingsFull(full: number | null): MaturityRules {
  const { network, ...factors } = rules.maturity.factors
  const indicators = network.indicators.flatMap((one: IndicatorRule): IndicatorRule[] =>
    one.kind === 'count' ? (full === null ? [] : [{ ...one, full }]) : [one],
  )
  return { ...rules.maturity, factors: { ...factors, network: { ...network, indicators } } }
}

describe('the other values of an answer', () => {
  it('are all those that it may have but its own', () => {
    expect(said('governance', { governance: 'installed' })).toEqual(['none', 'planned', 'active'])
    expect(said('governance')).toEqual(['none', 'planned', 'installed', 'active'])
    expect(said('aim', { aim: 'none' })).toEqual(['mutual_knowledge', 'database', 'networking'])
  })

  it('are, of meetings, all up to the number that counts as full', () => {
    expect(said('meetingsPerYear', { meetingsPerYear: 1 }, meetingsFull(2.5))).toEqual([0, 2, 3])
    expect(said('meetingsPerYear', {}, meetingsFull(2))).toEqual([0, 1, 2])
    expect(said('meetingsPerYear', {}, meetingsFull(null))).toEqual([0])
  })

  it('come question by question, each as the change that it is', () => {
    const changes = answerChanges(answered({ tool: 'none' }), rules.maturity)
    expect([...new Set(changes.map(({ key }) => key))]).toEqual(QUESTIONS)
    for (const { key, value, change } of changes) expect(change).toEqual({ [key]: value })
  })
})
