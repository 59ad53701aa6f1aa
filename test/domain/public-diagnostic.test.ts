import { describe, expect, it } from 'vitest'
import { hearDiagnostic } from '../../src/domain/public-diagnostic.ts'

describe('a diagnostic as people write it', () => {
  it.each([
    ['3', 3],
    [' 12 fois par an ', 12],
    ['1 réunion', 1],
    ['2/an', 2],
    ['0', 0],
    ['Aucune', 0],
    ['jamais', 0],
  ])('reads « %s » meetings', (meetingsPerYear, value) => {
    expect(hearDiagnostic({ meetingsPerYear })).toEqual({ answers: { meetingsPerYear: value }, faults: [] })
  })

  it.each(['souvent', '3 à 4', '-1', '2,5', '367', '3 3', '1e2', '٣'])(
    'takes « %s » for no number, and says so',
    (meetingsPerYear) => {
      const { answers, faults } = hearDiagnostic({ meetingsPerYear })
      expect([answers, faults.map(({ name }) => name)]).toEqual([{}, ['meetingsPerYear']])
    },
  )

  it('takes nothing and « je ne sais pas » for nothing, and what is not in the list for a fault', () => {
    expect(hearDiagnostic({})).toEqual({ answers: {}, faults: [] })
    expect(hearDiagnostic({ aim: 'unknown', tool: '', 'meetingsPerYear-unknown': 'oui' })).toEqual({
      ...{ answers: {}, faults: [] },
    })
    const { answers, faults } = hearDiagnostic({ aim: 'toString', network: 'facilitated' })
    expect([answers, faults.map(({ name }) => name)]).toEqual([{ network: 'facilitated' }, ['aim']])
  })
})
