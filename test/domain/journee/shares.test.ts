import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shares } from '../../../src/domain/journee/shares.ts'

const records = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 5000 }),
    commune: fc.option(fc.constantFrom('Brest', 'Morlaix', 'Roscoff', 'Île-de-Batz')),
  }),
  { selector: ({ id }) => id, maxLength: 200 },
)

it('gives every record to one group, parts as even as can be, whatever the order', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 1, max: 30 }), (all, groups) => {
      const numbers = Array.from({ length: groups }, (_, at) => 2 * at + 1)
      const shared = shares(all, numbers)
      expect(shared.size).toBe(all.length)
      const counts = Array.from(
        { length: groups },
        (_, at) => [...shared.values()].filter((one) => one === 2 * at + 1).length,
      )
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(all.length)
      if (all.length >= groups) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      expect([...shares(all.toReversed(), numbers)].toSorted()).toEqual([...shared].toSorted())
    }),
  )
})

it('keeps the places of a commune together', () => {
  const all = ['Roscoff', 'Brest', 'Roscoff', 'Brest'].map((commune, index) => ({ id: index + 1, commune }))
  const shared = shares(all, [1, 2])
  expect([shared.get(2), shared.get(4), shared.get(1), shared.get(3)]).toEqual([1, 1, 2, 2])
})
