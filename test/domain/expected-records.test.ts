import { describe, expect, it } from 'vitest'
import { expectedRecords, progressOf, regionalRatios } from '../../src/domain/expected-records.ts'
import type { Counted } from '../../src/domain/expected-records.ts'
import { rules } from '../helpers/rules.ts'

const byDefault = { per10000: 3, regional: false }
const nothing = { declared: null, reference: null, listed: null, population: null }
const BRETAGNE = '53'

describe('the expected records of an EPCI', () => {
  it.each([
    [
      'the target that people declared',
      { ...nothing, declared: 40, reference: { records: 60, list: 'liste.csv' }, population: 100_000 },
      40,
      'declared',
      null,
    ],
    [
      'else the reference list',
      { ...nothing, reference: { records: 60, list: 'liste.csv' }, population: 100_000 },
      60,
      'reference_list',
      null,
    ],
    ['else its population', { ...nothing, population: 50_000 }, 15, 'default_ratio', 3],
    ['one at least', { ...nothing, population: 100 }, 1, 'default_ratio', 3],
    ['a target of none', { ...nothing, declared: 0, population: 50_000 }, 0, 'declared', null],
    ['nothing', nothing, null, null, null],
  ] as const)('are %s', (_, targets, expected, basis, per10000) => {
    expect(expectedRecords(targets, byDefault)).toMatchObject({ expected, basis, per10000 })
  })

  it('say that their ratio is the region’s', () => {
    const region = { per10000: 4, regional: true }
    expect(expectedRecords({ ...nothing, population: 50_000 }, region)).toEqual({
      expected: 20,
      basis: 'regional_ratio',
      per10000: 4,
      list: null,
      ...{ listed: null, byPopulation: null },
    })
  })

  it('name the list that they come from', () => {
    const reference = { records: 60, list: 'liste.csv' }
    expect(expectedRecords({ ...nothing, reference }, byDefault)).toMatchObject({
      expected: 60,
      list: 'liste.csv',
    })
  })
})

describe('progress', () => {
  it.each([
    [10, 40, 25],
    [50, 40, 100],
    [0, 0, 100],
    [3, null, null],
  ])('of %d records on %s is %s', (prefilled, expected, progress) => {
    expect(progressOf(prefilled, expected)).toBe(progress)
  })
})

describe('the ratio of a region', () => {
  const done = (present: number, changes: Partial<Counted> = {}): Counted => ({
    ...nothing,
    declared: 10,
    population: 100_000,
    region: BRETAGNE,
    present,
    prefilled: 10,
    ...changes,
  })
  const five = [10, 50, 30, 40, 20].map((present) => done(present))

  it('is the median of its EPCI that are done, from five of them', () => {
    expect(regionalRatios(five, rules.prefill)(BRETAGNE)).toEqual({ per10000: 3, regional: true })
    expect(regionalRatios([...five, done(70)], rules.prefill)(BRETAGNE).per10000).toBe(3.5)
    expect(regionalRatios(five.slice(1), rules.prefill)(BRETAGNE)).toEqual({ per10000: 3, regional: false })
  })

  it.each([
    ['one that is not done', { prefilled: 9 }],
    ['one whose target is none', { declared: 0 }],
    ['one whose population is unknown', { population: null }],
    ['one known by a ratio only: it would prove itself', { declared: null }],
    ['one of another region', { region: '52' }],
  ])('leaves out %s', (_, changes) => {
    expect(regionalRatios([...five.slice(1), done(99, changes)], rules.prefill)(BRETAGNE).regional).toBe(
      false,
    )
  })

  it('counts those done by the reference list', () => {
    const listed = done(60, { declared: null, reference: { records: 10, list: 'liste.csv' } })
    expect(regionalRatios([...five.slice(1), listed], rules.prefill)(BRETAGNE)).toEqual({
      per10000: 4,
      regional: true,
    })
  })
})
