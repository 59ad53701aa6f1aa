import { describe, expect, it } from 'vitest'
import { declaredAnswers, journees, repeatedDates } from '../../src/domain/declared.ts'
import type { Journee } from '../../src/domain/declared.ts'
import { situation } from '../helpers/situations.ts'

const form = (id: number, date: string | null, aim: 'database' | 'networking' | null) => ({
  id,
  date,
  answers: situation({ answers: { aim, referents: 'one' } }).answers,
})
const day = (date: string | null, people: Partial<Journee> = {}): Journee => ({
  date,
  invited: null,
  expected: null,
  present: null,
  ...people,
})

describe('declared answers', () => {
  it('are those of the latest form by date, whatever the order of the rows', () => {
    const forms = [
      form(1, '2026-05-01', 'database'),
      form(2, '2025-01-01', 'networking'),
      form(3, null, null),
    ]
    expect(declaredAnswers(forms, []).aim).toBe('database')
    expect(declaredAnswers(forms.toReversed(), []).aim).toBe('database')
  })

  it('are those of the row written last where two are of one day, which is reported', () => {
    const forms = [form(7, '2026-05-01', 'networking'), form(4, '2026-05-01', 'database')]
    expect(declaredAnswers(forms, []).aim).toBe('networking')
    expect(repeatedDates(forms)).toEqual(['2026-05-01'])
  })

  it('name each repeated date once, in order; no date is no date', () => {
    const dates = [
      '2026-05-01',
      null,
      '2025-01-01',
      '2026-05-01',
      null,
      '2025-01-01',
      '2026-05-01',
      '2026-06-01',
    ]
    expect(repeatedDates(dates.map((date, id) => form(id, date, null)))).toEqual(['2025-01-01', '2026-05-01'])
    expect(repeatedDates([form(1, null, null), form(2, null, null)])).toEqual([])
  })

  it('are those of a form with a date before any without one, whatever their rows', () => {
    const forms = [form(9, null, 'networking'), form(1, '2020-01-01', 'database')]
    expect(declaredAnswers(forms, []).aim).toBe('database')
    expect(declaredAnswers(forms.toReversed(), []).aim).toBe('database')
    const same = [form(4, '2026-05-01', 'database'), form(7, '2026-05-01', 'networking')]
    expect(declaredAnswers(same, []).aim).toBe('networking')
  })

  it('are all unknown without a form', () => {
    expect(Object.values(declaredAnswers([], [])).every((answer) => answer === null)).toBe(true)
  })

  it('count the référents where the table holds people: a pair is one of each kind', () => {
    const institutional = { kind: 'institutional' } as const
    const associative = { kind: 'associative' } as const
    expect(declaredAnswers([], [institutional, associative]).referents).toBe('pair')
    expect(declaredAnswers([], [institutional, institutional]).referents).toBe('one')
    expect(declaredAnswers([form(1, '2026-01-01', null)], []).referents).toBe('one')
  })
})

describe('the journées of an EPCI', () => {
  const today = '2026-11-24'

  it('give the participation of the last one that says it, and the expectation of the next', () => {
    const all = [
      day('2027-01-10', { invited: 40, expected: 30 }),
      day('2026-10-01', { invited: 50, present: 20 }),
      day('2026-11-01'),
      day('2025-01-01', { invited: 10, present: 10 }),
      day('2027-06-01', { invited: 10, expected: 1 }),
    ]
    expect(journees(all, today)).toEqual({
      next: '2027-01-10',
      last: '2026-11-01',
      participationRate: 0.4,
      expectedParticipationRate: 0.75,
    })
  })

  it('say nothing where numbers are missing or nobody was invited', () => {
    expect(journees([day('2026-10-01', { invited: 0, present: 0 }), day(null)], today)).toEqual({
      next: null,
      last: '2026-10-01',
      participationRate: null,
      expectedParticipationRate: null,
    })
  })

  it('never count more than everybody invited', () => {
    expect(journees([day('2026-10-01', { invited: 10, present: 14 })], today).participationRate).toBe(1)
  })

  it('hold today for the next one, and for the last one that tells who came', () => {
    const all = [
      day('2026-11-25', { invited: 10, expected: 1, present: 10 }),
      day(today, { invited: 10, expected: 5, present: 4 }),
      day('2026-11-23', { invited: 10, expected: 9, present: 9 }),
      day(null, { invited: 10, present: 1 }),
    ]
    for (const some of [all, all.toReversed()])
      expect(journees(some, today)).toEqual({
        ...{ next: today, last: '2026-11-23' },
        ...{ participationRate: 0.4, expectedParticipationRate: 0.5 },
      })
  })

  it('skip, for the participation, one that tells only half of it', () => {
    const all = [
      day('2026-11-01', { present: 4 }),
      day('2026-10-01', { invited: 10 }),
      day('2026-09-01', { invited: 10, present: 3 }),
      day('2026-12-01', { expected: 3 }),
    ]
    expect(journees(all, today)).toMatchObject({ participationRate: 0.3, expectedParticipationRate: null })
    expect(journees([], today)).toMatchObject({ next: null, last: null, participationRate: null })
  })
})
