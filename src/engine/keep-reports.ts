import { addDays } from '../domain/days.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { reportEvents } from '../domain/events.ts'
import { chunk } from '../nocodb/chunk.ts'
import { saveComputed } from '../store/computed.ts'
import { saveHistory } from '../store/history.ts'
import { saveReferentHistory } from '../store/past-counts.ts'
import { saveReports } from '../store/reports.ts'
import { keepSnapshots } from './keep-snapshots.ts'
import { publishing } from './event-publishing.ts'
import type { SyncContext } from './sync-context.ts'

/** What reports were computed from. */
type ComputedFrom = {
  /** By SIREN, the fingerprint of what people declared of it. */
  readonly inputs: ReadonlyMap<string, string>
  /** When their reading began. */
  readonly since: Date
}

/**
 * Keeps what was computed of some EPCI: their reports, with the events that tell what changed since the former ones, and
 * the figures of the day; last, what they were computed from: stopped in between, they are computed once more. The one way
 * to save a report, whichever process computed it.
 */
export async function keepReports(
  parts: SyncContext,
  reports: readonly EpciReport[],
  from: ComputedFrom,
): Promise<void> {
  for (const some of chunk(reports, AT_ONCE)) await keepSome(parts, some, from)
}

/** Reports kept at once: their texts and the former ones are some 50 kB each. */
const AT_ONCE = 50

async function keepSome(
  parts: SyncContext,
  reports: readonly EpciReport[],
  { inputs, since: begun }: ComputedFrom,
): Promise<void> {
  const [first] = reports
  if (first === undefined) return
  const { store, webhooks, rules, now } = parts
  const computedAt = now().toISOString()
  await keepSnapshots(store, rules, reports)
  await saveReports(
    store,
    reports.map((report) => ({ siren: report.siren, computedAt, rules: report.rules, report })),
    {
      ...publishing(parts),
      eventsOf: (before) =>
        reports.flatMap((report) =>
          reportEvents(formerOf(before.get(report.siren)), report, webhooks.events),
        ),
    },
  )
  await saveHistory(store, first.day, reports.map(historyOf))
  const since = addDays(first.day, -rules.prefill.burnUp)
  await saveReferentHistory(store, { day: first.day, since }, reports.flatMap(referentsOf))
  const computed = reports.map(({ siren, prefill: { present, prefilled, expected } }) => ({
    ...{ siren, inputs: inputs.get(siren) ?? '', computedAt: begun.toISOString() },
    ...{ present, prefilled, expected },
  }))
  await saveComputed(store, parts.base.id, computed)
}

/** What this program wrote; a report of before the pre-fill had a status has nothing to be compared with. */
function formerOf(report: unknown): EpciReport | null {
  const former = report as EpciReport | undefined
  return former === undefined || former.prefill.status === undefined ? null : former
}

function referentsOf({ siren, prefillDetail }: EpciReport) {
  return prefillDetail.referents.map(({ referent, present, prefilled }) => ({
    siren,
    referent,
    present,
    prefilled,
  }))
}

function historyOf({
  siren,
  actors,
  completeness,
  publishable,
  freshness,
  recommendation,
  prefill,
}: EpciReport) {
  return {
    siren,
    actors,
    completeness,
    publishable,
    freshness,
    recommended: recommendation.recommended,
    confidence: recommendation.confidence.level,
    prefilled: prefill.prefilled,
    expected: prefill.expected,
  }
}
