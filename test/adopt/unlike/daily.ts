import { column } from './describe.ts'
import type { Day, Lieu } from './places.ts'

const FRENCH_DAYS: Readonly<Record<string, Day>> = {
  ...{ lundi: 'Mo', mardi: 'Tu', mercredi: 'We', jeudi: 'Th' },
  ...{ vendredi: 'Fr', samedi: 'Sa', dimanche: 'Su' },
}

/**
 * One column a day, from Monday on.
 * @param titled the title of the column of a day (« lundi »)
 * @param written the spans of a day (« 09:00-12:00,14:00-17:00 ») as people write them
 * @param closed what stands there on a day when the place is closed
 */
export function daily(
  titled: (day: string) => string,
  written: (spans: string) => string,
  closed: string | null,
) {
  return Object.entries(FRENCH_DAYS).map(([french, day]) =>
    column<Lieu>(
      titled(french),
      (one) => {
        const spans = one.days[day]
        return spans === undefined ? closed : written(spans)
      },
      undefined,
      { part: { kind: 'day', day }, reads: (one) => one.days[day] ?? null },
    ),
  )
}

/** « 9h30-12h30 / 14h00-18h00 » */
export const inHours = (spans: string) => spans.replaceAll(':', 'h').replaceAll(',', ' / ')
