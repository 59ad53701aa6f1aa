import { typeset } from '../domain/typography.ts'
import type { PortreaError } from '../errors.ts'
import type { Cell } from '../nocodb/cells.ts'
import { LABELS } from '../nocodb/labels.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import type { NewRun, RunCounts } from '../store/runs.ts'
import type { Reported } from './reported.ts'
import type { SyncParts } from './parts.ts'

/** A run as it is named in « Synchronisations ». */
export type RecordedRun = {
  readonly id: string
  readonly startedAt: Date
  readonly trigger: NewRun['trigger']
}

/** The trace of a run that the Hub sees: one row in « Synchronisations ». A refusal there is told in the log only. */
export async function recordRun(
  parts: SyncParts,
  run: RecordedRun & { readonly counts: RunCounts; readonly reported: readonly Reported[] },
): Promise<void> {
  const { columns: names } = parts.columns.syncs
  const { counts, reported } = run
  const messages = reported.map(({ message }) => message)
  const outcome = counts.refused > 0 ? LABELS.syncOutcome.refusals : LABELS.syncOutcome.done
  await insert(parts, run, outcome, messages.join('\n') || typeset('Rien à signaler.'), {
    [names.seconds.title]: Math.round(counts.seconds * 10) / 10,
    [names.actorsRead.title]: counts.actorsRead,
    [names.epcis.title]: counts.epcisRead,
    [names.rowsWritten.title]: counts.rowsWritten,
    [names.cellsWritten.title]: counts.cellsWritten,
    [names.refused.title]: counts.refused,
    [names.faults.title]: counts.reported,
  })
}

/** The same for a run that failed, where NocoDB still answers: never fails itself. */
export async function recordFailure(
  parts: SyncParts,
  run: RecordedRun,
  failure: PortreaError,
): Promise<void> {
  if (failure.code === 'NOCODB_UNAVAILABLE') return
  const message = typeset(`La synchronisation a échoué (${failure.code}) : ${failure.message}`)
  await insert(parts, run, LABELS.syncOutcome.failed, message, {}).catch((cause: unknown) =>
    parts.log.warn({ run: run.id, err: cause }, 'the failed run has no row in NocoDB'),
  )
}

async function insert(
  { base, columns, rules, log }: SyncParts,
  run: RecordedRun,
  outcome: string,
  message: string,
  figures: Readonly<Record<string, Cell>>,
): Promise<void> {
  const { title, columns: names } = columns.syncs
  const row = {
    [names.run.title]: run.id,
    [names.startedAt.title]: `${run.startedAt.toISOString().slice(0, 19)}Z`,
    [names.outcome.title]: outcome,
    [names.trigger.title]: LABELS.syncTrigger[run.trigger],
    ...figures,
    [names.message.title]: message,
    [names.rules.title]: rules.fingerprint.replace('sha256:', '').slice(0, 12),
  }
  const { refused } = await insertRows(base, base.table(title), [row])
  for (const { reason } of refused) log.warn({ run: run.id, reason }, 'NocoDB refused the row of this run')
}
