import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regionDays } from '../../src/domain/region-days.ts'
import type { RegionDays } from '../../src/domain/region-days.ts'
import { monthText, rangeText, totalText, unknownText } from '../../src/domain/region-days-sentences.ts'
import { aReport } from '../http/test-server.ts'
import { plain } from '../helpers/plain.ts'

const base = aReport()
const days = (estimate: number, range: [number, number], unknown = false) => ({
  ...base.workload.referents,
  ...{ estimate, range, default: unknown },
})
const epci = (
  next: string | null,
  last: string | null,
  referents: ReturnType<typeof days> = days(10, [9, 11]),
  deploymentOfficer: ReturnType<typeof days> = days(5.5, [4, 6], true),
) => ({
  workload: { ...base.workload, referents, deploymentOfficer },
  prefill: { ...base.prefill, collaborativeDay: next, lastCollaborativeDay: last },
})

describe('the days of the region', () => {
  it('counts an EPCI once: in the month of its next journée, else of its last, else without date', () => {
    const { months, ...all } = regionDays([
      epci('2027-03-12', '2026-05-04'),
      epci(null, '2026-05-04', days(8, [8, 8]), days(7, [7, 7])),
      epci('2027-03-01', null),
      epci(null, null),
    ])
    expect(months.map(({ month, epcis, referents }) => [month, epcis, referents.estimate])).toEqual([
      ['2026-05', 1, 8],
      ['2027-03', 2, 20],
      [null, 1, 10],
    ])
    expect(all).toEqual({
      epcis: 4,
      referents: { estimate: 38, range: [35, 41], unknown: 0 },
      deploymentOfficer: { estimate: 23.5, range: [19, 25], unknown: 3 },
    })
  })

  it('is nothing of no EPCI', () => {
    expect(regionDays([])).toMatchObject({ epcis: 0, referents: { estimate: 0, range: [0, 0] }, months: [] })
  })

  it('comes to the same whether it is added by month or in one', () => {
    const half = fc.integer({ min: 0, max: 60 }).map((one) => one / 2)
    const date = fc.constantFrom(null, '2026-12-01', '2027-01-31', '2027-02-01')
    const one = fc.tuple(date, date, half, half, half).map(([next, last, ...three]) => {
      const [low, middle, high] = three.sort((a, b) => a - b)
      return epci(next, last, days(middle, [low, high]), days(middle, [low, high], low === high))
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (reports) => {
        const { months, ...all } = regionDays(reports)
        const sum = (of: (one: RegionDays['months'][number]) => number) =>
          months.reduce((total, month) => total + of(month), 0)
        expect(sum(({ epcis }) => epcis)).toBe(reports.length)
        for (const role of ['referents', 'deploymentOfficer'] as const) {
          expect(sum((month) => month[role].estimate)).toBe(all[role].estimate)
          expect(sum((month) => month[role].range[1])).toBe(all[role].range[1])
          expect(sum((month) => month[role].unknown)).toBe(all[role].unknown)
        }
        expect(regionDays(reports.toReversed())).toEqual({ months, ...all })
      }),
    )
  })
})

describe('its sentences', () => {
  it('give a range only where something is unknown', () => {
    expect(plain(totalText({ estimate: 512.5, range: [430, 600], unknown: 2 }))).toBe(
      '512,5 jours, entre 430 et 600 selon ce qui reste inconnu',
    )
    expect(plain(totalText({ estimate: 1, range: [1, 1], unknown: 0 }))).toBe('1 jour')
    expect(rangeText([3, 3])).toBe('')
  })

  it('name months, and who counts with the middle', () => {
    expect([monthText('2027-03'), monthText(null)]).toEqual(['Mars 2027', 'Sans date'])
    expect(unknownText({ estimate: 1, range: [1, 1], unknown: 0 }, 3)).toBe('')
    expect(plain(unknownText({ estimate: 1, range: [1, 1], unknown: 2 }, 3))).toContain('2 EPCI sur 3')
    expect(plain(unknownText({ estimate: 1, range: [1, 1], unknown: 3 }, 3))).toContain('tous les EPCI (3)')
  })
})
