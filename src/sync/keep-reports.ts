import type { EpciReport } from '../domain/epci-report.ts'
import { saveComputed } from '../store/computed.ts'
import type { Store } from '../store/database.ts'
import { saveHistory } from '../store/history.ts'
import { saveReports } from '../store/reports.ts'

/**
 * Keeps the reports of these EPCI in place of the former ones, and the figures of the day; then, what they were computed
 * from: stopped in between, they are computed once more.
 * @param inputs by SIREN, the fingerprint of what people declared of it
 * @param since when their reading began
 */
export async function keepReports(
  store: Store,
  base: string,
  reports: readonly EpciReport[],
  inputs: ReadonlyMap<string, string>,
  { at, since }: { readonly at: Date; readonly since: Date },
): Promise<void> {
  const computedAt = at.toISOString()
  await saveReports(
    store,
    reports.map((report) => ({ siren: report.siren, computedAt, rules: report.rules, report })),
  )
  const [first] = reports
  if (first !== undefined) await saveHistory(store, first.day, reports.map(historyOf))
  await saveComputed(
    store,
    base,
    reports.map(({ siren, prefill }) => ({
      ...{ siren, inputs: inputs.get(siren) ?? '', computedAt: since.toISOString() },
      ...{ present: prefill.present, prefilled: prefill.prefilled, expected: prefill.expected },
    })),
  )
}

function historyOf({
  siren,
  actors,
  completeness,
  validity,
  freshness,
  recommendation,
  prefill,
}: EpciReport) {
  return {
    siren,
    actors,
    completeness,
    validity,
    freshness,
    recommended: recommendation.recommended,
    confidence: recommendation.confidence.level,
    prefilled: prefill.prefilled,
    expected: prefill.expected,
  }
}
