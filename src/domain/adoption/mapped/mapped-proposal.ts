import type { Mapping } from '../../mapping/mapping.ts'
import type { Words } from '../../mapping/words.ts'
import type { ColumnProposal } from '../match-columns.ts'
import type { Verdict } from '../verdict.ts'

/** Whether a field is made without a single column of its own; else what is said stands beside that one. */
export function isPutTogether(from: Mapping | null): boolean {
  return from !== null && !('first' in from || 'all' in from)
}

/** What is proposed for a column of ours that theirs hold in their own way. */
export type MappedProposal = {
  /** The key of the column of ours, in the table of actors. */
  readonly key: string
  /** null: a column of theirs holds it, in words of their own. */
  readonly from: Mapping | null
  /** Their word → the value expected; null: none is to be read otherwise. */
  readonly words: Words | null
  /** Their words that nothing here is near to: a person says what they mean, or nobody does. */
  readonly unknown: readonly string[]
  readonly verdict: Exclude<Verdict, 'none'>
  /** The single column that it stands instead of; absent: none. */
  readonly instead?: ColumnProposal
}
