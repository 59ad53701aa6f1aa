import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from './database.ts'
import type { Letter } from './engine.ts'
import { tellInbox } from './inbox.ts'

/**
 * Stores hints as `tellInbox` does, those of calls that come together in one write to the disk: a burst then waits for one
 * write, not for as many as it has calls. Each is told of its own: one that cannot be stored spoils no other.
 */
export function gatheredHints(store: Store, now: () => Date): (hints: readonly Letter[]) => Promise<void> {
  let open: { readonly calls: (readonly Letter[])[]; readonly stored: Promise<void> } | null = null
  const gather = () => {
    const calls: (readonly Letter[])[] = []
    const stored = turn().then(() => {
      open = null
      return tellInbox(store, calls.flat(), now())
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
      await tellInbox(store, hints, now())
    }
  }
}
