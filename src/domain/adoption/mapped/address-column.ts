import { verdictOf } from '../verdict.ts'
import type { LiveColumn } from '../live-base.ts'
import type { MappedProposal } from './mapped-proposal.ts'
import { columnTitled, freeColumns, isTold, proposedFor } from './seen-table.ts'
import type { SeenTable } from './seen-table.ts'
import { endings } from './titles.ts'

const TOWN = ['code_postal', 'commune'] as const

/**
 * The postal code and the commune out of one column that holds both (« 29200 BREST »), the street too where it is a whole
 * address; none where a column of its own holds either. Taken without a question where its name says that it is where the
 * place is: an address may be that of a head office.
 */
export function addressFields(seen: SeenTable): MappedProposal[] {
  const { rules } = seen
  const parts = (title: string | null) => columnTitled(seen, title)?.profile?.parts
  const holds = (column: LiveColumn) =>
    isTold(column, seen) && (column.profile?.parts.town ?? 0) >= rules.evidence.agree
  // A column of both may be the one that is proposed for either.
  const isBoth = (title: string | null) => (parts(title)?.town ?? 0) >= rules.evidence.agree
  const open = TOWN.filter((key) => {
    const single = proposedFor(seen, key)
    return single === null || isBoth(single.title)
  })
  if (open.length === 0) return []
  const own = ['adresse', ...open].flatMap(
    (key) => columnTitled(seen, proposedFor(seen, key)?.title ?? null) ?? [],
  )
  const column = [...own, ...freeColumns(seen)].find(holds)
  if (column === undefined) return []
  const isWhole = (column.profile?.parts.address ?? 0) >= rules.evidence.agree
  const street = proposedFor(seen, 'adresse')
  const isStreet = isWhole && (street === null || street.title === column.title)
  const named = isWhole
    ? street?.title === column.title && verdictOf(street, rules) === 'match'
    : isNamed(column, seen)
  return [...open, ...(isStreet ? (['adresse'] as const) : [])].map((key) => ({
    ...{ key, from: { address: column.title }, words: null, unknown: [] },
    verdict: named && (isStreet || !isWhole) ? 'match' : 'ask',
  }))
}

/** « CP Ville », « Code postal et commune », « Localité ». */
function isNamed({ title }: LiveColumn, { matcher, rules }: SeenTable): boolean {
  return endings(title).some((end) => matcher.name(end, rules.parts.town)?.likeness === 1)
}
