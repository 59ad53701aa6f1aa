import { clearLine, hush, say } from './screen.ts'

/** Ctrl-C often comes twice at once, from the terminal and from npm: only a later one is impatience (ms). */
const SAME_SIGNAL = 2000

/** Everything that was opened, to be closed in reverse order, whenever the end comes. */
export type Closing = {
  /** True once the end has come: what fails after that is no fault. */
  readonly stopping: boolean
  /** Remembers how to close what `opening` gives; it may still be opening when the end comes. */
  keep<Opened>(opening: Promise<Opened>, close: (opened: Opened) => Promise<void>): Promise<Opened>
  /** Closes everything and ends this process. */
  end(code: number): Promise<never>
}

/** Ctrl-C and SIGTERM close everything in order; a second one leaves at once (what we started ends by itself). */
export function closeOnSignals(): Closing {
  const closers: (() => Promise<void>)[] = []
  let stopping = false
  const end = async (code: number): Promise<never> => {
    stopping = true
    for (const close of closers.reverse()) await close().catch((cause: Error) => console.error(cause.message))
    process.exit(code)
  }
  let since = 0
  const signalled = () => {
    if (stopping && performance.now() - since > SAME_SIGNAL) process.exit(130)
    if (stopping) return
    since = performance.now()
    clearLine()
    say('Arrêt…')
    hush()
    void end(0)
  }
  process.on('SIGINT', signalled).on('SIGTERM', signalled).on('SIGHUP', signalled)
  return {
    get stopping() {
      return stopping
    },
    keep(opening, close) {
      closers.push(() => opening.then(close, () => undefined))
      return opening
    },
    end,
  }
}
