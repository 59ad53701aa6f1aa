import { setTimeout as sleep } from 'node:timers/promises'
import { PortreaError } from '../errors.ts'
import type { Store } from '../store/database.ts'
import { tryLock } from '../store/locks.ts'
import type { Lock } from '../store/engine.ts'

/** Releases the lock when the work ends, however it does. */
export async function holding<Result>(lock: Lock, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } finally {
    await lock.release()
  }
}

/** How long a piece of live work may take to end: the time limit of a request to NocoDB, and some. */
const ASIDE_MS = 150_000
const LOOK_MS = 50

/**
 * A run that writes waits until whoever works on hints has stepped aside: they see that it is written down as running.
 * Throws INTERRUPTED where they do not.
 */
export async function afterLiveWork<Result>(
  { store }: { readonly store: Store },
  { dryRun }: { readonly dryRun: boolean },
  work: () => Promise<Result>,
): Promise<Result> {
  if (dryRun) return work()
  for (const begin = performance.now(); ;) {
    const lock = await tryLock(store, 'live')
    if (lock !== null) return holding(lock, work())
    if (performance.now() - begin > ASIDE_MS)
      throw new PortreaError(
        'INTERRUPTED',
        'Le travail en cours n’a pas cédé la place : réessayez plus tard.',
      )
    await sleep(LOOK_MS)
  }
}
