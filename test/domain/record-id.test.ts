import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsInPart, partOf, PARTS, recordId, rowOf } from '../../src/domain/record-id.ts'
import { partOfTable } from '../../src/nocodb/actor-tables.ts'

const part = fc.integer({ min: 0, max: PARTS - 1 })
const row = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('the identity of a record', () => {
  it('tells its table and its row, and is that of no other', () => {
    fc.assert(
      fc.property(part, row, part, row, (one, first, other, second) => {
        const id = recordId(one, first)
        expect(Number.isSafeInteger(id)).toBe(true)
        expect([partOf(id), rowOf(id)]).toEqual([one, first])
        expect(id === recordId(other, second)).toBe(one === other && first === second)
      }),
    )
  })

  it('is the number of the row in the first table', () => {
    fc.assert(
      fc.property(row, (one) => {
        expect(recordId(0, one)).toBe(one)
      }),
    )
  })

  it.each([[-1], [2 ** 32], [1.7e12]])('has no room beside other tables for a row %d', (one) => {
    expect(fitsInPart(one)).toBe(false)
  })

  it('gives a table that is not the first one a part of its own id alone, never the one of the first', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        expect(partOfTable(id)).toBe(partOfTable(id))
        expect(partOfTable(id)).toBeGreaterThan(0)
        expect(partOfTable(id)).toBeLessThan(PARTS)
      }),
    )
  })
})
