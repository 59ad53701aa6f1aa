import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEYS, candidatePairs } from '../../../src/domain/duplicates/candidate-pairs.ts'
import { atOnce } from '../../../src/domain/steps.ts'

function met(records: readonly (readonly number[])[], most = 100) {
  const gathered = candidatePairs(most)
  for (const keys of records) gathered.add(keys)
  const visits: string[] = []
  const crowds = atOnce(gathered.each((one, other) => visits.push(`${one} ${other}`)))
  return { visits, crowds }
}

describe('who meets whom', () => {
  it('is who shares a key, each two once, whatever they share', () => {
    expect(met([[1, 2], [2, 1, 2], [3], [1], []]).visits.sort()).toEqual(['0 1', '0 3', '1 3'])
  })

  it('is nobody under a key that too many share, which is told, unless another key joins them', () => {
    const { visits, crowds } = met([[7], [7, 9], [7, 9], [7]], 3)
    expect(visits).toEqual(['1 2'])
    expect(crowds).toEqual([{ key: 7, records: 4, first: 0 }])
  })

  it('is the same as if all were compared with all', () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: KEYS - 3, max: KEYS - 1 }))
    fc.assert(
      fc.property(fc.array(fc.array(key, { maxLength: 4 }), { maxLength: 40 }), (records) => {
        const expected = records.flatMap((keys, one) =>
          records.flatMap((others, other) =>
            other > one && keys.some((each) => others.includes(each)) ? [`${one} ${other}`] : [],
          ),
        )
        expect(met(records).visits.sort()).toEqual(expected.sort())
      }),
    )
  })

  it('does not forget the first records when many more come', () => {
    const many = Array.from({ length: 5000 }, (_, at) => [at + 10, at + 11])
    expect(met(many).visits).toHaveLength(4999)
  })
})
