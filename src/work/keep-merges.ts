import { randomUUID } from 'node:crypto'
import { mergeSentences } from '../domain/import/merge.ts'
import { typeset } from '../domain/typography.ts'
import { proposeMerges } from '../engine/import/propose-merges.ts'
import { recordImport } from '../engine/record-run.ts'
import type { SyncContext } from '../engine/sync-context.ts'
import { proposalTable } from '../nocodb/proposals.ts'

/**
 * Proposes, after the night, what sure duplicates would complete in one another; what is new stands in « Synchronisations ».
 * What fails is told in the log, and tried again the next night.
 */
export async function keepMerges(context: SyncContext, signal: AbortSignal): Promise<void> {
  const { base, columns, log, now } = context
  if (proposalTable(base, columns) === null) return
  const run = { id: randomUUID(), startedAt: now(), trigger: 'night' } as const
  const began = performance.now()
  try {
    const result = await proposeMerges(context, { dryRun: false, signal })
    const { pairs, toComplete, proposed, moved, refused } = result
    log.info(
      { pairs, toComplete, proposed, moved, refused: refused.length },
      'duplicates: merges are proposed',
    )
    if (proposed + refused.length === 0) return
    await recordImport(context, run, {
      outcome: refused.length > 0 ? 'refusals' : 'done',
      message: typeset(`Doublons à fusionner :\n${mergeSentences(result).join('\n')}`),
      ...{ seconds: (performance.now() - began) / 1000, rowsWritten: proposed, refused: refused.length },
    })
  } catch (cause) {
    if (!signal.aborted) log.error({ err: cause }, 'duplicates: merges could not be proposed')
  }
}
