import type { Store } from './database.ts'
import type { Lock } from './engine.ts'

/**
 * Takes a lock shared by every command and service of this store; null: another holds it. It is freed by `release`,
 * or by the system when its holder dies. Throws STORE_UNAVAILABLE.
 */
export function tryLock(store: Store, name: 'sync'): Promise<Lock | null> {
  return store.engine.tryLock(name)
}
