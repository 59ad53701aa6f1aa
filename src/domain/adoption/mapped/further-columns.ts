import type { LiveColumn } from '../live-base.ts'
import { verdictOf } from '../verdict.ts'
import { SEVERAL } from './by-hand.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { withoutRank } from './titles.ts'

/**
 * A second telephone, the columns of a second source: what the first column does not say, a further one of the same name
 * may. Never without a question: a second number may be somebody's own.
 */
export function furtherFields(seen: SeenTable): MappedProposal[] {
  const { own, rules } = seen
  const free = freeColumns(seen).filter((column) => isTold(column, seen))
  return own.places.flatMap((place): MappedProposal[] => {
    const single = proposedFor(seen, place.key)
    if (single === null || verdictOf(single, rules) !== 'match' || !isField(place, seen)) return []
    const first = columnTitled(seen, single.title)
    const others = first === null ? [] : free.filter((column) => isFurther(column, first, place, seen))
    if (first === null || others.length === 0) return []
    const titles = [first, ...others].map(({ title }) => title)
    const from = SEVERAL.has(place.key) ? { all: titles } : { first: titles }
    return [{ key: place.key, from, words: null, unknown: [], verdict: 'ask' }]
  })
}

type Place = SeenTable['own']['places'][number]

/** The fields of the standard: what people say of a record beside them has one column. */
function isField({ key, written, linksTo }: Place, { vocabulary }: SeenTable): boolean {
  return (
    !written &&
    linksTo === null &&
    !BESIDE.has(key) &&
    (vocabulary.get(key) === undefined || key === 'typologie')
  )
}
const BESIDE = new Set([
  'id',
  'step',
  'lastContact',
  'referent',
  'verified',
  'notDuplicateOf',
  'doNotPublish',
  'date_maj',
])

function isFurther(
  column: LiveColumn,
  first: LiveColumn,
  place: Place,
  { matcher, rules }: SeenTable,
): boolean {
  const bare = withoutRank(column.title)
  if (bare === null) return false
  const sameAsFirst = matcher.name(bare, [withoutRank(first.title) ?? first.title])?.likeness === 1
  if (!sameAsFirst && matcher.name(bare, place.names)?.likeness !== 1) return false
  return place.shapes.every((shape) => {
    const share =
      shape === 'accepted' ? column.profile?.accepted.get(place.key) : column.profile?.shapes[shape]
    return share === undefined || share >= rules.evidence.agree
  })
}
