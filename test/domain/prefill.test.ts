import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/days.ts'
import type { ExpectedRecords } from '../../src/domain/expected-records.ts'
import { prefill, referentPrefill } from '../../src/domain/prefill.ts'
import { rules } from '../helpers/rules.ts'

const TODAY = '2026-11-24'
const PAST = '2026-10-01'
const expecting = (expected: number | null): ExpectedRecords => ({
  expected,
  basis: expected === null ? null : 'declared',
  per10000: null,
  list: null,
  ...{ listed: null, byPopulation: null },
})

type Case = {
  readonly expected?: number | null
  readonly present?: number
  readonly prefilled?: number
  /** Records pre-filled 14 days ago. */
  readonly before?: number
  /** Days until the next journée. */
  readonly inDays?: number
  readonly last?: string
}
const of = ({ expected = 100, present = 80, prefilled = 50, before, inDays, last }: Case) =>
  prefill(
    {
      present,
      prefilled,
      past: before === undefined ? [] : [{ day: addDays(TODAY, -14), prefilled: before }],
      consolidation: null,
    },
    expecting(expected),
    { today: TODAY, next: inDays === undefined ? null : addDays(TODAY, inDays), last: last ?? null },
    rules.prefill,
  )

describe('the pre-fill of an EPCI', () => {
  it('counts what is done, to complete and to create, and says how fast it goes and should go', () => {
    expect(of({ before: 36, inDays: 40 })).toEqual({
      expected: 100,
      basis: 'declared',
      per10000: null,
      list: null,
      ...{ listed: null, byPopulation: null },
      present: 80,
      prefilled: 50,
      progress: 50,
      toComplete: 30,
      toCreate: 20,
      speed: 1,
      speedDays: 14,
      neededSpeed: 1.25,
      forecastEnd: '2027-01-31',
      forecastRange: { earliest: '2027-01-03', latest: '2027-02-01' },
      collaborativeDay: '2027-01-03',
      lastCollaborativeDay: null,
      status: 'at_risk',
      consolidation: null,
    })
  })

  it('is unknown, never zero, where nothing says what is expected', () => {
    expect(of({ expected: null, before: 36, inDays: 40 })).toMatchObject({
      progress: null,
      toCreate: null,
      neededSpeed: null,
      forecastEnd: null,
      status: null,
    })
  })

  it('foresees nothing once it is done', () => {
    expect(of({ prefilled: 120, present: 120, before: 36, inDays: 40 })).toMatchObject({
      progress: 100,
      toCreate: 0,
      neededSpeed: null,
      forecastEnd: null,
    })
  })
})

/** After the last journée: records of then that are left, and what is expected and present. */
type After = {
  readonly left: number
  readonly expected?: number
  readonly present?: number
  readonly rough?: boolean
}

