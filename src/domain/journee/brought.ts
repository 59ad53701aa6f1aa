import type { ProposalKind } from '../import/proposal.ts'
import type { ProposalState } from '../import/settle.ts'

/** A row of « Propositions » that a group of a journée made; `group` null: it says none. */
export type GroupAnswer = {
  readonly group: number | null
  readonly kind: ProposalKind | null
  readonly state: ProposalState
  readonly record: string | null
}

/** What a group of a journée brought: what is in the base now, and what waits for somebody to accept it. */
export type Brought = {
  readonly group: number | null
  /** Records that were completed or corrected, and places that were made. */
  readonly records: number
  readonly places: number
  /** Answers that are in a record, wait, and were not wanted or overtaken. */
  readonly applied: number
  readonly pending: number
  readonly other: number
}

/** The same by group, in order, those of no group last. */
export function brought(answers: readonly GroupAnswer[]): Brought[] {
  const groups = Map.groupBy(answers, ({ group }) => group)
  return [...groups]
    .toSorted(([one], [other]) => (one ?? Infinity) - (other ?? Infinity))
    .map(([group, own]) => {
      const applied = own.filter(({ state }) => state === 'applied')
      const pending = own.filter(({ state }) => state === 'pending').length
      const completed = applied.flatMap(({ kind, record }) =>
        kind === 'new' || record === null ? [] : [record],
      )
      return {
        group,
        records: new Set(completed).size,
        places: applied.filter(({ kind }) => kind === 'new').length,
        applied: applied.length,
        pending,
        other: own.length - applied.length - pending,
      }
    })
}
