import type { Stage } from '../labels.ts'
import { addDays } from '../days.ts'
import { monthAfter, monthNumber } from './months.ts'

/** How a year of journées is planned (config/planning.yaml). */
export type PlanningSettings = {
  /** How many months are shown, that of today included. */
  readonly horizon: number
  /** Which share (0–1) of the days of a mission falls how many months after that of its journée; they sum to 1. */
  readonly spread: readonly { readonly months: number; readonly share: number }[]
  /** Months (1–12) in which no journée is proposed. */
  readonly avoid: readonly number[]
  /** Days from today before which no journée is proposed. */
  readonly notice: number
  /** What makes an EPCI ready: its pre-fill (0–100), its stage at least. */
  readonly ready: { readonly progress: number; readonly stage: Stage }
}

/** The months of a mission with the share of its days that falls in each. */
export function spreadOf(journee: string, { spread }: PlanningSettings): { month: string; share: number }[] {
  return spread.map(({ months, share }) => ({ month: monthAfter(journee, months), share }))
}

/** Person-days by month of a mission of `days` whose journée is in `month`. */
export function spreadDays(
  month: string,
  days: number,
  settings: PlanningSettings,
): ReadonlyMap<string, number> {
  return new Map(spreadOf(month, settings).map((one) => [one.month, one.share * days]))
}

/** Person-days over the capacity that `added` makes, in the months of `load`. */
export function addedOver(
  load: ReadonlyMap<string, number>,
  added: ReadonlyMap<string, number>,
  capacity: number,
): number {
  let more = 0
  for (const [month, days] of load)
    more += overOf(days + (added.get(month) ?? 0), capacity) - overOf(days, capacity)
  return more
}

/** What rounding leaves is no overload. */
const NOTHING = 1e-9

/** Person-days over the capacity of one month. */
export function overOf(days: number, capacity: number): number {
  return days - capacity > NOTHING ? days - capacity : 0
}

/** Whether a journée may be proposed in a month: it is not avoided, begins after the notice, and no day of it has passed. */
export function possible(month: string, today: string, { avoid, notice, spread }: PlanningSettings): boolean {
  const first = Math.min(...spread.filter(({ share }) => share > 0).map(({ months }) => months))
  return (
    !avoid.includes(monthNumber(month)) &&
    month >= monthAfter(addDays(today, notice), 0) &&
    monthAfter(month, first) >= monthAfter(today, 0)
  )
}
