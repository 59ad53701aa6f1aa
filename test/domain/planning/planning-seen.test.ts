import { describe, expect, it } from 'vitest'
import { readPlanningSettings } from '../../../src/config/planning-file.ts'
import { planning } from '../../../src/domain/planning/planning.ts'
import type { PlannedEpci } from '../../../src/domain/planning/planning.ts'
import { planningSeen } from '../../../src/domain/planning/planning-seen.ts'

const SETTINGS = readPlanningSettings('config')
const ANA = { name: 'Ana Bihan', daysPerMonth: 5 }

function epcis(count: number, more: (at: number) => Partial<PlannedEpci> = () => ({})): PlannedEpci[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ siren: `20000000${at}`, name: `CC ${at}`, officer: at === 7 ? 'Yann' : 'Ana Bihan' },
    ...{ days: { estimate: 8, range: [6, 10] }, progress: 50, forecastEnd: null, status: null },
    ...{ next: at === 0 ? null : '2027-03-10', last: null, stage: null },
    ...more(at),
  }))
}

/** The planning of the first of so many EPCI, for who sees that one alone. */
function seen(count: number, more?: (at: number) => Partial<PlannedEpci>) {
  const all = epcis(count, more)
  const of = (some: readonly PlannedEpci[]) =>
    planning({ epcis: some, officers: [ANA], today: '2026-11-30' }, SETTINGS)
  const [whole, own] = [of(all), of(all.slice(0, 1))]
  const shown = planningSeen(
    whole,
    own,
    all.slice(1).map((one) => of([one])),
    new Set([all[0]!.siren]),
  )
  return { whole, own, shown }
}

describe('the planning of one’s own EPCI', () => {
  it('is made of all EPCI: the month proposed, and the load of who is in charge', () => {
    const { whole, own, shown } = seen(8)
    expect(shown.proposed).toEqual(whole.proposed)
    expect(shown.officers.map(({ name }) => name)).toEqual(['Ana Bihan'])
    expect(shown.officers[0]).toEqual(whole.officers[0])
    expect(shown.officers[0]).not.toEqual(own.officers[0])
    expect(shown.typicalDays).toBe(whole.typicalDays)
  })

  it('tells of no month, nor before, after and without one, what one to four others make alone', () => {
    const { whole, own, shown } = seen(12, (at) => {
      if (at === 0) return { next: '2027-03-10' }
      if (at === 7) return { next: '2027-09-15', officer: 'Ana Bihan' }
      if (at === 8) return { next: null }
      return at === 9 ? { next: '2029-01-10' } : {}
    })
    const [plan, all, mine] = [shown.officers[0]!, whole.officers[0]!, own.officers[0]!]
    expect([plan.undated, plan.after, plan.before]).toEqual([mine.undated, mine.after, all.before])
    expect(all.undated).not.toEqual(mine.undated)
    const at = (month: string) => whole.months.indexOf(month)
    expect(all.months[at('2027-09')]!.journees).toBe(1)
    expect(plan.months[at('2027-09')]).toEqual({
      ...mine.months[at('2027-09')],
      ...{ over: null, oneMore: null },
    })
    expect(plan.months[at('2027-03')]!.estimate).toBe(all.months[at('2027-03')]!.estimate)
    expect(plan.months.every(({ oneMore }) => oneMore === null)).toBe(true)
    expect(shown.partly).toBe(true)
    expect(seen(8).shown.partly).toBeUndefined()
  })

  it('tells no load from which the days of another EPCI could be told, nor that it is not too much', () => {
    const { own, shown } = seen(3)
    const [plan] = shown.officers
    expect(plan?.months.map(({ estimate }) => estimate)).toEqual(
      own.officers[0]?.months.map(({ estimate }) => estimate),
    )
    expect(plan?.months.every(({ over, oneMore }) => over === null && oneMore === null)).toBe(true)
    expect([plan?.epcis, shown.typicalDays]).toEqual([1, null])
  })
})