describe('« Alerte »', () => {
  it.each<[string, Case, string | null]>([
    ['done at 100 %, whatever the date', { prefilled: 100, last: PAST }, 'done'],
    ['no_date where no journée was ever planned', { before: 0 }, 'no_date'],
    [
      'not_started where nothing is pre-filled and the day is far',
      { prefilled: 0, inDays: 8 },
      'not_started',
    ],
    [
      'not_started even where nothing says what is expected',
      { prefilled: 0, expected: null, inDays: 8 },
      'not_started',
    ],
    ['late within 7 days of the journée, under 80 %', { prefilled: 79, inDays: 7 }, 'late'],
    ['late on the very day', { prefilled: 79, before: 0, inDays: 0 }, 'late'],
    ['late, not « not started », when it is near', { prefilled: 0, inDays: 3 }, 'late'],
    [
      'consolidating once the last journée is past, never late',
      { prefilled: 0, last: PAST },
      'consolidating',
    ],
    ['done some time after it', { prefilled: 40, last: '2026-09-20' }, 'done'],
    ['not late from 80 % on', { prefilled: 80, before: 0, inDays: 7 }, 'on_track'],
    [
      'not late for a journée past when another is planned',
      { before: 0, inDays: 60, last: PAST },
      'on_track',
    ],
    ['at_risk where the forecast comes after the day', { before: 36, inDays: 49 }, 'at_risk'],
    ['on_track where it comes on the day', { before: 36, inDays: 50 }, 'on_track'],
    ['at_risk where nothing was added for 14 days', { before: 50, inDays: 50 }, 'at_risk'],
    ['unknown while the speed is', { inDays: 50 }, null],
    ['consolidating whatever the target', { expected: null, last: PAST }, 'consolidating'],
  ])('is %s', (_, one, status) => {
    expect(of(one).status).toBe(status)
  })

  it.each<[string, After, string]>([
    ['consolidating while a record of then is open', { left: 1 }, 'consolidating'],
    ['done once none is, whatever was made since', { left: 0 }, 'done'],
    [
      'consolidating while records that people expect are not there',
      { left: 0, expected: 90 },
      'consolidating',
    ],
    ['done where only an order of size asks for more', { left: 0, expected: 90, rough: true }, 'done'],
    ['consolidating where there was nothing to consolidate', { left: 0, present: 0 }, 'consolidating'],
  ])('is after the journée %s', (_, { left, expected = 80, present = 80, rough = false }, status) => {
    const after = { since: PAST, created: 5, completed: 3, confirmed: 2, left }
    const records = { ...expecting(expected), basis: rough ? 'default_ratio' : 'declared' } as ExpectedRecords
    const counts = { present, prefilled: Math.min(present, 60), past: [], consolidation: after }
    const calendar = { today: TODAY, next: null, last: PAST }
    expect(prefill(counts, records, calendar, rules.prefill)).toMatchObject({ status, consolidation: after })
  })

  it('is never late by an order of size alone', () => {
    const at = (basis: ExpectedRecords['basis']) =>
      prefill(
        { present: 80, prefilled: 10, past: [], consolidation: null },
        { ...expecting(100), basis },
        { today: TODAY, next: addDays(TODAY, 3), last: null },
        rules.prefill,
      ).status
    expect(at('declared')).toBe('late')
    expect(at('reference_list')).toBe('late')
    expect(at('regional_ratio')).not.toBe('late')
    expect(at('source_lists')).toBe('late')
    expect(at('default_ratio')).not.toBe('late')
  })

  const anyCase: fc.Arbitrary<Case> = fc.record(
    {
      expected: fc.option(fc.nat(300)),
      present: fc.nat(300),
      prefilled: fc.nat(300),
      before: fc.nat(300),
      inDays: fc.nat(200),
      last: fc.constant(PAST),
    },
    { requiredKeys: [] },
  )
  const whole = anyCase.map((one) => ({
    ...one,
    prefilled: Math.min(one.prefilled ?? 50, one.present ?? 80),
  }))

  it('is one of seven, or nothing where a target or a speed is missing; progress stays within 0–100', () => {
    fc.assert(
      fc.property(whole, (one) => {
        const { status, progress, expected, speed, toComplete, toCreate } = of(one)
        if (progress !== null) {
          expect(progress).toBeGreaterThanOrEqual(0)
          expect(progress).toBeLessThanOrEqual(100)
        }
        expect(toComplete).toBeGreaterThanOrEqual(0)
        expect(toCreate ?? 0).toBeGreaterThanOrEqual(0)
        expect(status === 'done').toBe(progress === 100)
        if (status === null) expect(expected === null || speed === null).toBe(true)
      }),
    )
  })

  it('is never better for fewer records', () => {
    const rank = ['not_started', 'late', 'at_risk', 'on_track', 'done']
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(200), (one, other, inDays) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)]
        const at = (prefilled: number) => of({ present: 100, prefilled, before: 0, inDays }).status
        const ranked = [at(fewer), at(more)].map((status) => rank.indexOf(status!))
        // « Pas commencé » is far from the day, « En retard » near it: of one day they never stand side by side.
        expect(ranked[0]!).toBeLessThanOrEqual(ranked[1]!)
      }),
    )
  })
})

describe('the pre-fill of one référent·e', () => {
  const calendar = { today: TODAY, next: '2026-12-24', last: null }
  const who = { referent: 7, kind: 'associative' } as const

  it('expects all the records that they follow', () => {
    const past = [{ day: '2026-11-10', prefilled: 3 }]
    const counts = { present: 20, prefilled: 10, past, consolidation: null }
    expect(referentPrefill(who, counts, calendar, rules.prefill)).toEqual({
      ...who,
      present: 20,
      prefilled: 10,
      progress: 50,
      toComplete: 10,
      speed: 0.5,
      speedDays: 14,
      forecastEnd: '2026-12-20',
      forecastRange: { earliest: '2026-12-09', latest: '2026-12-27' },
      status: 'on_track',
      consolidation: null,
    })
  })

  it('says nothing where they follow none', () => {
    expect(
      referentPrefill(
        who,
        { present: 0, prefilled: 0, past: [], consolidation: null },
        calendar,
        rules.prefill,
      ),
    ).toMatchObject({ progress: null, status: null })
  })
})
