import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { meaningFinder } from './vocabulary.ts'

/**
 * The kind of place that a whole table is of, where its title, or nearly every name in it, tells one and no column says it.
 * Always a question.
 */
export function constantField(seen: SeenTable): MappedProposal[] {
  const meanings = seen.vocabulary.get('typologie')
  if (meanings === undefined || proposedFor(seen, 'typologie') !== null) return []
  const [found] = meaningFinder(meanings)(seen.theirs.title)
  const titled = found === undefined || found.exact === null ? null : found.value
  const constant = titled ?? toldByNames(seen)
  if (constant === null) return []
  return [{ key: 'typologie', from: { constant }, words: null, unknown: [], verdict: 'ask' }]
}

function toldByNames(seen: SeenTable): string | null {
  const names = columnTitled(seen, proposedFor(seen, 'nom')?.title ?? null)
  const kind = names === null || !isTold(names, seen) ? null : (names.profile?.kind ?? null)
  return kind !== null && kind.share >= seen.rules.evidence.agree ? kind.value : null
}
