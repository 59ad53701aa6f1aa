import type { Base } from '../nocodb/base.ts'
import { recordFailedOpening } from '../engine/failed-opening.ts'
import { startSync } from '../engine/run-sync.ts'
import type { StartedSync, SyncOptions } from '../engine/run-sync.ts'

/** How long a run that is interrupted may take to end what it has begun; then its connections are cut. */
const PATIENCE_MS = 3000

/** Opens the base again for each run: its tables may have changed since the last one. */
export function syncRunner(parts: Omit<Parameters<typeof startSync>[0], 'base'>, open: () => Promise<Base>) {
  const running = new Map<Base, Promise<unknown>>()
  const ending = new AbortController()
  const settled = async () => void (await Promise.all(running.values()))
  return {
    async start(options: SyncOptions): Promise<StartedSync> {
      const base = await open().catch(async (cause: unknown) => {
        await recordFailedOpening(parts, options, cause)
        throw cause
      })
      try {
        const started = await startSync({ ...parts, base }, { ...options, signal: ending.signal })
        const finished = closing(base, started.finished)
        const ended = finished.catch(() => undefined) // the caller that awaits `finished` handles it
        running.set(base, ended)
        void ended.finally(() => running.delete(base))
        return { id: started.id, finished }
      } catch (cause) {
        await base.close()
        throw cause
      }
    },
    /** Ends those under way soon; the next start takes up what they leave. */
    async interrupt() {
      ending.abort()
      const late = setTimeout(() => {
        for (const base of running.keys()) void base.close()
      }, PATIENCE_MS)
      await settled()
      clearTimeout(late)
    },
    settled,
  }
}

async function closing<Result>(base: Base, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } finally {
    await base.close()
  }
}
