import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaroWinkler } from '../../../src/domain/duplicates/jaro-winkler.ts'

describe('the likeness of two words', () => {
  // The table of Winkler (1990), as it is quoted since.
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['jones', 'johnson', 0.8324],
    ['abroms', 'abrams', 0.9222],
    ['lampley', 'campley', 0.9048],
    ['callac', 'callac', 1],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
    ['abc', '', 0],
    ['', '', 1],
    ['ab', 'ba', 0],
    ['abcdefgh', 'abcdzzzz', 0.8],
    ['abcdefgh', 'abcdezzz', 0.85],
    ['abcdef', 'bacdef', 0.9444],
    ['xabcdef', 'abcdefx', 0.9048],
  ])('of %s and %s is %d', (one, other, likeness) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(likeness, 4)
  })

  it('is the same both ways, from 0 to 1, and 1 for a word and itself', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        const likeness = jaroWinkler(one, other)
        expect(jaroWinkler(other, one)).toBe(likeness)
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        expect(jaroWinkler(one, one)).toBe(1)
      }),
    )
  })
})
