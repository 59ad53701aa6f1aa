import { expect, it } from 'vitest'
import { dueWeek, mondayOf, parisHour } from '../../../src/domain/mail/mail-week.ts'

const MONDAY = { day: 'monday', hour: 8 } as const
const SUNDAY = { day: 'sunday', hour: 20 } as const

it.each<[string, string, Parameters<typeof dueWeek>[1], string | null]>([
  ['before the hour', '2026-11-23T06:59:00Z', MONDAY, null],
  ['at the hour, in winter', '2026-11-23T07:00:00Z', MONDAY, '2026-11-23'],
  ['at the hour, in summer', '2026-06-01T06:00:00Z', MONDAY, '2026-06-01'],
  ['late in the evening', '2026-11-23T22:59:00Z', MONDAY, '2026-11-23'],
  ['within a day', '2026-11-24T06:59:00Z', MONDAY, '2026-11-23'],
  ['a day later', '2026-11-24T07:00:00Z', MONDAY, null],
  ['a Sunday', '2026-11-29T19:30:00Z', SUNDAY, '2026-11-23'],
  ['the day after that Sunday: still of its week', '2026-11-30T08:00:00Z', SUNDAY, '2026-11-23'],
])('knows which week is due: %s', (_, at, wanted, expected) => {
  expect(dueWeek(parisHour(new Date(at)), wanted)).toBe(expected)
})

it('names a week by its Monday', () => {
  expect(['2026-11-23', '2026-11-29', '2026-11-30'].map(mondayOf)).toEqual([
    '2026-11-23',
    '2026-11-23',
    '2026-11-30',
  ])
})
