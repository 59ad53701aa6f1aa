import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/days.ts'
import { forecast, forecastRange, paceOf } from '../../src/domain/forecast.ts'
import type { Forecast } from '../../src/domain/forecast.ts'
import { rules } from '../helpers/rules.ts'

const TODAY = '2026-11-24' // a Tuesday
const past = (days: number, prefilled: number) => ({ day: addDays(TODAY, -days), prefilled })
const pace = (...days: ReturnType<typeof past>[]) =>
  paceOf({ day: TODAY, prefilled: 30 }, days, rules.prefill)

describe('the speed', () => {
  it('is that of the last 14 days', () => {
    expect(pace(past(14, 16))).toEqual({ speed: 1, speedDays: 14 })
  })

  it('is negative where records were lost', () => {
    expect(pace(past(14, 37)).speed).toBe(-0.5)
  })

  it.each([
    ['there is no former day', []],
    ['the only one is too near', [past(2, 10)]],
  ])('is unknown, never zero, where %s', (_, days) => {
    expect(pace(...days)).toEqual({ speed: null, speedDays: null })
  })

  it('is measured from the day nearest to 14 days ago, the older of two as near', () => {
    expect(pace(past(20, 10), past(13, 17)).speedDays).toBe(13)
    expect(pace(past(15, 0), past(13, 17))).toEqual({ speed: 2, speedDays: 15 })
  })

  it('spreads what was done over the days a stopped service did not see', () => {
    expect(pace(past(40, 10), past(1, 29))).toEqual({ speed: 0.5, speedDays: 40 })
  })
})

describe('the bounds of a speed and of a forecast', () => {
  const { forecast: bounds, speed } = rules.prefill
  const at = (days: number) => forecast(TODAY, { remaining: days, speed: 1 }, null, rules.prefill)

  it('a speed is told from the fewest days on', () => {
    expect(pace(past(speed.atLeast, 27)).speedDays).toBe(speed.atLeast)
    expect(pace(past(speed.atLeast - 1, 27)).speedDays).toBeNull()
  })

  it('of two days as near, the older counts, in whichever order they come', () => {
    for (const days of [
      [past(16, 0), past(12, 18)],
      [past(12, 18), past(16, 0)],
    ])
      expect(pace(...days).speedDays).toBe(16)
  })

  it.each([
    ['the week', bounds.weekly, '2026-12-27'], // itself a Tuesday: the Sunday after
    ['the month', bounds.weekly + 1, '2027-01-03'],
    ['the month, at its end', bounds.monthly, '2027-04-04'],
    ['the quarter', bounds.monthly + 1, '2027-04-04'],
  ])('is shown to %s after %s days', (_, days, day) => {
    expect(at(days)).toEqual({ kind: 'day', end: addDays(TODAY, days), shown: day })
  })

  it('is shown to the month up to its last day, and to the quarter from the next', () => {
    const early = addDays('2027-01-12', -bounds.monthly)
    const shown = (days: number) => forecast(early, { remaining: days, speed: 1 }, null, rules.prefill)
    expect(shown(bounds.monthly)).toMatchObject({ end: '2027-01-12', shown: '2027-01-31' })
    expect(shown(bounds.monthly + 1)).toMatchObject({ end: '2027-01-13', shown: '2027-04-04' })
  })

  it('is shown up to the horizon, and hidden beyond', () => {
    expect(at(bounds.horizon)).toMatchObject({ shown: expect.any(String) })
    expect(at(bounds.horizon + 1)).toMatchObject({ kind: 'day', shown: null })
  })

  it('is shown on the journée, not after it, where it comes on that very day', () => {
    const day = addDays(TODAY, 3)
    expect(forecast(TODAY, { remaining: 3, speed: 1 }, day, rules.prefill)).toMatchObject({ shown: day })
    const before = addDays(TODAY, 2)
    const late = forecast(TODAY, { remaining: 3, speed: 1 }, before, rules.prefill)
    expect(late.kind === 'day' && late.shown! > before).toBe(true)
  })

  it('is never where nothing moves, or beyond all calendars', () => {
    expect(forecast(TODAY, { remaining: 1, speed: 0 }, null, rules.prefill)).toEqual({ kind: 'never' })
    expect(at(365_000)).toMatchObject({ kind: 'day' })
    expect(at(365_001)).toEqual({ kind: 'never' })
  })
})

