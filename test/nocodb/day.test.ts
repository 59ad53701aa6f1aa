import { describe, expect, it } from 'vitest'
import { dayOf } from '../../src/nocodb/day.ts'

describe('the day of a cell', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T10:00:00Z', '2026-11-24'],
    ['2026-11-24T22:30:00Z', '2026-11-24'],
    ['2026-11-24T23:30:00Z', '2026-11-25'],
    ['2026-07-14T22:30:00Z', '2026-07-15'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
    ['bientôt', null],
    ['', null],
    [20261124, null],
    [null, null],
    [undefined, null],
  ])('%j is %j in Paris', (cell, day) => {
    expect(dayOf(cell)).toBe(day)
  })
})
