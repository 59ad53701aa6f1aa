import type { FieldName } from '../../domain/fields.ts'
import type { Cell } from '../../nocodb/cells.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import { exchangeCells } from '../../nocodb/compare-and-set.ts'
import { isOfPlace, recordOf } from '../../nocodb/proposals.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { recordNames } from '../../nocodb/record-names.ts'
import { enqueueRecords } from '../enqueue-records.ts'
import { readAttempt } from './attempt.ts'
import type { Deciding, Outcome } from './deciding.ts'
import { unlinkPlace } from './link-places.ts'
import { TEXTS } from './proposal-texts.ts'

/** Puts back what stood in records before proposals were written there, where they still hold what was written. */
export async function revertRecords(
  parts: Deciding,
  proposals: readonly ProposalRow[],
): Promise<(readonly [ProposalRow, Outcome])[]> {
  const settled: (readonly [ProposalRow, Outcome])[] = []
  // One after the other: a later one may have been written over an earlier one.
  for (const one of proposals.toSorted((left, right) => right.id - left.id))
    settled.push([one, await revert(parts, one)])
  return settled
}

/** What was noted is forgotten: should the record say one day what was written, a person wrote it. */
const CHANGED: Outcome = { state: null, text: TEXTS.changedSince(), attempt: null }

async function revert(parts: Deciding, proposal: ProposalRow): Promise<Outcome> {
  const { base, columns, log } = parts
  const all = actorTables(base, columns)
  const id = recordOf(proposal)
  const from = id === null ? undefined : all.of(id)
  if (id === null || from === undefined) return { ...CHANGED, text: TEXTS.recordGone() }
  if (isOfPlace(proposal.kind)) {
    const unlinked = await unlinkPlace(parts, proposal)
    if (unlinked !== null) return unlinked
    const shown = recordNames(all).shown(id, all.tables[0]?.idOf(0) ?? 0)
    return { state: null, text: TEXTS.neverDeleted(shown) }
  }
  const noted = readAttempt(proposal.attempt)
  if (noted === null || !('cells' in noted)) return CHANGED
  const were: Record<string, Cell> = {}
  const cells: Record<string, Cell> = {}
  // What was written, whatever people changed in the proposal since.
  for (const [field, pair] of Object.entries(noted.cells) as [FieldName, readonly [Cell, Cell]][]) {
    const named = from.names[field]
    if (named === undefined || named.from !== undefined || !from.table.columns.has(named.title))
      return { state: null, text: TEXTS.notPutBack() }
    cells[named.title] = pair[0]
    were[named.title] = pair[1]
  }
  const exchange = { id: all.rowOf(id), were, cells }
  const found = (await exchangeCells(base, from.table, [exchange])).get(exchange)
  if (found?.kind === 'refused') {
    log.warn({ proposal: proposal.id, reason: found.reason }, 'proposals: NocoDB refused to put a value back')
    return { state: null, text: TEXTS.notPutBack() }
  }
  if (found?.kind !== 'kept')
    return found?.kind === 'gone' ? { state: null, text: TEXTS.recordGone() } : CHANGED
  await enqueueRecords(parts, [id])
  return { state: 'undone', text: TEXTS.undone(), touched: id }
}
