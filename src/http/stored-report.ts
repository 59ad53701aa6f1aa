import type { EpciReport } from '../domain/epci-report.ts'
import type { Store } from '../store/database.ts'
import { listReports } from '../store/reports.ts'
import type { StoredReport } from '../store/reports.ts'

/** What the domain computed and the sync stored; null: an older Portrea wrote it, and the next sync writes it again. */
export function reportOf({ report }: StoredReport): EpciReport | null {
  const { actualDays, atChoice, conditions, method, prefill, recommendation, typology, shares } =
    report as Partial<EpciReport>
  const parts = [
    ...[actualDays, atChoice, conditions, method, typology, shares],
    ...[recommendation?.sensitivity, prefill?.consolidation, prefill?.listed],
  ]
  const whole = parts.every((part) => part !== undefined)
  return whole ? (report as EpciReport) : null
}

/** The last report of every EPCI, in the order of the SIREN. */
export async function reports(store: Store): Promise<EpciReport[]> {
  return (await listReports(store)).flatMap((stored) => reportOf(stored) ?? [])
}
