import type { EpciReport } from '../../domain/epci-report.ts'
import { frenchDay, typeset } from '../../domain/typography.ts'

/** « Chiffres du 20 mai 2026. »: the day of which reports are; of several, the first and the last. */
export function figuresDay(reports: readonly Pick<EpciReport, 'day'>[]): string {
  const days = reports.map(({ day }) => day).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return 'Aucun chiffre pour le moment.'
  return typeset(
    first === last
      ? `Chiffres du ${frenchDay(first)}.`
      : `Chiffres du ${frenchDay(first)} au ${frenchDay(last)}, selon l’EPCI.`,
  )
}
