import { describe, expect, it } from 'vitest'
import { flatItem } from '../../src/files/flat-item.ts'

describe('an item of JSON as columns', () => {
  it('has a column for each part, and one for each key of a list of objects', () => {
    const item = {
      id: 1,
      address: { city: 'Brest' },
      services: [{ label: 'a' }, { label: 'b' }],
      tags: ['x', 'y'],
    }
    expect(flatItem(item)).toEqual({
      titles: ['id', 'address.city', 'services[].label', 'tags'],
      values: [1, 'Brest', ['a', 'b'], ['x', 'y']],
    })
  })

  // By a copy for each value it would be hours.
  it('is read as fast as it is long', () => {
    const results = Array.from({ length: 300_000 }, (_, at) => ({ a: at }))
    const { values } = flatItem({ results })
    expect((values[0] as unknown[]).length).toBe(results.length)
  })
})
