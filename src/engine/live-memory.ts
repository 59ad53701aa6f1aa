import type { BrakeReason } from '../domain/brake.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { SyncContext } from './sync-context.ts'

/** What people declare of the EPCI, as it was read a moment ago. */
export type LiveMemory = {
  /** null: it is to be read. */
  territories(): DeclaredRows | null
  keepTerritories(territories: DeclaredRows): void
  forget(): void
}

/** Live work: that of a run, and the memory of this process. */
export type LiveSync = SyncContext & {
  readonly memory: LiveMemory
  /** The base looks wrong: a whole run is to look at it, and tell. */
  readonly suspect: (reasons: readonly BrakeReason[]) => void
}

/** Whoever declares something new of an EPCI asks for a fresh reading: this is for the names and counts of the others. */
const TERRITORIES_MS = 10_000

export function liveMemory(): LiveMemory {
  let declared: { readonly at: number; readonly territories: DeclaredRows } | null = null
  return {
    territories: () =>
      declared !== null && performance.now() - declared.at < TERRITORIES_MS ? declared.territories : null,
    keepTerritories(territories) {
      declared = { at: performance.now(), territories }
    },
    forget() {
      declared = null
    },
  }
}
