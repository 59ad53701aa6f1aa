import { describe, expect, it } from 'vitest'
import { bySource, sourceReader } from '../../../src/domain/indicators/sources.ts'

const sourceOf = sourceReader((text) => text)
const record = (source: string | null, known: object = {}) => ({
  ...{ source: sourceOf(source), completeness: 50, publishable: false, aged: false, current: false },
  ...known,
})

describe('the figures by source', () => {
  it('are told where more than one is named, the largest first, those that name none apart', () => {
    const full = { completeness: 100, publishable: true, aged: true, current: true }
    expect(
      bySource([record('Hub'), record('CD 22', full), record('CD 22', { aged: true }), record(null)]),
    ).toEqual([
      { source: 'CD 22', records: 2, completeness: 75, publishable: 50, freshness: 50 },
      { source: null, records: 1, completeness: 50, publishable: 0, freshness: null },
      { source: 'Hub', records: 1, completeness: 50, publishable: 0, freshness: null },
    ])
  })

  it('are none where one only is named, in whatever case', () => {
    expect(bySource([record('Hub'), record('HUB '), record(null)])).toEqual([])
    expect(bySource([record(null)])).toEqual([])
    expect(bySource([])).toEqual([])
  })

  it('bear the commonest writing, whatever the order', () => {
    const records = [record('hub'), record('Hub'), record('Hub'), record('CAF')]
    expect(bySource(records)[0]?.source).toBe('Hub')
    expect(bySource(records.toReversed())).toEqual(bySource(records))
  })
})
