import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { FieldName } from '../domain/fields.ts'
import { readFieldKeys } from '../domain/import/proposal.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import { cellSays, inCondition, proposalTable, readProposals } from './proposals.ts'
import type { ProposalMark, ProposalRow } from './proposals.ts'
import { readMatching } from './rows.ts'

/** Whether a row bears this code already. */
export async function hasProposal(base: Base, columns: Columns, code: string): Promise<boolean> {
  const table = proposalTable(base, columns)
  if (table === null) return false
  const { title } = columns.proposals.columns.code
  for await (const page of readMatching(base, table, {
    columns: [title],
    where: `(${inCondition(table, title)},eq,${code})`,
  }))
    if (page.length > 0) return true
  return false
}

/** Whether a row bears this code that nobody has answered yet. */
export async function isWaiting(base: Base, columns: Columns, code: string): Promise<boolean> {
  const table = proposalTable(base, columns)
  if (table === null) return false
  const { code: known, state } = columns.proposals.columns
  const where = `(${inCondition(table, known.title)},eq,${code})`
  for await (const page of readMatching(base, table, { columns: [known.title, state.title], where }))
    if (page.some((row) => fromLabel(LABELS.proposalState, row[state.title]) === 'pending')) return true
  return false
}

/** The rows of one source, as far as they tell what came of it. */
export async function answersOf(
  base: Base,
  columns: Columns,
  origin: string,
): Promise<
  readonly (Pick<ProposalMark, 'kind' | 'state'> & {
    readonly source: string
    readonly record: string | null
    readonly fields: readonly FieldName[]
  })[]
> {
  const table = proposalTable(base, columns)
  if (table === null) return []
  const { columns: names } = columns.proposals
  const titles = [names.source, names.kind, names.state, names.recordId, names.fields].map(
    ({ title }) => title,
  )
  const where = `(${inCondition(table, names.origin.title)},eq,${origin})`
  const answers = []
  for await (const page of readMatching(base, table, { columns: titles, where }))
    for (const row of page) {
      const state = fromLabel(LABELS.proposalState, row[names.state.title])
      if (state === null) continue
      answers.push({
        ...{ state, kind: fromLabel(LABELS.proposalKind, row[names.kind.title]) },
        source: cellSays(row[names.source.title]) ?? '',
        record: cellSays(row[names.recordId.title]),
        fields: readFieldKeys(cellSays(row[names.fields.title]) ?? '') ?? [],
      })
    }
  return answers
}

/** The rows of one source about one of its places, whole. */
export async function proposalsOf(
  base: Base,
  columns: Columns,
  { origin, key }: { readonly origin: string; readonly key: string },
): Promise<ProposalRow[]> {
  const table = proposalTable(base, columns)
  if (table === null) return []
  const { origin: source, key: place } = columns.proposals.columns
  const where = `(${inCondition(table, source.title)},eq,${origin})~and(${inCondition(table, place.title)},eq,${key})`
  const ids = []
  for await (const page of readMatching(base, table, { columns: [], where }))
    ids.push(...page.map((row) => row[ROW_ID]))
  return readProposals(base, columns, ids)
}
