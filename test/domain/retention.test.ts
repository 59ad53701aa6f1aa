import { describe, expect, it } from 'vitest'
import { expired, monthsBefore } from '../../src/domain/retention.ts'

describe('what is past its retention', () => {
  it.each([
    ['2026-11-24', 24, '2024-11-24'],
    ['2026-03-31', 1, '2026-02-28'],
    ['2024-03-31', 1, '2024-02-29'],
    ['2026-01-15', 13, '2024-12-15'],
  ])('%s less %i months is %s', (day, months, before) => {
    expect(monthsBefore(day, months)).toBe(before)
  })

  it('is older than the limit: on the day itself it is kept, and without a date too, which is said', () => {
    const row = (id: number, sign: string | null) => ({ id, sign, filled: ['Nom'], spared: false })
    const rows = [row(1, '2024-11-23'), row(2, '2024-11-24'), row(3, null), row(4, '2027-01-01')]
    expect(expired(rows, 24, '2026-11-24')).toEqual({ rows: [row(1, '2024-11-23')], undated: 1 })
  })
})
