import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpciReport } from '../../src/domain/epci-report.ts'
import { reportEvents } from '../../src/domain/events.ts'
import type { PrefillStatus } from '../../src/domain/prefill.ts'
import { aReport } from '../http/test-server.ts'

const rules = { progress: [25, 50, 75, 100] }
const whole = aReport()
const report = (prefill: Partial<EpciReport['prefill']>, changes: Partial<EpciReport> = {}): EpciReport => ({
  ...whole,
  ...changes,
  prefill: { ...whole.prefill, ...prefill },
})
const told = (before: EpciReport | null, after: EpciReport) => reportEvents(before, after, rules)
const types = (before: EpciReport | null, after: EpciReport) => told(before, after).map(({ type }) => type)
const ofType = (type: string, before: EpciReport, after: EpciReport) =>
  told(before, after).filter((event) => event.type === type)

describe('what two reports tell', () => {
  it('is nothing at first sight, and nothing where nothing changed but the day', () => {
    expect(told(null, report({ progress: 100, status: 'late' }))).toEqual([])
    expect(told(whole, report({}, { day: '2026-05-21' }))).toEqual([])
  })

  it.each([
    [24, 25, 25],
    [24, 24.9, null],
    [10, 80, 75],
    [80, 100, 100],
    [60, 40, null],
    [50, 55, null],
    [null, 60, null],
    [60, null, null],
  ])('from %s %% to %s %% passes %s', (from, to, threshold) => {
    const events = ofType('prefill.progress', report({ progress: from }), report({ progress: to }))
    expect(events.map(({ data }) => (data as { threshold: number }).threshold)).toEqual(
      threshold === null ? [] : [threshold],
    )
  })

  it.each<[PrefillStatus | null, PrefillStatus | null, boolean]>([
    ['on_track', 'at_risk', true],
    ['at_risk', 'late', true],
    [null, 'late', true],
    ['late', 'at_risk', false],
    ['at_risk', 'at_risk', false],
    ['at_risk', 'on_track', false],
    ['at_risk', 'done', false],
  ])('from %s to %s is at risk: %s', (from, to, risk) => {
    expect(ofType('prefill.at_risk', report({ status: from }), report({ status: to })).length > 0).toBe(risk)
  })

  it('is a changed recommendation, and whether other rules made it', () => {
    const other = aReport({ answers: { ...whole.situation.answers, aim: 'networking' } })
    expect(other.recommendation.recommended).not.toBe(whole.recommendation.recommended)
    expect(told(whole, other)).toMatchObject([
      { data: { from: whole.recommendation.recommended, to: 'reseau', rulesChanged: false } },
    ])
    expect(told({ ...whole, rules: 'sha256:old' }, other)).toMatchObject([{ data: { rulesChanged: true } }])
  })

  it('comes under a key of the EPCI and the threshold, so that the same is not told twice', () => {
    const events = told(
      report({ progress: 40, status: 'on_track' }),
      report({ progress: 51, status: 'late' }),
    )
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['prefill.changed', null],
      ['prefill.progress', 'prefill.progress 200069409 50'],
      ['prefill.at_risk', 'prefill.at_risk 200069409 late'],
    ])
  })

  it('is at most one progress for each change, and always between the two', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(percent, percent, (from, to) => {
        const events = ofType('prefill.progress', report({ progress: from }), report({ progress: to }))
        expect(events.length).toBe(rules.progress.some((one) => from < one && one <= to) ? 1 : 0)
      }),
    )
  })

  it('tells of the pre-fill whenever what people see of it changes', () => {
    expect(types(whole, report({ forecastEnd: '2026-09-01' }))).toEqual(['prefill.changed'])
    expect(types(whole, report({ speed: 0.6 }))).toEqual([])
  })

  it('holds no name but the EPCI’s, and no value of a record', () => {
    const other = aReport({ answers: { ...whole.situation.answers, aim: 'networking' } })
    const events = told(whole, { ...other, prefill: { ...other.prefill, progress: 100, status: 'late' } })
    const keys = events.flatMap(({ data }) => Object.keys(data))
    expect([...new Set(keys)].toSorted()).toEqual(
      [
        ...['siren', 'name', 'day', 'progress', 'prefilled', 'present', 'expected', 'forecastEnd', 'status'],
        ...[
          'collaborativeDay',
          'threshold',
          'from',
          'to',
          'confidence',
          'retained',
          'rulesChanged',
          'reasons',
        ],
      ].toSorted(),
    )
  })
})
