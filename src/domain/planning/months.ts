/** 'YYYY-MM', `count` months after that of a day or month (before it where negative). */
export function monthAfter(day: string, count: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7)
}

/** `count` months in order, from that of `day`. */
export function monthsFrom(day: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => monthAfter(day, index))
}

/** 1 to 12, from 'YYYY-MM…'. */
export function monthNumber(month: string): number {
  return Number(month.slice(5, 7))
}
