import type { BrakeReason } from '../domain/brake.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { SyncContext } from './sync-context.ts'

/** What people declare of the EPCI, as it was read a moment ago. */
export type LiveMemory = {
  /** null: it is to be read. */
  declaredRows(): DeclaredRows | null
  keepDeclaredRows(declaredRows: DeclaredRows): void
  forget(): void
}

/** Live work: that of a run, and the memory of this process. */
export type LiveSync = SyncContext & {
  readonly memory: LiveMemory
  /** The base looks wrong: a whole run is to look at it, and tell. */
  readonly suspect: (reasons: readonly BrakeReason[]) => void
}

/** Whoever declares something new of an EPCI asks for a fresh reading: this is for the names and counts of the others. */
const DECLARED_ROWS_MS = 10_000

export function liveMemory(): LiveMemory {
  let declared: { readonly at: number; readonly declaredRows: DeclaredRows } | null = null
  return {
    declaredRows: () =>
      declared !== null && performance.now() - declared.at < DECLARED_ROWS_MS ? declared.declaredRows : null,
    keepDeclaredRows(declaredRows) {
      declared = { at: performance.now(), declaredRows }
    },
    forget() {
      declared = null
    },
  }
}
