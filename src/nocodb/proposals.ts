import { hash } from 'node:crypto'
import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { FieldName } from '../domain/fields.ts'
import { asText } from '../domain/formula.ts'
import { readFieldKeys, readShownValues, shownValues } from '../domain/import/proposal.ts'
import type { FieldChange, Proposal, ProposalKind } from '../domain/import/proposal.ts'
import { UNSETTLED } from '../domain/import/settle.ts'
import type { Decision, ProposalState } from '../domain/import/settle.ts'
import type { RecordId } from '../domain/record-id.ts'
import type { Base } from './base.ts'
import { CHOICES, ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { listed } from './field-cells.ts'
import { columnOf } from './reading.ts'
import { readByIds, readMatching, readRows } from './rows.ts'
import type { Table } from './schema.ts'
import type { Cells } from './write-back.ts'

/** The table « Propositions »; null: the base has none. */
export function proposalTable(base: Base, { proposals }: Columns): Table | null {
  return base.tables.get(proposals.title) ?? null
}

/** Where a proposal comes from, and what is said of its place in the base. */
export type ProposalContext = {
  /** The name of the source in config/sources, and its title for people. */
  readonly origin: string
  readonly source: string
  /** The name of the place, and its number where it has one. */
  readonly shown: string
  readonly epci: { readonly siren: string; readonly name: string } | null
  /** ISO instant. */
  readonly at: string
  readonly state: ProposalState
  readonly outcome: string | null
}

/** The row of a proposal. Where its record opens is told by `withAddresses`. */
export function proposalCells(columns: Columns, proposal: Proposal, context: ProposalContext): Cells {
  const { columns: names } = columns.proposals
  const { kind, key, record, changes, why, confidence } = proposal
  const alone = isAlone(kind, changes.length)
  const titled = (which: 'before' | 'after') =>
    shownValues(
      changes.map(({ field, ...says }) => [columns.actors.columns[field].title, says[which]] as const),
      alone,
    )
  const place = record === null
  return {
    [names.record.title]: asText(context.shown),
    [names.field.title]: place
      ? null
      : changes.map(({ field }) => columns.actors.columns[field].title).join(', ') || null,
    [names.before.title]: place ? null : titled('before'),
    [names.after.title]: titled('after'),
    [names.kind.title]: LABELS.proposalKind[kind],
    [names.state.title]: LABELS.proposalState[context.state],
    [names.outcome.title]: context.outcome,
    [names.why.title]: why,
    [names.confidence.title]: confidence,
    [names.source.title]: context.source,
    [names.epci.title]: context.epci?.name ?? null,
    [names.siren.title]: context.epci?.siren ?? null,
    [names.proposedOn.title]: context.at,
    [names.recordId.title]: record,
    [names.fields.title]: changes.map(({ field }) => field).join(' ') || null,
    [names.origin.title]: context.origin,
    [names.key.title]: key,
    [names.code.title]: proposalCode(context.origin, proposal),
  }
}

function isAlone(kind: ProposalKind, fields: number): boolean {
  return fields === 1 && !isOfPlace(kind)
}

/** Whether a proposal is of a whole place, which has no record. */
export function isOfPlace(kind: ProposalKind | null): boolean {
  return kind === 'new' || kind === 'unsure'
}

/**
 * What a proposal is known again by, in three parts: the place and fields that it is about; what it would say there; and
 * all the rest that a person reads before they decide.
 */
export function proposalCode(origin: string, { kind, key, record, changes }: Proposal): string {
  const place =
    record === null || kind === 'gone' ? [kind === 'gone' ? 'gone' : 'new', origin, key] : [record]
  const target = digest([...place, ...(record === null ? [] : changes.map(({ field }) => field))])
  // Who does not want a place does not want it with another telephone either; nor a value beside others than those of then.
  const says =
    record === null
      ? kind
      : digest(changes.map((change) => addedValues(kind, change)?.toSorted().join(CHOICES) ?? change.after))
  const rest = digest([
    origin,
    key,
    kind,
    record,
    ...changes.flatMap(({ field, before, after }) => [field, before, after]),
  ])
  return `${target}.${says}.${rest}`
}

/** Of a list that lacks values, those; null: the value takes the place of what stands there. */
export function addedValues(
  kind: ProposalKind | null,
  { before, after }: FieldChange,
): readonly string[] | null {
  if ((kind !== 'completion' && kind !== 'merge') || before === null) return null
  const has = new Set(listed(before))
  return listed(after).filter((value) => !has.has(value))
}

/** The first two parts of a code: a place, fields, and what is said there, whoever says it. */
export function sayingOf(code: string): string {
  return code.slice(0, code.lastIndexOf('.'))
}

/** The first part of a code. */
export function targetOf(code: string): string {
  return code.slice(0, code.indexOf('.'))
}

function digest(parts: readonly (string | null)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 14)
}

/** A row of « Propositions », as far as it is known again. */
export type ProposalMark = {
  readonly id: RowId
  readonly code: string
  readonly key: string
  readonly state: ProposalState
  readonly decision: Decision | null
  readonly recordId: string | null
  readonly kind: ProposalKind | null
  readonly siren: string | null
  /** Of which it speaks; of a new place, all that the source said. */
  readonly fields: readonly FieldName[]
}

/** A row whole. */
export type ProposalRow = ProposalMark & {
  readonly origin: string
  readonly row: Row
  /** What it proposes; null: it was altered since, and says something else than what was proposed. */
  readonly changes: readonly FieldChange[] | null
  readonly attempt: string | null
  /** Which record a person says that the place is, as they wrote it; null: nothing. */
  readonly sameAs: string | null
}

