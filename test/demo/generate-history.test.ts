import { describe, expect, it } from 'vitest'
import { generateHistory } from '../../scripts/demo/generate-history.ts'

const counts = Array.from({ length: 60 }, (_, at) => ({
  siren: String(at),
  actors: 20,
  prefilled: at % 12,
  expected: 30,
}))

describe('the past of the demo', () => {
  const days = generateHistory(counts, { today: '2026-11-24' })

  it('is the four weeks before today, which is left to the first synchronisation', () => {
    expect(days.map(({ day }) => day).slice(0, 2)).toEqual(['2026-10-27', '2026-10-28'])
    expect(days.at(-1)?.day).toBe('2026-11-23')
  })

  it('leads to what is there today, never down and never beyond', () => {
    for (const [at, { prefilled }] of counts.entries()) {
      const seen = [...days.map(({ rows }) => rows[at]!.prefilled), prefilled]
      expect(seen).toEqual(seen.toSorted((one, other) => one - other))
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
    }
  })

  it('knows EPCI at work and EPCI at rest, and is the same each time', () => {
    const done = counts.map(({ prefilled }, at) => prefilled - days[0]!.rows[at]!.prefilled)
    expect(done).toContain(0)
    expect(Math.max(...done)).toBeGreaterThan(5)
    expect(generateHistory(counts, { today: '2026-11-24' })).toEqual(days)
  })
})
