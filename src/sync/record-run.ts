import { typeset } from '../domain/typography.ts'
import { LABELS } from '../nocodb/labels.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import type { NewRun, RunCounts } from '../store/runs.ts'
import type { Reported } from './reported.ts'
import type { SyncParts } from './parts.ts'

/** The trace of a run that the Hub sees: one row in « Synchronisations ». A refusal there is told in the log only. */
export async function recordRun(
  { base, columns, rules, log }: SyncParts,
  run: {
    readonly id: string
    readonly startedAt: Date
    readonly trigger: NewRun['trigger']
    readonly counts: RunCounts
    readonly reported: readonly Reported[]
  },
): Promise<void> {
  const { title, columns: names } = columns.syncs
  const { counts, reported } = run
  const messages = reported.map(({ message }) => message)
  const row = {
    [names.run.title]: run.id,
    [names.startedAt.title]: `${run.startedAt.toISOString().slice(0, 19)}Z`,
    [names.outcome.title]: counts.refused > 0 ? LABELS.syncOutcome.refusals : LABELS.syncOutcome.done,
    [names.trigger.title]: LABELS.syncTrigger[run.trigger],
    [names.seconds.title]: Math.round(counts.seconds * 10) / 10,
    [names.actorsRead.title]: counts.actorsRead,
    [names.epcis.title]: counts.epcisRead,
    [names.rowsWritten.title]: counts.rowsWritten,
    [names.cellsWritten.title]: counts.cellsWritten,
    [names.refused.title]: counts.refused,
    [names.faults.title]: counts.reported,
    [names.message.title]: messages.join('\n') || typeset('Rien à signaler.'),
    [names.rules.title]: rules.fingerprint.replace('sha256:', '').slice(0, 12),
  }
  const { refused } = await insertRows(base, base.table(title), [row])
  for (const { reason } of refused) log.warn({ run: run.id, reason }, 'NocoDB refused the row of this run')
}
