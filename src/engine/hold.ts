import type { BrakeReason } from '../domain/brake.ts'
import { brakeSentence, heldSentence } from '../domain/brake-sentences.ts'
import type { BrakeMemory } from '../store/brake.ts'
import { saveHeld } from '../store/brake.ts'
import type { RunCounts, RunHeld } from '../store/runs.ts'
import { titlesOf } from './brake.ts'
import type { Gate } from './gate.ts'
import type { SyncContext } from './sync-context.ts'
import type { BaseReading } from './read-base.ts'
import { recordHeld } from './record-run.ts'
import type { RecordedRun } from './record-run.ts'

/** What a held run says of itself; null where nothing holds it. */
export function heldWords(
  parts: SyncContext,
  reasons: readonly BrakeReason[],
  read: Pick<BaseReading, 'epciChanges'>,
  gate: Pick<Gate, 'asked'>,
): RunHeld | null {
  if (reasons.length === 0) return null
  const title = titlesOf(parts)
  const { rows, cells } = gate.asked()
  const more = read.epciChanges.reduce((sum, change) => sum + Object.keys(change.cells).length, 0)
  const planned = { rows: rows + read.epciChanges.length, cells: cells + more }
  return {
    message: heldSentence(reasons, planned, title),
    reasons: reasons.map((reason) => ({ code: reason.code, sentence: brakeSentence(reason, title) })),
  }
}

/** Keeps that a run was held, and leaves its row where the Hub looks. The base and what is known of it stay as they were. */
export async function keepHeld(
  parts: SyncContext,
  run: RecordedRun & { readonly counts: RunCounts; readonly held: RunHeld },
  found: Pick<BaseReading, 'counts'> & {
    readonly memory: BrakeMemory
    readonly reasons: readonly BrakeReason[]
  },
): Promise<void> {
  const { store, base, log } = parts
  const { reasons, memory, counts: seen } = found
  log.warn({ run: run.id, reasons }, 'sync held by the brake: nothing was written; see `portrea doctor`')
  await saveHeld(store, base.id, {
    since: memory.held?.since ?? run.startedAt.toISOString(),
    run: run.id,
    reasons,
    message: run.held.message,
    seen,
  })
  await recordHeld(parts, run)
}
