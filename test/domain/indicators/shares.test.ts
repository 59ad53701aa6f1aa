import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOf } from '../../../src/domain/indicators/shares.ts'

describe('a share with its count', () => {
  it.each([
    // Ends published with the score interval (E. B. Wilson, 1927), at 95 %.
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [2, 3, 0.2077, 0.9385],
    [81, 263, 0.2553, 0.3662],
  ])('of %d in %d lies between %d and %d', (count, of, low, high) => {
    const { interval } = shareOf(count, of, 10)
    expect(interval?.[0]).toBeCloseTo(low, 4)
    expect(interval?.[1]).toBeCloseTo(high, 4)
  })

  it('holds its own figure, within 0 and 1, and is narrower the more there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, part) => {
          const count = Math.round(part * of)
          const [low, high] = shareOf(count, of, 10).interval ?? [NaN, NaN]
          expect(low).toBeGreaterThanOrEqual(0)
          expect(high).toBeLessThanOrEqual(1)
          expect(low).toBeLessThanOrEqual(count / of)
          expect(high).toBeGreaterThanOrEqual(count / of)
          const [less, more] = shareOf(10 * count, 10 * of, 10).interval ?? [NaN, NaN]
          expect(more - less).toBeLessThan(high - low)
        },
      ),
    )
  })

  it('is marked as little under so many, and says nothing of nothing', () => {
    expect(shareOf(9, 9, 10).little).toBe(true)
    expect(shareOf(9, 10, 10).little).toBe(false)
    expect(shareOf(0, 0, 10)).toEqual({ count: 0, of: 0, little: true, interval: null })
  })
})
