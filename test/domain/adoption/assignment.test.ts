import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign } from '../../../src/domain/adoption/assignment.ts'

/** The best sum that any way of giving columns to rows has, tried one by one. */
function bestSum(scores: readonly (readonly number[])[], row = 0, taken = new Set<number>()): number {
  if (row === scores.length) return 0
  let best = bestSum(scores, row + 1, taken)
  for (const [column, score] of scores[row]!.entries()) {
    if (taken.has(column) || score <= 0) continue
    best = Math.max(best, score + bestSum(scores, row + 1, new Set([...taken, column])))
  }
  return best
}

describe('assign', () => {
  it('gives up the best of one row where the whole gains by it', () => {
    const scores = [
      [0.9, 0.8],
      [0.85, 0],
    ]
    expect(assign(scores)).toEqual([1, 0])
  })

  it('leaves a row without a column rather than giving it what is no match', () => {
    expect(assign([[0], [0.5]])).toEqual([null, 0])
    expect(assign([[], []])).toEqual([null, null])
    expect(assign([])).toEqual([])
  })

  it('finds the highest sum there is, no column twice, whatever the scores', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(
          fc.array(
            fc.oneof(
              fc.constant(0),
              fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
            ),
            { minLength: columns, maxLength: columns },
          ),
          { minLength: rows, maxLength: rows },
        ),
      )
    fc.assert(
      fc.property(matrix, (scores) => {
        const given = assign(scores)
        const used = given.filter((column) => column !== null)
        expect(new Set(used).size).toBe(used.length)
        const sum = given.reduce<number>(
          (total, column, row) => total + (column === null ? 0 : scores[row]![column]!),
          0,
        )
        expect(sum).toBeCloseTo(bestSum(scores), 9)
      }),
      { numRuns: 300 },
    )
  })
})