describe('the forecast end', () => {
  const shown = (remaining: number, speed: number, day: string | null = null) =>
    forecast(TODAY, { remaining, speed }, day, rules.prefill)

  it.each([
    ['is shown as the Sunday of its week', 6, 1, null, '2026-11-30', '2026-12-06'],
    ['is that Sunday itself', 5, 1, null, '2026-11-29', '2026-11-29'],
    ['is the Sunday that ends its month where it is far', 60, 1, null, '2027-01-23', '2027-01-31'],
    ['is the Sunday that ends its quarter where it is further', 130, 1, null, '2027-04-03', '2027-07-04'],
    ['counts a day begun', 5, 2, null, '2026-11-27', '2026-11-29'],
    ['is never shown past the journée that it keeps', 6, 1, '2026-12-03', '2026-11-30', '2026-12-03'],
    ['is shown as before where the journée comes later', 6, 1, '2026-12-20', '2026-11-30', '2026-12-06'],
    ['is shown past the journée that it misses', 10, 1, '2026-12-03', '2026-12-04', '2026-12-06'],
    ['has no date where it is years ahead', 800, 1, null, '2029-02-01', null],
  ])('%s', (_, remaining, speed, day, end, expected) => {
    expect(shown(remaining, speed, day)).toEqual({ kind: 'day', end, shown: expected })
  })

  it('never comes where nothing is added, and is unknown where the speed or the target is', () => {
    expect(shown(5, 0).kind).toBe('never')
    expect(shown(5, -1).kind).toBe('never')
    expect(shown(1e9, 1e-9).kind).toBe('never')
    expect(forecast(TODAY, { remaining: 5, speed: null }, null, rules.prefill).kind).toBe('unknown')
    expect(forecast(TODAY, { remaining: null, speed: 1 }, null, rules.prefill).kind).toBe('unknown')
  })

  const anyDay = fc.option(fc.integer({ min: 0, max: 400 }).map((days) => addDays(TODAY, days)))
  const anyRemaining = fc.integer({ min: 1, max: 500 })
  const anySpeed = fc.double({ min: 0.01, max: 50, noNaN: true })
  const order = (one: Forecast) => (one.kind === 'day' ? [one.end, one.shown ?? '9999'] : ['9999', '9999'])

  it('never comes later for being faster, exact or shown', () => {
    fc.assert(
      fc.property(anyRemaining, anySpeed, anySpeed, anyDay, (remaining, one, other, day) => {
        const [fast, slow] = [Math.max(one, other), Math.min(one, other)]
        const [end, seen] = order(shown(remaining, fast, day))
        const [slowEnd, slowSeen] = order(shown(remaining, slow, day))
        expect(end! <= slowEnd!).toBe(true)
        expect(seen! <= slowSeen!).toBe(true)
      }),
    )
  })

  it('never contradicts the journée: shown after it if and only if it comes after it', () => {
    fc.assert(
      fc.property(anyRemaining, anySpeed, anyDay, (remaining, speed, day) => {
        const end = shown(remaining, speed, day)
        if (end.kind !== 'day' || end.shown === null || day === null) return
        expect(end.shown >= end.end).toBe(true)
        expect(end.shown > day).toBe(end.end > day)
      }),
    )
  })

  it('stays the same all week where the exact day moves within it', () => {
    const week = [0, 1, 2, 3, 4].map((late) =>
      forecast(addDays(TODAY, late), { remaining: 20, speed: 1 }, null, rules.prefill),
    )
    expect(new Set(week.map((one) => one.kind === 'day' && one.shown))).toEqual(new Set(['2026-12-20']))
  })
})

describe('the fork of a forecast', () => {
  const range = (remaining: number | null, count: number, days = 14) =>
    forecastRange(TODAY, remaining, { speed: count / days, speedDays: days })

  it('takes the count of the days measured as uncertain by its square root', () => {
    // 9 in 14 days are 9 ± 3: 24 left take 24 × 14 / 12 = 28 to 24 × 14 / 6 = 56 days
    expect(range(24, 9)).toEqual({ earliest: addDays(TODAY, 28), latest: addDays(TODAY, 56) })
  })

  it('may never end where the count is one, and says nothing where nothing is known or left', () => {
    expect(range(10, 1)).toEqual({ earliest: addDays(TODAY, 70), latest: null })
    for (const none of [range(0, 9), range(null, 9), range(10, 0), range(10, -3)]) expect(none).toBeNull()
    expect(forecastRange(TODAY, 10, { speed: null, speedDays: null })).toBeNull()
    expect(forecastRange(TODAY, 10, { speed: 1, speedDays: null })).toBeNull()
    // The root of a count under one is greater than the count: it may never end.
    expect(range(1, 0.25)).toEqual({ earliest: addDays(TODAY, 19), latest: null })
    // Beyond a thousand years there is no day to tell.
    expect(range(365_000, 4)).toBeNull()
    expect(range(365_000 / 7, 1)).toEqual({ earliest: addDays(TODAY, 365_000), latest: null })
  })

  it('holds the forecast between its ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 200 }), (remaining, count) => {
        const end = forecast(TODAY, { remaining, speed: count / 14 }, null, rules.prefill)
        const fork = range(remaining, count)!
        if (end.kind !== 'day') return
        expect(fork.earliest <= end.end).toBe(true)
        expect(fork.latest === null || fork.latest >= end.end).toBe(true)
      }),
    )
  })
})
