import { addDays, daysBetween, sundayOf, sundayOfMonthEnd, sundayOfQuarterEnd } from './days.ts'
import type { PrefillRules } from './rules/prefill.ts'

/** Records pre-filled at the end of one day. */
export type PastCount = { readonly day: string; readonly prefilled: number }

/** Records pre-filled a day (negative where some were lost), and over how many days it was measured; null: unknown. */
export type Pace = { readonly speed: number | null; readonly speedDays: number | null }

/** When the pre-fill ends. `end` is the exact day, on which the status rests; `shown` is what people read. */
export type Forecast =
  | { readonly kind: 'unknown' | 'never' }
  | { readonly kind: 'day'; readonly end: string; readonly shown: string | null }

/**
 * The speed on `now.day`, from the counts of former days: the one nearest to `speed.days` ago counts (the older of two as
 * near), so that a service that was stopped for a while spreads what was done over the days it took.
 */
export function paceOf(now: PastCount, past: readonly PastCount[], { speed }: PrefillRules): Pace {
  const [nearest] = past
    .map((one) => ({ ...one, days: daysBetween(one.day, now.day) }))
    .filter(({ days }) => days >= speed.atLeast)
    .sort(
      (one, other) =>
        Math.abs(one.days - speed.days) - Math.abs(other.days - speed.days) || other.days - one.days,
    )
  if (nearest === undefined) return { speed: null, speedDays: null }
  return { speed: (now.prefilled - nearest.prefilled) / nearest.days, speedDays: nearest.days }
}

/**
 * When `remaining` records will be done at this speed. The day shown is rounded up, the more the further
 * ahead (each of the three grids is part of the finer one, so faster is never shown later); never past the journée where the exact day is not, so that the two cannot contradict
 * each other. It depends on nothing but its arguments: which process computes it, and what was shown before, change nothing.
 */
export function forecast(
  today: string,
  { remaining, speed }: { readonly remaining: number | null; readonly speed: number | null },
  collaborativeDay: string | null,
  { forecast: bounds }: PrefillRules,
): Forecast {
  if (remaining === null || speed === null) return { kind: 'unknown' }
  if (speed <= 0) return { kind: 'never' }
  const days = Math.ceil(remaining / speed)
  if (days > FURTHEST) return { kind: 'never' }
  const end = addDays(today, days)
  if (days > bounds.horizon) return { kind: 'day', end, shown: null }
  const round =
    days <= bounds.weekly ? sundayOf : days <= bounds.monthly ? sundayOfMonthEnd : sundayOfQuarterEnd
  const rounded = round(end)
  const before = collaborativeDay !== null && end <= collaborativeDay && collaborativeDay < rounded
  return { kind: 'day', end, shown: before ? collaborativeDay : rounded }
}

/**
 * The fork of a forecast. What was done in the days measured is a count, and counts of independent records scatter by
 * their square root (Poisson): 3 records in 14 days are 3 ± 1.7. The earliest end is that of n + √n, the latest that of
 * n − √n; null where that may never end, or is a thousand years ahead.
 */
export function forecastRange(
  today: string,
  remaining: number | null,
  { speed, speedDays }: Pace,
): { readonly earliest: string; readonly latest: string | null } | null {
  if (remaining === null || remaining === 0 || speed === null || speedDays === null || speed <= 0) return null
  const count = speed * speedDays
  const endAt = (records: number) => {
    const days = records <= 0 ? Infinity : Math.ceil((remaining * speedDays) / records)
    return days > FURTHEST ? null : addDays(today, days)
  }
  const earliest = endAt(count + Math.sqrt(count))
  return earliest === null ? null : { earliest, latest: endAt(count - Math.sqrt(count)) }
}

/** A thousand years: dates beyond have no meaning, and soon no notation. */
const FURTHEST = 365_000
