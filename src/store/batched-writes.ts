import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from './database.ts'
import type { WebhookNotice } from './engine.ts'
import { enqueueNotices } from './inbox.ts'

/**
 * Stores notices as `enqueueNotices` does, those of calls that come together in one write to the disk: a burst then waits for
 * one write, not for as many as it has calls. Each call learns what became of its own: one that cannot be stored spoils no other.
 */
export function batchedWrites(
  store: Store,
  now: () => Date,
): (notices: readonly WebhookNotice[]) => Promise<void> {
  let open: { readonly calls: (readonly WebhookNotice[])[]; readonly stored: Promise<void> } | null = null
  const gather = () => {
    const calls: (readonly WebhookNotice[])[] = []
    const stored = turn().then(() => {
      open = null
      return enqueueNotices(store, calls.flat(), now())
    })
    return { calls, stored }
  }
  return async (notices) => {
    const mine = (open ??= gather())
    mine.calls.push(notices)
    try {
      await mine.stored
    } catch (cause) {
      if (mine.calls.length === 1) throw cause
      await enqueueNotices(store, notices, now())
    }
  }
}
