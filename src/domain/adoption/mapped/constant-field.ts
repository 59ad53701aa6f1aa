import type { MappedProposal } from './mapped-proposal.ts'
import { proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { meaningFinder } from './vocabulary.ts'

/** The kind of place that a whole table is of, where its title names one and no column says it. Always a question. */
export function constantField(seen: SeenTable): MappedProposal[] {
  const meanings = seen.vocabulary.get('typologie')
  if (meanings === undefined || proposedFor(seen, 'typologie') !== null) return []
  const [found] = meaningFinder(meanings)(seen.theirs.title)
  if (found === undefined || found.exact === null) return []
  return [{ key: 'typologie', from: { constant: found.value }, words: null, unknown: [], verdict: 'ask' }]
}
