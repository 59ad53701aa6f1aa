import type { AdoptionRules } from '../../rules/adoption.ts'
import type { LiveColumn, LiveTable, OwnTable } from '../live-base.ts'
import type { ColumnProposal, Matcher } from '../match-columns.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The table of theirs that is the one of actors, with what single columns of it are proposed for. */
export type SeenTable = {
  readonly theirs: LiveTable
  readonly own: OwnTable
  readonly columns: readonly ColumnProposal[]
  readonly matcher: Matcher
  readonly rules: AdoptionRules
  readonly vocabulary: Vocabulary
}

/** The columns that no place of ours is proposed for, in their order. */
export function freeColumns({ theirs, columns, rules }: SeenTable): LiveColumn[] {
  const taken = new Set(
    columns.flatMap(({ title, score }) => (score >= rules.doubtful && title !== null ? [title] : [])),
  )
  return theirs.columns.filter(
    ({ title, made, link, type }) => made === null && link === null && type !== 'Links' && !taken.has(title),
  )
}

/** What single column is proposed for a place of ours; null: none. */
export function proposedFor({ columns, rules }: SeenTable, key: string): ColumnProposal | null {
  const found = columns.find((column) => column.key === key)
  return found?.title === null || found === undefined || found.score < rules.doubtful ? null : found
}

export function columnTitled({ theirs }: SeenTable, title: string | null): LiveColumn | null {
  return theirs.columns.find((column) => column.title === title) ?? null
}

/** Whether so many values were seen that their shares say something. */
export function isTold({ profile }: LiveColumn, { rules }: SeenTable): boolean {
  return (profile?.filled ?? 0) >= rules.sample.least
}
