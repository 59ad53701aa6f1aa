import type { Store } from './database.ts'
import type { Lock } from './engine.ts'

/** `sync`: a whole run. `live`: writing to the base; jobs together, a whole run alone. `reconcile`: looking for what no job told. */
export type LockName = 'sync' | 'live' | 'reconcile'

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
