const DAY = 86_400_000
const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })

/** The day it is in Paris at a moment: 'YYYY-MM-DD'. */
export function parisDay(at: Date): string {
  return PARIS.format(at)
}

/** The day `count` days after `day` (before it where negative); all are 'YYYY-MM-DD'. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10)
}

/** The day `count` months after `day` (before it where negative); the last of its month where that one is shorter. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = Number(lastOfMonth(year, month + count).slice(-2))
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}

/** How many days from one day to another: negative where the other comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

/** The Sunday that ends the week of this day. */
export function sundayOf(day: string): string {
  return addDays(day, (7 - new Date(Date.parse(day)).getUTCDay()) % 7)
}

/** The Sunday of the week in which the month of this day ends. */
export function sundayOfMonthEnd(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return sundayOf(lastOfMonth(year, month))
}

/** The same for its quarter: one of those of months, as those are of weeks. */
export function sundayOfQuarterEnd(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return sundayOf(lastOfMonth(year, Math.ceil(month / 3) * 3))
}

function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}
