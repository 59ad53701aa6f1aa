import type { Freshness } from '../assessment.ts'
import { memo } from './memo.ts'

/** Upper bounds of the national words, in months of the calendar. */
export type FreshnessBounds = {
  readonly current: number
  readonly watch: number
  readonly verify: number
}

/** The word for the age of a day ('YYYY-MM-DD'), as seen from `today`; a day to come is of today. */
export function freshnessOn(today: string, bounds: FreshnessBounds): (day: string | null) => Freshness {
  const word = memo((day): Freshness => {
    if (today < addMonths(day, bounds.current)) return 'current'
    if (today < addMonths(day, bounds.watch)) return 'watch'
    return today < addMonths(day, bounds.verify) ? 'verify' : 'outdated'
  })
  return (day) => (day === null ? 'unknown' : word(day))
}

/** The same day `months` later ('YYYY-MM-DD'), or the last day of that month: 31 August + 6 is 28 February. */
export function addMonths(day: string, months: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const year = Math.floor(month / 12)
  const last = daysIn(year, (month % 12) + 1)
  return isoDay(year, (month % 12) + 1, Math.min(Number(day.slice(8, 10)), last))
}

/** 'YYYY-MM-DD' of a real day; null: no such day (30 February). */
export function realDay(year: number, month: number, day: number): string | null {
  const real =
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  return real ? isoDay(year, month, day) : null
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
