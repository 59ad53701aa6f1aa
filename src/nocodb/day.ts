import { parisDay } from '../domain/days.ts'
import type { Cell } from './cells.ts'

/** The day of a Date or DateTime cell, in Paris for a moment: 'YYYY-MM-DD'; null: empty, or no date. */
export function dayOf(cell: Cell | undefined): string | null {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(cell)) return null
  // Paris is at most two hours ahead of UTC, in which moments come: before 22 h the day is the same.
  if (cell.length <= 10 || cell.slice(11, 13) < '22') return cell.slice(0, 10)
  const moment = new Date(cell)
  return Number.isNaN(moment.getTime()) ? null : parisDay(moment)
}
