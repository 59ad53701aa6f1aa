import { describe, expect, it } from 'vitest'
import { need } from '../../src/domain/need.ts'
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
  ])('compares populations by their ratio: %d inhabitants', (population, score) => {
    expect(measured({ population }).figures[1]?.score).toBeCloseTo(score, 9)
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
