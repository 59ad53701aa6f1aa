import { asksForPast } from '../domain/at-choice.ts'
import type { SeenChoice } from '../domain/at-choice.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { EpciRow } from '../nocodb/read-declared-rows.ts'
import type { Store } from '../store/database.ts'
import { reportsOf } from '../store/reports.ts'
import { snapshotsOf } from '../store/snapshots.ts'

/** What former runs saw of the choice of an EPCI, the oldest first. */
export type ChoicesSeen = (siren: string) => readonly SeenChoice[]

/** Reads it where a choice is not told yet; nothing is asked of the others. */
export async function choicesSeen(store: Store, rows: readonly EpciRow[]): Promise<ChoicesSeen> {
  const sirens = rows.flatMap(({ siren, atChoice, retained }) =>
    siren !== null && asksForPast(atChoice, retained) ? [siren] : [],
  )
  const [kept, reports] = await Promise.all([snapshotsOf(store, sirens), reportsOf(store, sirens)])
  const last = new Map(reports.map(({ siren, report }) => [siren, seenIn(report as EpciReport)]))
  return (siren) => [
    ...(kept.get(siren) ?? []).map(({ day, retained, decision }) => ({
      ...{ day, retained, recommended: decision.recommended, confidence: decision.confidence.level },
    })),
    ...(last.get(siren) ?? []),
  ]
}

/** A snapshot is kept of the days with a change only: the last report tells until when nothing had changed. */
function seenIn({ day, retained, recommendation }: EpciReport): SeenChoice[] {
  const { recommended, confidence } = recommendation
  return [{ day, retained, recommended, confidence: confidence.level }]
}
