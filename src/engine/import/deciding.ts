import type { ProposalState } from '../../domain/import/settle.ts'
import type { RecordId } from '../../domain/record-id.ts'
import type { Table } from '../../nocodb/schema.ts'
import type { Digest } from '../../store/digest-key.ts'
import type { SyncContext } from '../sync-context.ts'

/** What became of a proposal, to be written on its row. */
export type Outcome = {
  /** null: it stays where it is. */
  readonly state: ProposalState | null
  readonly text: string | null
  /** The record that was changed or made. */
  readonly touched?: RecordId
  /** The record that a person said the place is: noted on its row, and not changed by it; null: none any more. */
  readonly link?: RecordId | null
  /** What is remembered of the writing; null: nothing any more; absent: what was, but of what was given up. */
  readonly attempt?: string | null
}

/** What deciding works with: the table of proposals beside the rest. */
export type Deciding = SyncContext & { readonly table: Table; readonly digest: Digest }
