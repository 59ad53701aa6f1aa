import type { Lock } from '../store/engine.ts'
import { tryLock, tryShare } from '../store/locks.ts'
import { abandonRuns, isRunning } from '../store/runs.ts'
import { publishing } from './event-publishing.ts'
import type { SyncContext } from './sync-context.ts'

/** The right to write beside others that do the same, and never beside a whole run. */
export type WriteLock = {
  /** Does a piece of work, or answers null where a whole run is at work: then nothing was done. */
  during<Result>(work: () => Promise<Result>): Promise<Result | null>
  /** Who cannot work keeps no whole run waiting: lets go of the lock, unless others are at work. */
  rest(): Promise<void>
  /** Lets go of the lock; call it when no work is under way. */
  close(): Promise<void>
}

/**
 * A whole run first writes itself down in `runs`, then waits for the lock `live`: the worker looks there before
 * each piece of work, and steps aside. Jobs that come meanwhile wait in the inbox, and are processed after the run, once.
 * @param abandoned a run was found whose process had died: it may have left records half done
 */
export function writeLock(
  parts: Pick<SyncContext, 'store' | 'log' | 'webhooks' | 'now'>,
  abandoned: () => void,
): WriteLock {
  const { store, log } = parts
  let lock: Lock | null = null
  let working = 0
  let gate: Promise<unknown> = Promise.resolve()
  const letGo = async () => {
    const held = lock
    lock = null
    await held?.release().catch(() => undefined) // its connection was cut: the server has let go of it
  }
  /** One at a time, so that nobody lets go of the lock between another's look and its work. */
  const enter = async (): Promise<boolean> => {
    if (await isRunning(store)) {
      if (!(await closeDeadRuns(parts))) {
        if (working === 0) await letGo()
        return false
      }
      log.warn('a whole run had died: its trace is closed')
      abandoned()
    }
    if (lock?.held() !== true) lock = await tryShare(store, 'live')
    if (lock !== null) working += 1
    return lock !== null
  }
  return {
    async during(work) {
      const entered = gate.then(enter)
      gate = entered.catch(() => undefined) // the one who entered handles it
      if (!(await entered)) return null
      try {
        return await work()
      } finally {
        working -= 1
      }
    },
    rest() {
      const rested = gate.then(() => (working === 0 ? letGo() : undefined))
      gate = rested
      return rested
    },
    close: letGo,
  }
}

/** A run is written down as running: where nobody holds its lock, it is dead, and its trace is closed. */
async function closeDeadRuns(parts: Pick<SyncContext, 'store' | 'webhooks' | 'now'>): Promise<boolean> {
  const { store } = parts
  const lock = await tryLock(store, 'sync')
  if (lock === null) return false
  try {
    return (await abandonRuns(store, publishing(parts))) > 0
  } finally {
    await lock.release()
  }
}
