import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlanningSettings } from '../../../src/config/planning-file.ts'
import { planning } from '../../../src/domain/planning/planning.ts'
import type { PlannedEpci, PlanningFacts } from '../../../src/domain/planning/planning.ts'
import type { PlanningSettings } from '../../../src/domain/planning/spread.ts'

const SETTINGS: PlanningSettings = readPlanningSettings('config')
const TODAY = '2026-11-30'

function epci(given: Partial<PlannedEpci> = {}): PlannedEpci {
  return {
    siren: '200000001',
    name: 'CC Un',
    officer: 'Ana Bihan',
    days: { estimate: 8, range: [6, 10] },
    progress: null,
    forecastEnd: null,
    status: null,
    next: null,
    last: null,
    stage: null,
    ...given,
  }
}

function plan(epcis: readonly PlannedEpci[], officers: PlanningFacts['officers'] = [], settings = SETTINGS) {
  return planning({ epcis, officers, today: TODAY }, settings)
}

const ANA = { name: 'Ana Bihan', daysPerMonth: 5 }

describe('the days of a year of journées', () => {
  it('spreads the days of a mission over the months around its journée', () => {
    const { officers } = plan([epci({ next: '2027-03-10' })], [ANA])
    const days = officers[0]?.months.map(({ month, estimate }) => [month, estimate])
    expect(days?.slice(0, 7)).toEqual([
      ['2026-11', 0],
      ['2026-12', expect.closeTo(0.8)],
      ['2027-01', expect.closeTo(1.6)],
      ['2027-02', expect.closeTo(2.4)],
      ['2027-03', 2],
      ['2027-04', expect.closeTo(0.8)],
      ['2027-05', expect.closeTo(0.4)],
    ])
    expect(officers[0]?.months[4]).toMatchObject({ journees: 1, range: [1.5, 2.5], over: 0 })
  })

  it('says what falls before the months shown, and what has no month', () => {
    const { officers } = plan([epci({ next: '2026-12-01' }), epci({ siren: '200000002' })], [ANA])
    expect(officers[0]).toMatchObject({ epcis: 2, undated: { epcis: 1, estimate: 8 } })
    expect(officers[0]?.before).toBeCloseTo(8 * 0.3) // September and October
  })

  it('asks each of several people for an equal part', () => {
    const both = [ANA, { name: 'Yann Le Goff', daysPerMonth: 5 }]
    const { officers } = plan([epci({ officer: 'Le Goff Yann et Ana BIHAN', next: '2027-03-10' })], both)
    expect(officers.map(({ name, months }) => [name, months[4]?.estimate])).toEqual([
      ['Ana Bihan', 1],
      ['Yann Le Goff', 1],
    ])
  })

  it('tells an overload only where a capacity is told', () => {
    const four = [1, 2, 3, 4].map((one) => epci({ siren: `20000000${one}`, next: '2027-03-10' }))
    expect(plan(four, [ANA]).officers[0]?.months[3]?.over).toBeCloseTo(4 * 2.4 - 5)
    const unlisted = plan(four)
    expect(unlisted.officers[0]).toMatchObject({ name: 'Ana Bihan', daysPerMonth: null })
    expect(unlisted.officers[0]?.months.every(({ over, oneMore }) => over === null && oneMore === null)).toBe(
      true,
    )
    expect(unlisted.unlisted).toEqual(['Ana Bihan'])
  })

  it('says what one more journée would add over the capacity', () => {
    const { officers, typicalDays } = plan([epci({ next: '2027-03-10' })], [{ ...ANA, daysPerMonth: 3 }])
    expect(typicalDays).toBe(8)
    const added = officers[0]?.months.find(({ month }) => month === '2027-03')?.oneMore
    expect(added).toBeCloseTo(3.2 - 3 + (4.8 - 3) + (4 - 3)) // January, February, March
    const of = (wanted: string) => officers[0]?.months.find(({ month }) => month === wanted)?.oneMore
    // Avoided; too soon to invite; part of its days would be in the past.
    expect([of('2027-08'), of('2026-12'), of('2027-01'), of('2027-09')]).toEqual([null, null, null, 0])
  })

  it('counts the EPCI that name nobody apart', () => {
    const { officers } = plan([epci({ officer: null, next: '2027-03-10' })], [ANA])
    expect(officers.map(({ name, epcis }) => [name, epcis])).toEqual([
      ['Ana Bihan', 0],
      [null, 1],
    ])
  })
})

