import type { Store } from '../store/database.ts'
import { leasedJobs } from '../store/leases.ts'
import { lastWholeRun } from '../store/runs.ts'
import type { Run } from '../store/runs.ts'
import { readReconciled } from './reconcile-loop.ts'
import { nextRun } from './schedule.ts'
import { readWhole } from './whole-due.ts'

/** What is at work, whichever process does it, and what comes next. */
export type WorkState = {
  /** The last run of the whole job, under way or not; null: there was none. */
  readonly lastRun: Run | null
  /** When every record of its base was last read. */
  readonly whole: Date | null
  /** When what no webhook told of its base was last looked for. */
  readonly reconciled: Date | null
  /** Jobs that a process works on. */
  readonly leased: number
  /** null: the schedule never comes. */
  readonly nextNight: Date | null
}

/** Reads it from the store. `cron`: PORTREA_CRON. Throws STORE_UNAVAILABLE, CONFIG_INVALID. */
export async function workState(store: Store, cron: string, at: Date): Promise<WorkState> {
  const lastRun = await lastWholeRun(store)
  const base = lastRun?.base ?? null
  const [whole, reconciled, leased, nextNight] = await Promise.all([
    base === null ? null : readWhole(store, base),
    base === null ? null : readReconciled(store, base),
    leasedJobs(store, at),
    nextRun(cron),
  ])
  return { lastRun, whole, reconciled, leased, nextNight }
}
