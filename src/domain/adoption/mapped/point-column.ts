import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { endings } from './titles.ts'

const KEYS = ['latitude', 'longitude'] as const

/** Latitude and longitude out of one column that holds both; none where each has a column of its own. */
export function pointFields(seen: SeenTable): MappedProposal[] {
  const { matcher, rules } = seen
  const isPoint = (title: string | null) => {
    const column = columnTitled(seen, title)
    return (
      column !== null && isTold(column, seen) && (column.profile?.parts.point ?? 0) >= rules.evidence.agree
    )
  }
  const single = KEYS.flatMap((key) => proposedFor(seen, key)?.title ?? [])
  if (new Set(single).size > 1 || single.some((title) => !isPoint(title))) return []
  const columns = [...single.flatMap((title) => columnTitled(seen, title) ?? []), ...freeColumns(seen)]
  const column = columns.find(({ title }) => isPoint(title))
  if (column === undefined) return []
  const sure = endings(column.title).some((end) => matcher.name(end, rules.parts.point)?.likeness === 1)
  return KEYS.map((key) => ({
    ...{ key, from: { point: column.title }, words: null, unknown: [] },
    verdict: sure ? 'match' : 'ask',
  }))
}
