import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assigned } from '../../../src/domain/import/assignment.ts'
import type { Claimant } from '../../../src/domain/import/assignment.ts'

const MARGIN = 5
const none = { margin: MARGIN, oneSource: () => false, oneRecord: () => false }

/** « a: 1 90, 2 70 before »: a may be record 1 with 90 points, or 2 with 70, which an earlier run found. */
function claimants(...texts: readonly string[]): Claimant[] {
  return texts.map((text) => {
    const [key = '', list = ''] = text.split(': ')
    const candidates = list.split(', ').map((one) => {
      const [record = '', score = '', before] = one.split(' ')
      const earlier = before !== undefined
      return { record, score: Number(score), reason: '', sure: Number(score) >= 60, earlier }
    })
    return { record: { key }, candidates: candidates.sort((one, other) => other.score - one.score) }
  })
}

function told(all: readonly Claimant[], setting: Partial<typeof none> = {}): string[] {
  return assigned(all, { ...none, ...setting }).map((match) =>
    match.kind === 'same' ? match.record + (match.twinOf === undefined ? '' : ` with ${match.twinOf}`) : '?',
  )
}

describe('one to one', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['the better pair wins, the other is for a person', ['a: 1 90', 'b: 1 80'], ['1', '?']],
    ['who lost takes what is left', ['a: 1 90', 'b: 1 80, 2 70'], ['1', '2']],
    ['a tie of two sources is nobody’s', ['a: 1 90', 'b: 1 87'], ['?', '?']],
    ['a tie of two records is for a person', ['a: 1 90, 2 87'], ['?']],
    ['a tie is none where the other has a better one', ['a: 1 90, 2 87', 'b: 2 95'], ['1', '2']],
    ['both ways', ['a: 1 90, 2 88', 'b: 1 88, 2 90'], ['1', '2']],
    ['too few points are for a person', ['a: 1 55'], ['?']],
    ['what an earlier run found decides a tie of two records', ['a: 1 90, 2 87 before'], ['2']],
    ['and a tie of two sources', ['a: 1 90', 'b: 1 87 before'], ['?', '1']],
    ['and no more than a tie', ['a: 1 90, 2 84 before'], ['1']],
    ['a better pair wins over it', ['a: 1 90', 'b: 1 84 before'], ['1', '?']],
    ['a tie of two that an earlier run found is nobody’s', ['a: 1 90 before', 'b: 1 87 before'], ['?', '?']],
  ])('%s', (_, all, expected) => {
    expect(told(claimants(...all))).toEqual(expected)
    expect(told(claimants(...all).reverse()).reverse()).toEqual(expected)
  })

  it('but for two of the source, or of the base, that are one place', () => {
    const all = claimants('a: 1 90', 'b: 1 87')
    expect(told(all, { oneSource: () => true })).toEqual(['1', '1 with a'])
    expect(told(claimants('a: 1 90, 2 87'), { oneRecord: () => true })).toEqual(['1'])
  })

  it('no record goes to two, nothing unsure is given, and the order changes nothing', () => {
    const record = fc.constantFrom('1', '2', '3', '4')
    // Points that no two pairs share: between equals the order must decide.
    const scores = fc.uniqueArray(fc.integer({ min: 40, max: 400 }), { minLength: 12, maxLength: 12 })
    const all = fc
      .tuple(scores, fc.array(fc.uniqueArray(record, { minLength: 1, maxLength: 3 }), { maxLength: 4 }))
      .map(([points, lists]) => {
        let at = 0
        const texts = lists.map(
          (list, key) => `${key}: ${list.map((one) => `${one} ${points[at++]! / 4}`).join(', ')}`,
        )
        return claimants(...texts)
      })
    fc.assert(
      fc.property(all, (some) => {
        const forth = assigned(some, none)
        const given = forth.flatMap((match) => (match.kind === 'same' ? [match.record] : []))
        expect(new Set(given).size).toBe(given.length)
        for (const match of forth) if (match.kind === 'same') expect(match.score).toBeGreaterThanOrEqual(60)
        expect(assigned(some.toReversed(), none).toReversed()).toEqual(forth)
      }),
      { numRuns: 500 },
    )
  })
})
