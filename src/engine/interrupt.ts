import { PortreaError } from '../errors.ts'
import type { Sink } from './write-plan.ts'

/** Throws INTERRUPTED where the run is to end. */
export function unlessInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true)
    throw new PortreaError(
      'INTERRUPTED',
      'Le service s’arrête ; son prochain démarrage reprendra cette synchronisation.',
    )
}

/** The same sink, which begins nothing more once the run is to end. */
export function interruptible(sink: Sink, signal: AbortSignal | undefined): Sink {
  return {
    ...sink,
    async take(table, changes) {
      unlessInterrupted(signal)
      await sink.take(table, changes)
    },
    async add(table, rows) {
      unlessInterrupted(signal)
      await sink.add(table, rows)
    },
    async end() {
      unlessInterrupted(signal)
      return sink.end()
    },
  }
}

/** Why a run ended: one that was to end has had its connections cut, and whatever came of that is no failure. */
export function failureOf(cause: unknown, signal: AbortSignal | undefined): PortreaError {
  try {
    unlessInterrupted(signal)
  } catch (interrupted) {
    return interrupted as PortreaError
  }
  return cause instanceof PortreaError ? cause : new PortreaError('INTERNAL', String(cause), { cause })
}
