import { describe, expect, it } from 'vitest'
import { canBe, figureOf, need } from '../../src/domain/need.ts'
import type { ImportedFigure, NeedFacts } from '../../src/domain/need.ts'
import { TypologyRules } from '../../src/domain/rules/typology.ts'
import { rules } from '../helpers/rules.ts'

const NOTHING: NeedFacts = { fragility: null, population: null, imported: [] }
const imported = (column: string, value: number): ImportedFigure => ({
  column,
  value,
  source: 'La Mednum',
  year: 2023,
})
const measured = (facts: Partial<NeedFacts>, by = rules.typology.need) => need({ ...NOTHING, ...facts }, by)
const fragility = (facts: Partial<NeedFacts>) =>
  measured(facts).figures.find(({ key }) => key === 'fragility')

/** Rules of need of these figures alone. */
const ruled = (...figures: readonly object[]) =>
  TypologyRules.parse({ ...rules.typology, need: { figures } }).need
const OLDER = { key: 'older', label: '75 ans et plus', columns: ['part_75_ans'], from: 8, to: 16, weight: 1 }

describe('the need of an EPCI', () => {
  it('is anywhere where nothing is known, and counts half', () => {
    expect(measured({})).toMatchObject({ half: 50, low: 0, high: 100, coverage: 0 })
  })

  it('is the weighted mean of its figures, each between its bounds', () => {
    // fragility 8 → 100 (weight 3); population 10,000 → 0 (weight 1)
    expect(measured({ fragility: 8, population: 10_000 })).toMatchObject({
      half: 75,
      low: 75,
      high: 75,
      coverage: 1,
    })
    expect(measured({ fragility: 5.5 })).toMatchObject({ half: 50, low: 37.5, high: 62.5, coverage: 0.75 })
  })

  it.each([
    [1000, 0],
    [10_000, 0],
    [31_622.776_601_683_79, 50],
    [100_000, 100],
    [400_000, 100],
    [0, 0],
    [-5, 0],
  ])('compares populations by their ratio: %d inhabitants', (population, score) => {
    expect(measured({ population }).figures[1]?.score).toBeCloseTo(score, 9)
  })

  it('says whose word the own figures are, and takes them for no other', () => {
    const known = { fragility: 5, population: 30_000 }
    expect(measured(known).figures.map(({ from }) => from)).toEqual(['person', 'population'])
    const [population, older] = measured(
      { population: 30_000 },
      ruled({ ...OLDER, key: 'population' }, OLDER),
    ).figures
    expect(population).toMatchObject({ value: 30_000, from: 'population', source: null, year: null })
    expect(older).toMatchObject({ value: null, score: null, from: null })
  })

  it('takes, of two columns of one name, the first in the order of signs, whichever comes first', () => {
    const both = [imported('total', 4), imported('TOTAL', 6)]
    expect(fragility({ imported: both })).toMatchObject({ value: 6 })
    expect(fragility({ imported: both.toReversed() })).toMatchObject({ value: 6 })
  })

  it.each([
    [1, true],
    [10, true],
    [0.99, false],
    [10.01, false],
    [Number.POSITIVE_INFINITY, false],
  ])('counts a fragility at the ends of what it can be, and none beyond: %d', (value, counts) => {
    expect(fragility({ fragility: value })?.value).toBe(counts ? value : null)
    expect(canBe(value, { within: [1, 10] })).toBe(counts)
  })

  it('counts any number of a figure without ends', () => {
    expect(canBe(-1e9, {})).toBe(true)
    expect(canBe(Number.NaN, {})).toBe(false)
  })

  it('counts nothing and less by differences where the rule does not compare ratios', () => {
    const balance = ruled({ ...OLDER, from: -10, to: 10 })
    const of = (value: number) => measured({ imported: [imported('part_75_ans', value)] }, balance).half
    expect([-20, -10, -5, 0, 10].map(of)).toEqual([0, 0, 25, 50, 100])
  })

  it('is the greater for a small figure where the rule says so, ratios compared', () => {
    const few = ruled({ ...OLDER, from: 100, to: 1, scale: 'log' })
    const of = (value: number) => measured({ imported: [imported('part_75_ans', value)] }, few).half
    expect([1000, 100, 10, 1, 0, -3].map(of)).toEqual([0, 0, 50, 100, 100, 100])
  })

  it('is read from a column by any of its names, case and accents aside', () => {
    const own = ruled(OLDER, { ...OLDER, key: 'covered', columns: ['THD', 'Très haut débit'] })
    expect(figureOf('Part_75_ans', own)?.key).toBe('older')
    expect(figureOf('tres haut debit', own)?.key).toBe('covered')
    expect(figureOf('thd', own)?.key).toBe('covered')
    expect(figureOf('part', own)).toBeNull()
  })

  it('takes the word of a person before that of a file, and the names of the rule in their order', () => {
    const total = imported('total', 4)
    expect(fragility({ fragility: 7, imported: [total] })).toMatchObject({
      value: 7,
      from: 'person',
      source: null,
    })
    expect(fragility({ imported: [total] })).toMatchObject({
      value: 4,
      from: 'import',
      source: 'La Mednum',
      year: 2023,
    })
    expect(fragility({ imported: [total, imported('FRAGILITE', 6)] })).toMatchObject({ value: 6 })
    expect(fragility({ imported: [imported('autre', 6)] })).toMatchObject({
      value: null,
      score: null,
      from: null,
    })
  })

  it.each([0, 0.9, 10.1, 55, Number.NaN])(
    'counts a fragility of %d, which cannot be, as unknown',
    (value) => {
      expect(fragility({ fragility: value })).toMatchObject({ value: null, score: null })
      expect(fragility({ imported: [imported('total', value)] })).toMatchObject({ value: null })
      // An imported one stands in for a person's that cannot be.
      expect(fragility({ fragility: value, imported: [imported('total', 5)] })).toMatchObject({
        value: 5,
        from: 'import',
      })
    },
  )

  it('counts any column that the rules name, more or less of it being the need', () => {
    const { need: own } = TypologyRules.parse({
      ...rules.typology,
      need: {
        figures: [
          { key: 'covered', label: 'couverture', columns: ['Très haut débit'], from: 100, to: 20, weight: 1 },
        ],
      },
    })
    const of = (value: number) => measured({ imported: [imported('tres haut débit', value)] }, own).half
    expect([of(100), of(60), of(20), of(0)]).toEqual([0, 50, 100, 100])
  })
})
