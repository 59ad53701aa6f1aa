import type { Logger } from 'pino'
import { PortreaError } from '../errors.ts'

/** A loop at work. */
export type WorkLoop = {
  /** There is something to do: the wait ends at once, unless it follows a failure. */
  wake(): void
  /** Starts nothing more, and settles when the piece of work under way has ended. */
  stop(): Promise<void>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * Does pieces of work one after the other; each answers how many milliseconds to wait before the next. One that fails is
 * told once a cause, and tried again, later each time.
 */
export function workLoop(name: string, log: Logger, work: () => Promise<number>): WorkLoop {
  const alarm = pause()
  const state = { ended: false }
  let failures = 0
  let told: string | null = null
  const attempt = async (): Promise<number> => {
    try {
      const wait = await work()
      if (told !== null) log.info({ name }, 'live: works again')
      failures = 0
      told = null
      return wait
    } catch (cause) {
      const code = cause instanceof PortreaError ? cause.code : 'INTERNAL'
      if (told !== code && !state.ended) log.error({ name, code, err: cause }, 'live: failed, tried again')
      told = code
      failures += 1
      return backoff(failures)
    }
  }
  const run = async () => {
    while (!state.ended) {
      const wait = await attempt()
      if (!state.ended && wait > 0) await alarm.wait(wait, failures === 0)
    }
  }
  const done = run()
  return {
    wake: () => alarm.ring(false),
    async stop() {
      state.ended = true
      alarm.ring(true)
      await done
    },
  }
}

/** Doubles, with jitter, so that several replicas do not come back at the same instant. */
function backoff(failures: number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
  return longest / 2 + (Math.random() * longest) / 2
}

/** A wait that a ring ends; a ring that comes before the wait ends the next one. */
function pause() {
  let rung = false
  let end: (() => void) | null = null
  let deaf = false
  return {
    ring(always: boolean) {
      if (always) deaf = false
      if (end !== null && !deaf) end()
      else rung = true
    },
    wait(milliseconds: number, wakeable: boolean): Promise<void> {
      deaf = !wakeable
      if (rung && wakeable) {
        rung = false
        return Promise.resolve()
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => end?.(), milliseconds)
        end = () => {
          clearTimeout(timer)
          end = null
          rung = false
          resolve()
        }
      })
    },
  }
}