/** The rows of one source, or, with `states`, those of every source that stand so: a page at a time. */
export async function* readProposalMarks(
  base: Base,
  columns: Columns,
  where: { readonly origin: string } | { readonly states: readonly ProposalState[] },
): AsyncGenerator<readonly ProposalMark[]> {
  const table = proposalTable(base, columns)
  if (table === null) return
  const { columns: names } = columns.proposals
  const { code, key, state, decision, recordId, kind, origin, siren, fields } = names
  const asked = [code, key, state, decision, recordId, kind, origin, siren, fields]
  const titles = asked.map(({ title }) => title)
  const cell = (title: string) => inCondition(table, title)
  const some =
    'origin' in where
      ? {}
      : {
          where: where.states
            .map((one) => `(${cell(state.title)},eq,${LABELS.proposalState[one]})`)
            .join('~or'),
        }
  for await (const page of readRows(base, table, { columns: titles, ...some }))
    yield page
      .filter((row) => !('origin' in where) || row[origin.title] === where.origin)
      .flatMap((row) => markOf(columns, row) ?? [])
}

/** The rows of these ids whole, those that are the service's own. */
export async function readProposals(
  base: Base,
  columns: Columns,
  ids: readonly RowId[],
): Promise<ProposalRow[]> {
  const table = proposalTable(base, columns)
  if (table === null) return []
  const { remark: _, accept: _button, open: _open, ...names } = columns.proposals.columns
  // A base that was prepared by an earlier Portrea has no « C’est la fiche n° » yet.
  const titles = Object.values(names).flatMap(({ title }) =>
    title !== names.sameAs.title || table.columns.has(title) ? [title] : [],
  )
  const rows = await readByIds(base, table, ids, titles)
  return rows.flatMap((row) => proposalRow(columns, row) ?? [])
}

/** The ids of the rows of which a decision was not carried out yet. */
export async function readUndecided(base: Base, columns: Columns): Promise<RowId[]> {
  const table = proposalTable(base, columns)
  if (table === null) return []
  const { decision, state, sameAs } = columns.proposals.columns
  const id = (title: string) => inCondition(table, title)
  const ids: RowId[] = []
  for (const [said, states] of UNSETTLED)
    for (const one of states) {
      const saying =
        said === null
          ? `(${id(decision.title)},blank)`
          : `(${id(decision.title)},eq,${LABELS.decision[said]})`
      const where = `${saying}~and(${id(state.title)},eq,${LABELS.proposalState[one]})`
      for await (const page of readMatching(base, table, { columns: [], where }))
        ids.push(...page.map((row) => row[ROW_ID]))
    }
  if (!table.columns.has(sameAs.title)) return ids
  const named = `(${id(sameAs.title)},notblank)~and(${id(state.title)},eq,${LABELS.proposalState.pending})`
  for await (const page of readMatching(base, table, { columns: [], where: named }))
    ids.push(...page.map((row) => row[ROW_ID]))
  return [...new Set(ids)]
}

/** How a condition names a column: by its id where NocoDB tells it. */
export function inCondition(table: Table, title: string): string {
  const { id, wire } = columnOf(table, title)
  return id || wire
}

function markOf({ proposals: { columns: names } }: Columns, row: Row): ProposalMark | null {
  const code = cellSays(row[names.code.title])
  const state = fromLabel(LABELS.proposalState, row[names.state.title])
  if (code === null || state === null) return null
  return {
    ...{ id: row[ROW_ID], code, state, key: cellSays(row[names.key.title]) ?? '' },
    decision: fromLabel(LABELS.decision, row[names.decision.title]),
    recordId: cellSays(row[names.recordId.title]),
    kind: fromLabel(LABELS.proposalKind, row[names.kind.title]),
    siren: cellSays(row[names.siren.title]),
    fields: readFieldKeys(cellSays(row[names.fields.title]) ?? '') ?? [],
  }
}

function proposalRow(columns: Columns, row: Row): ProposalRow | null {
  const mark = markOf(columns, row)
  if (mark === null) return null
  const { columns: names } = columns.proposals
  const origin = cellSays(row[names.origin.title]) ?? ''
  return {
    ...{ ...mark, origin, row, changes: changesOf(columns, row, mark, origin) },
    attempt: cellSays(row[names.attempt.title]),
    sameAs: cellSays(row[names.sameAs.title])?.trim() || null,
  }
}

/** What it proposes, held against its code: a person may have written over what they read. */
function changesOf(
  columns: Columns,
  row: Row,
  mark: ProposalMark,
  origin: string,
): readonly FieldChange[] | null {
  const { columns: names } = columns.proposals
  const { kind, key, code } = mark
  const fields = readFieldKeys(cellSays(row[names.fields.title]) ?? '')
  if (kind === null || fields === null) return null
  const isPlace = isOfPlace(kind)
  const alone = isAlone(kind, fields.length)
  const read = (title: string) => readShownValues(cellSays(row[title]), fields.length, alone)
  const after = read(names.after.title)
  const before = isPlace ? fields.map(() => null) : read(names.before.title)
  if (after === undefined || before === undefined || after.includes(null)) return null
  const changes = fields.map((field: FieldName, at) => ({
    field,
    before: before[at] ?? null,
    after: after[at]!,
  }))
  // The record of a place that was made is none that was proposed.
  const record = isPlace ? null : mark.recordId
  return proposalCode(origin, { kind, key, record, changes, why: '', confidence: null }) === code
    ? changes
    : null
}

/** The number of the record that it is about. */
export function recordOf({ recordId }: Pick<ProposalMark, 'recordId'>): RecordId | null {
  const id = Number(recordId ?? Number.NaN)
  return Number.isSafeInteger(id) ? id : null
}

/** What a cell says; null: nothing. */
export function cellSays(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined || cell === '' ? null : String(cell)
}
