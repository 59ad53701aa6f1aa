import type { Cell } from './cells.ts'

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' })

/** The day of a Date or DateTime cell, in Paris for a moment: 'YYYY-MM-DD'; null: empty, or no date. */
export function dayOf(cell: Cell | undefined): string | null {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(cell)) return null
  // Paris is at most two hours ahead of UTC, in which moments come: before 22 h the day is the same.
  if (cell.length <= 10 || cell.slice(11, 13) < '22') return cell.slice(0, 10)
  const moment = new Date(cell)
  return Number.isNaN(moment.getTime()) ? null : PARIS.format(moment)
}
