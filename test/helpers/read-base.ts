import { readBase } from '../../src/engine/read-base.ts'
import type { SyncContext } from '../../src/engine/sync-context.ts'

type ReadOptions = Parameters<typeof readBase>[1]

/** A reading of a base that stands still, of every EPCI, as a run makes it. */
export function readStillBase(
  parts: SyncContext,
  options: Pick<ReadOptions, 'view' | 'gate' | 'whole'> & Pick<Partial<ReadOptions>, 'onPage'>,
) {
  const still = { epcis: null, written: () => true, alone: true, isMoved: async () => false }
  return readBase(parts, { ...still, ...options })
}
