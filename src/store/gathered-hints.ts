import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from './database.ts'
import { addHints } from './inbox.ts'
import type { Hint } from './inbox.ts'

/**
 * Stores hints as `addHints` does, those of calls that come together in one write to the disk: a burst then waits for one
 * write, not for as many as it has calls. Each is told of its own: one that cannot be stored spoils no other.
 */
export function gatheredHints(store: Store, now: () => Date): (hints: readonly Hint[]) => Promise<void> {
  let open: { readonly calls: (readonly Hint[])[]; readonly stored: Promise<void> } | null = null
  const gather = () => {
    const calls: (readonly Hint[])[] = []
    const stored = turn().then(() => {
      open = null
      return addHints(store, calls.flat(), now())
    })
    return { calls, stored }
  }
  return async (hints) => {
    const mine = (open ??= gather())
    mine.calls.push(hints)
    try {
      await mine.stored
    } catch (cause) {
      if (mine.calls.length === 1) throw cause
      await addHints(store, hints, now())
    }
  }
}