describe('the journées proposed', () => {
  const agreed = { stage: 'agreed', progress: 90 } as const

  it('puts the ready first, in the first month that has room', () => {
    const { proposed } = plan(
      [
        epci({ siren: '200000003', name: 'Loin', stage: 'prospect', progress: 10 }),
        epci({ siren: '200000002', name: 'Prêt, aussi', ...agreed, progress: 85 }),
        epci({ siren: '200000001', name: 'Prêt', ...agreed }),
      ],
      [{ ...ANA, daysPerMonth: 3 }],
    )
    expect(proposed.map(({ name, readiness, month, why }) => [name, readiness, month, why])).toEqual([
      ['Prêt', 'ready', '2027-02', 'first_free'],
      ['Prêt, aussi', 'ready', '2027-05', 'first_free'],
      ['Loin', 'far', null, 'not_agreed'],
    ])
  })

  it('proposes no month before the pre-fill can be done, nor one that is avoided', () => {
    const { proposed } = plan(
      [epci({ stage: 'agreed', progress: 20, forecastEnd: '2027-06-20' })],
      [{ ...ANA, daysPerMonth: 20 }],
    )
    expect(proposed[0]).toMatchObject({ readiness: 'at_risk', month: '2027-09' })
  })

  it('says that it can be ready only after the months shown', () => {
    const { proposed } = plan([epci({ stage: 'agreed', progress: 20, forecastEnd: '2028-06-20' })], [ANA])
    expect(proposed[0]).toMatchObject({ month: null, why: 'beyond' })
  })

  it('says that nothing fits, rather than overload', () => {
    const { proposed } = plan([epci(agreed)], [{ ...ANA, daysPerMonth: 1 }])
    expect(proposed[0]).toMatchObject({ month: null, why: 'no_room' })
  })

  it('says when it can be ready where no capacity is told, or nobody is named', () => {
    expect(plan([epci(agreed)]).proposed[0]).toMatchObject({ month: '2027-02', why: 'no_capacity_told' })
    expect(plan([epci({ ...agreed, officer: null })]).proposed[0]).toMatchObject({
      month: '2027-02',
      why: 'nobody_named',
    })
  })

  it('proposes nothing of what nothing is known', () => {
    expect(plan([epci()]).proposed[0]).toMatchObject({ readiness: 'unknown', month: null, why: 'unknown' })
    expect(plan([epci({ stage: 'agreed', progress: null })]).proposed[0]).toMatchObject({
      readiness: 'unknown',
      month: null,
    })
  })

  it('leaves EPCI alone whose journée was held, or whose mission is over', () => {
    expect(plan([epci({ last: '2026-10-01' }), epci({ stage: 'finished' })]).proposed).toEqual([])
  })
})

const anyEpci = fc.record({
  siren: fc.integer({ min: 200000000, max: 200000999 }).map(String),
  name: fc.string(),
  officer: fc.constantFrom(null, 'Ana Bihan', 'bihan ana', 'Yann', 'Ana Bihan, Yann', ' ', 'Zoé'),
  days: fc
    .tuple(fc.integer({ min: 4, max: 14 }), fc.integer({ min: 0, max: 4 }))
    .map(([estimate, open]) => ({ estimate, range: [estimate - open, estimate + open] as const })),
  progress: fc.constantFrom(null, 0, 40, 79, 80, 100),
  forecastEnd: fc.constantFrom(null, '2026-12-20', '2027-05-30', '2029-01-01'),
  status: fc.constant(null),
  next: fc.constantFrom(null, null, '2026-12-15', '2027-03-02', '2028-02-29'),
  last: fc.constantFrom(null, null, '2026-09-01', '2024-01-01'),
  stage: fc.constantFrom(null, 'prospect', 'agreed', 'launched', 'finished'),
}) as fc.Arbitrary<PlannedEpci>

describe('every planning', () => {
  const officers = [
    { name: 'Ana Bihan', daysPerMonth: 6 },
    { name: 'Yann', daysPerMonth: null },
  ]
  const epcis = fc.uniqueArray(anyEpci, { selector: ({ siren }) => siren, maxLength: 25 })

  it('loses no day: months, before, after and undated sum to the days of the EPCI', () => {
    fc.assert(
      fc.property(epcis, (all) => {
        const { officers: plans } = plan(all, officers)
        const told = plans.reduce(
          (sum, one) =>
            sum +
            one.months.reduce((own, { estimate }) => own + estimate, 0) +
            one.before +
            one.after +
            one.undated.estimate,
          0,
        )
        expect(told).toBeCloseTo(
          all.reduce((sum, { days }) => sum + days.estimate, 0),
          6,
        )
      }),
    )
  })

  it('never proposes what would overload somebody, nor a month avoided or before the notice', () => {
    fc.assert(
      fc.property(epcis, (all) => {
        const before = plan(all, officers)
        const placed = new Map(before.proposed.map(({ siren, month }) => [siren, month]))
        const after = plan(
          all.map((one) => {
            const month = placed.get(one.siren) ?? null
            return month === null ? one : { ...one, next: `${month}-15` }
          }),
          officers,
        )
        const over = (of: typeof before) => of.officers[0]?.months.map((one) => one.over ?? 0) ?? []
        over(after).forEach((days, index) => expect(days).toBeCloseTo(over(before)[index] ?? 0, 6))
        for (const month of placed.values())
          if (month !== null) {
            expect(SETTINGS.avoid).not.toContain(Number(month.slice(5)))
            expect(month >= '2027-02').toBe(true)
          }
      }),
    )
  })

  it('is the same in any order of the EPCI', () => {
    fc.assert(
      fc.property(epcis, (all) => {
        const [one, other] = [plan(all, officers), plan(all.toReversed(), officers)]
        expect(other.proposed).toEqual(one.proposed)
        expect(other.officers.map(({ name }) => name)).toEqual(one.officers.map(({ name }) => name))
      }),
    )
  })
})
