import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from './database.ts'
import type { Lock } from './engine.ts'

/**
 * `sync`: a whole run. `live`: writing to the base; jobs together, a whole run alone. `reconcile`: looking for what no job
 * told. `records`: learning what some records are, and what they tell of each other, between two runs. `fetch`: fetching a
 * list and reading what was fetched. `import`: reading a source. `proposals`: moving proposals from one state to another.
 * `groups`: writing the groups of a journée. `invitations`: writing rows of « Invitations ». `mail`: the mails of a week.
 * `forms`: a diagnostic that somebody without an account answered.
 */
export type LockName =
  | 'fetch'
  | 'sync'
  | 'live'
  | 'reconcile'
  | 'records'
  | 'import'
  | 'proposals'
  | 'groups'
  | 'invitations'
  | 'mail'
  | 'forms'

/**
 * Takes a lock that every command and service of this store asks for; null: another holds it. It is freed by
 * `release`, or by the system when its holder dies. Throws STORE_UNAVAILABLE.
 */
export function tryLock(store: Store, name: LockName): Promise<Lock | null> {
  return store.engine.tryLock(name, 'alone')
}

/** Takes it together with others that do the same; null: somebody holds it alone. */
export function tryShare(store: Store, name: LockName): Promise<Lock | null> {
  return store.engine.tryLock(name, 'together')
}

/** Each try may be a connection of its own. */
const [AGAIN_MS, LONGEST_MS] = [10, 500]

/** Does it while nobody else of this store holds the lock, as soon as nobody does; not any more once `signal` says so. */
export async function alone<Result>(
  store: Store,
  name: LockName,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (let wait = AGAIN_MS; ; wait = Math.min(2 * wait, LONGEST_MS)) {
    signal?.throwIfAborted()
    const lock = await tryLock(store, name)
    if (lock === null) {
      await sleep(wait)
      continue
    }
    try {
      return await work()
    } finally {
      await lock.release()
    }
  }
}
