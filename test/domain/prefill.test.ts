import { describe, expect, it } from 'vitest'
import { expectedRatio, prefill } from '../../src/domain/prefill.ts'
import { rules } from '../helpers/rules.ts'

const byDefault = { per10000: 3, regional: false }
const epci = (counts: Partial<Parameters<typeof prefill>[0]>) => ({
  declared: null,
  population: null,
  present: 0,
  prefilled: 0,
  ...counts,
})

describe('the pre-fill of an EPCI', () => {
  it('is measured against the declared target first', () => {
    expect(
      prefill(epci({ declared: 40, population: 100_000, present: 30, prefilled: 10 }), byDefault),
    ).toEqual({
      expected: 40,
      basis: 'declared',
      present: 30,
      prefilled: 10,
      progress: 25,
      toComplete: 20,
      toCreate: 10,
    })
  })

  it('is measured against the population else, and says by which ratio', () => {
    expect(prefill(epci({ population: 50_000 }), byDefault)).toMatchObject({
      expected: 15,
      basis: 'default_ratio',
    })
    expect(prefill(epci({ population: 50_000 }), { per10000: 4, regional: true })).toMatchObject({
      expected: 20,
      basis: 'regional_ratio',
    })
  })

  it('is unknown, never zero, where nothing says what is expected', () => {
    expect(prefill(epci({ present: 3 }), byDefault)).toMatchObject({
      expected: null,
      progress: null,
      toCreate: null,
    })
  })

  it('never passes 100 %', () => {
    expect(prefill(epci({ declared: 2, present: 9, prefilled: 9 }), byDefault)).toMatchObject({
      progress: 100,
      toCreate: 0,
    })
  })

  it('takes the median ratio of the EPCI that are done, from five of them', () => {
    const done = [10, 20, 30, 40, 50].map((present) =>
      epci({ declared: 10, population: 100_000, present, prefilled: 10 }),
    )
    expect(expectedRatio(done, rules.referentials)).toEqual({ per10000: 3, regional: true })
    expect(expectedRatio(done.slice(1), rules.referentials)).toEqual({ per10000: 3, regional: false })
  })
})
