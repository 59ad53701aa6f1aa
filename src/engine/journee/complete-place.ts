import { ACTORS } from '../../columns/actors.ts'
import type { FieldName } from '../../domain/fields.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import { merged } from '../../domain/journee/merged.ts'
import { exchangeCells } from '../../nocodb/compare-and-set.ts'
import { proposalsOf } from '../../nocodb/proposal-answers.ts'
import { proposalCells, proposalTable } from '../../nocodb/proposals.ts'
import type { SyncContext } from '../sync-context.ts'

/**
 * Puts what a later answer about a new place says into the row that waits already, where they do not contradict each other
 * and nobody decides on it meanwhile; false: it needs a row of its own.
 */
export async function isCompleted(
  { base, columns }: Pick<SyncContext, 'base' | 'columns'>,
  origin: string,
  proposal: Proposal,
): Promise<boolean> {
  const table = proposalTable(base, columns)
  if (table === null) return false
  const { code, fields, after, decision } = columns.proposals.columns
  for (const row of await proposalsOf(base, columns, { origin, key: proposal.key })) {
    const waits = row.state === 'pending' && row.decision === null && row.sameAs === null
    const first = row.changes?.map((change) => ({ ...change, before: null }))
    if (!waits || first === undefined || row.kind !== 'new') continue
    const together = merged(first, proposal.changes, isList)
    if (together === null) continue
    const context = { origin, source: '', shown: '', epci: null, at: '', state: row.state, outcome: null }
    const cells = proposalCells(columns, { ...proposal, changes: together }, context)
    if (cells[code.title] === row.code) return true
    const exchange = {
      id: row.id,
      were: { [code.title]: row.code, [decision.title]: null },
      cells: {
        ...{ [code.title]: cells[code.title] ?? null, [decision.title]: null },
        ...{ [fields.title]: cells[fields.title] ?? null, [after.title]: cells[after.title] ?? null },
      },
    }
    if ((await exchangeCells(base, table, [exchange])).get(exchange)?.kind === 'kept') return true
  }
  return false
}

/** Whether a record holds several values of it. */
function isList(field: FieldName): boolean {
  return ACTORS[field].uidt === 'MultiSelect'
}
