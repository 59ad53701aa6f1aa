import type { Freshness } from '../assessment.ts'
import { addDays as dayFrom } from '../days.ts'

/** Upper bounds of the national words, in months of the calendar. */
export type FreshnessBounds = {
  readonly current: number
  readonly watch: number
  readonly verify: number
}

/** The word for the age of a day ('YYYY-MM-DD'), as seen from `today`; a day to come is of today. */
export function freshnessOn(today: string, bounds: FreshnessBounds): (day: string | null) => Freshness {
  const [current, watch, verify] = [bounds.current, bounds.watch, bounds.verify].map((months) =>
    firstWithin(months, today),
  )
  return (day) => {
    if (day === null) return 'unknown'
    if (day >= (current ?? '')) return 'current'
    if (day >= (watch ?? '')) return 'watch'
    return day >= (verify ?? '') ? 'verify' : 'outdated'
  }
}

/**
 * The last day on which the word of a record could still be this one, on `today`; null: the word says nothing of it. Our
 * own writes move NocoDB's « updated at »: where our memory is lost, the word that we wrote says how old a record is at least.
 */
export function latestDays(
  today: string,
  bounds: FreshnessBounds,
): Readonly<Record<Freshness, string | null>> {
  const before = (months: number) => dayFrom(firstWithin(months, today), -1)
  return {
    current: null,
    watch: before(bounds.current),
    verify: before(bounds.watch),
    outdated: before(bounds.verify),
    unknown: null,
  }
}

/** The first day whose age on `today` is still under so many months: ages need no arithmetic afterwards. */
export function firstWithin(months: number, today: string): string {
  const before = addMonths(`${today.slice(0, 8)}01`, -months)
  for (let days = 0; ; days++) {
    const day = addDays(before, days)
    if (today < addMonths(day, months)) return day
  }
}

function addDays(day: string, days: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const over = date + days - daysIn(year, month)
  return over > 0 ? addDays(addMonths(`${day.slice(0, 8)}01`, 1), over - 1) : isoDay(year, month, date + days)
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
