import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groups } from '../../src/domain/groups.ts'
import { rules } from '../helpers/rules.ts'

const bounds = rules['success-conditions'].groups

describe('groups of 4 to 6', () => {
  it.each([
    [4, [4]],
    [5, [5]],
    [8, [4, 4]],
    [9, [5, 4]],
    [11, [6, 5]],
    [16, [4, 4, 4, 4]],
    [23, [5, 5, 5, 4, 4]],
    [24, [6, 6, 6, 6]],
  ])('splits %d people as evenly as can be', (people, sizes) => {
    expect(groups(people, bounds)).toEqual({ sizes, nearest: [] })
  })

  it.each([
    [1, [4]],
    [2, [4]],
    [3, [4]],
    [7, [6, 8]],
  ])('cannot split %d people, and gives the nearest numbers that can be', (people, nearest) => {
    expect(groups(people, bounds)).toEqual({ sizes: null, nearest })
  })

  it('leaves nobody out, and no two groups further apart than one person', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), range, (people, [from, more]) => {
        const { sizes, nearest } = groups(people, { from, to: from + more })
        if (sizes === null) {
          expect(nearest.length).toBeGreaterThan(0)
          for (const other of nearest) expect(groups(other, { from, to: from + more }).sizes).not.toBeNull()
          return
        }
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(people)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(from)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(from + more)
      }),
    )
  })
})
