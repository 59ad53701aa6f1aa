import { randomUUID } from 'node:crypto'
import { PortreaError } from '../errors.ts'
import { tryLock } from '../store/locks.ts'
import { finishRun, startRun } from '../store/runs.ts'
import { eventsToPublish } from './event-publishing.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncContext } from './sync-context.ts'
import type { SyncOptions } from './run-sync.ts'

/** What a person can mend in NocoDB or in the environment; an outage is over by itself. */
const MENDABLE: readonly PortreaError['code'][] = ['SCHEMA_MISMATCH', 'NOCODB_FORBIDDEN']

/**
 * Keeps the trace of a run that could not even open its base (it is gone, or the token is no longer accepted): the pages
 * and the outgoing webhooks tell it, for « Synchronisations » is out of reach.
 */
export async function recordFailedOpening(
  parts: Omit<SyncContext, 'base'>,
  { trigger, dryRun, epcis }: SyncOptions,
  cause: unknown,
): Promise<void> {
  if (!(cause instanceof PortreaError) || !MENDABLE.includes(cause.code)) return
  const { store, rules, now } = parts
  const lock = await tryLock(store, 'sync') // nobody takes it for a run whose process died
  if (lock === null) return
  try {
    const { code, message, faults } = cause
    const [id, at] = [randomUUID(), now().toISOString()]
    await startRun(store, { id, startedAt: at, trigger, dryRun, rules: rules.fingerprint, epcis, base: '' })
    const data = { run: id, trigger, epcis, code }
    const news = eventsToPublish(parts, {
      type: 'sync.failed',
      key: `sync.failed ${code} ${parisDay(now())}`,
      data,
    })
    const error = { code, message, ...(faults.length === 0 ? {} : { faults }) }
    await finishRun(store, id, { finishedAt: at, status: 'failed', counts: null, error }, news)
  } finally {
    await lock.release()
  }
}
