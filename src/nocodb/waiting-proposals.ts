import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Waiting } from '../domain/import/waiting.ts'
import type { Base } from './base.ts'
import { cellSays, inCondition, proposalTable } from './proposals.ts'
import { readMatching } from './rows.ts'

/** The proposals that wait for a person, of the places of an EPCI (SIREN), a line for each source and kind. */
export async function waitingProposals(base: Base, columns: Columns, siren: string): Promise<Waiting[]> {
  const table = proposalTable(base, columns)
  if (table === null) return []
  const { columns: names } = columns.proposals
  const id = (title: string) => inCondition(table, title)
  const where = `(${id(names.siren.title)},eq,${siren})~and(${id(names.state.title)},eq,${LABELS.proposalState.pending})`
  const counts = new Map<string, Waiting>()
  const titles = [names.source.title, names.kind.title]
  for await (const page of readMatching(base, table, { columns: titles, where }))
    for (const row of page) {
      const kind = fromLabel(LABELS.proposalKind, row[names.kind.title])
      if (kind === null) continue
      const source = cellSays(row[names.source.title]) ?? ''
      const key = `${kind} ${source}`
      counts.set(key, { source, kind, count: (counts.get(key)?.count ?? 0) + 1 })
    }
  return [...counts.values()]
}
