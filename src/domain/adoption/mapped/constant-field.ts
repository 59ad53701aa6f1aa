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
  const find = meaningFinder(meanings)
  const titled = [seen.theirs.title, withoutFrame(seen.theirs.title)].flatMap((title) => {
    const [found] = find(title)
    return found === undefined || (found.exact === null && found.hinted !== true) ? [] : [found.value]
  })[0]
  const constant = titled ?? toldByNames(seen)
  if (constant === null) return []
  return [{ key: 'typologie', from: { constant }, words: null, unknown: [], verdict: 'ask' }]
}

/** « Réseau de lecture publique », « Liste des médiathèques 2024 » without what says that it is a list. */
function withoutFrame(title: string): string {
  return title.replaceAll(FRAME, ' ').trim()
}
const FRAME =
  /\b(?:r[ée]seaux?|listes?|annuaires?|fichiers?|recensements?|tableaux?|base|lieux|[ée]tablissements?|les|des|du|de|la|d['’]|(?:19|20)\d{2})(?:\s|$|(?<=['’]))|[()]/giu

function toldByNames(seen: SeenTable): string | null {
  const names = columnTitled(seen, proposedFor(seen, 'nom')?.title ?? null)
  const kind = names === null || !isTold(names, seen) ? null : (names.profile?.kind ?? null)
  return kind !== null && kind.share >= seen.rules.evidence.agree ? kind.value : null
}
