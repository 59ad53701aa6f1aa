import type { DayOfHistory } from '../../src/store/history.ts'
import { daysBefore } from './days.ts'
import { seeded } from './random.ts'

/** What one EPCI has on the day on which the demo is made. */
export type DemoCount = {
  readonly siren: string
  readonly actors: number
  readonly prefilled: number
  readonly expected: number
}

/** Nights before the demo is made, as if the service had run already: long enough for a speed. */
const NIGHTS = 28
/** How much of what is pre-filled was done in these nights (0–1), and how often it is met. */
const PACES = [
  { lately: 0, share: 20 },
  { lately: 0.15, share: 30 },
  { lately: 0.5, share: 30 },
  { lately: 0.9, share: 20 },
] as const

/** The days before `today` ('YYYY-MM-DD') of each EPCI, some at work and some not; same arguments, same days. */
export function generateHistory(
  counts: readonly DemoCount[],
  { seed = 14, today }: { seed?: number; today: string },
): { readonly day: string; readonly rows: readonly Omit<DayOfHistory, 'day'>[] }[] {
  const random = seeded(seed)
  const paced = counts.map((one) => ({ ...one, ...random.weighted(PACES, (pace) => pace.share) }))
  return Array.from({ length: NIGHTS }, (_, index) => {
    const nights = NIGHTS - index
    const rows = paced.map(({ siren, actors, prefilled, expected, lately }) => ({
      siren,
      actors,
      prefilled: Math.round(prefilled * (1 - (lately * nights) / NIGHTS)),
      expected,
      ...UNKNOWN,
    }))
    return { day: daysBefore(today, nights), rows }
  })
}

const UNKNOWN = {
  completeness: null,
  publishable: null,
  freshness: null,
  recommended: null,
  confidence: null,
}
