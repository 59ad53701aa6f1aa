import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import { INVITATION_STATES, invitedPeople } from '../domain/invitations/invitation-state.ts'
import type { InvitationState, InvitedPeople, Invitee } from '../domain/invitations/invitation-state.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { inCondition } from './proposals.ts'
import { readMatching } from './rows.ts'
import type { Table } from './schema.ts'

/** One row of « Invitations ». */
export type InvitationRow = {
  readonly id: RowId
  /** The name that it shows; null: none. */
  readonly actor: string | null
  /** The record that it invites; null: somebody whom people added. */
  readonly record: number | null
  readonly siren: string | null
  readonly journee: RowId | null
  /** null: the cell is empty, or holds a choice of people's own. */
  readonly state: InvitationState | null
  /** The cell « État » as it stands. */
  readonly stateCell: Cell
  /** 'YYYY-MM-DD' */
  readonly invitedOn: string | null
  readonly remindedOn: string | null
  readonly answeredOn: string | null
  readonly saidBy: string | null
  /** « À inviter avant le » and the rest still stand there: it was not taken off the list. */
  readonly listed: boolean
  /** The state from before the door ticked it; null: the door did not. */
  readonly doorBefore: InvitationState | null
  readonly row: Row
}

/** The table « Invitations »; null: the base has none, or not the columns that tell of whom and of which journée a row is. */
export function invitationTable(base: Base, { invitations }: Columns): Table | null {
  const table = base.tables.get(invitations.title)
  const { journee, state, recordId } = invitations.columns
  return table !== undefined && [journee, state, recordId].every(({ title }) => table.columns.has(title))
    ? table
    : null
}

/** The rows of these journées, or (null) those that are on some list still; none in a base without the table. */
export async function readInvitationRows(
  base: Base,
  columns: Columns,
  journee: RowId | null,
): Promise<InvitationRow[]> {
  const table = invitationTable(base, columns)
  if (table === null) return []
  const { columns: names } = columns.invitations
  const where =
    journee === null
      ? `(${inCondition(table, names.rank.title)},notblank)`
      : `(${inCondition(table, names.journee.title)},eq,${journee})`
  const titles = Object.values(names).flatMap(({ title }) => (table.columns.has(title) ? [title] : []))
  const rows: InvitationRow[] = []
  for await (const page of readMatching(base, table, { columns: titles, where }))
    rows.push(...page.map((row) => rowOf(row, columns)))
  return rows
}

function rowOf(row: Row, { invitations: { columns: names } }: Columns): InvitationRow {
  const cell = (key: keyof typeof names): Cell => row[names[key].title] ?? null
  const record = Number(trimmedText(cell('recordId')) ?? Number.NaN)
  const journee = cell('journee')
  return {
    id: row[ROW_ID],
    actor: trimmedText(cell('actor')),
    record: Number.isSafeInteger(record) ? record : null,
    siren: trimmedText(cell('siren')),
    journee: typeof journee === 'number' ? journee : null,
    ...{ state: stateIn(cell('state')), stateCell: cell('state') },
    invitedOn: dayOf(cell('invitedOn')),
    remindedOn: dayOf(cell('remindedOn')),
    answeredOn: dayOf(cell('answeredOn')),
    saidBy: trimmedText(cell('saidBy')),
    listed: cell('rank') !== null,
    doorBefore: stateIn(cell('doorBefore')),
    row,
  }
}

function stateIn(cell: Cell | undefined): InvitationState | null {
  return fromLabel(LABELS.invitationState, cell)
}

/** What each journée's rows say past « À inviter », with the EPCI for which they were proposed. */
type InvitedRow = Invitee & { readonly siren: string | null }

/** Reads them by journée: few rows, whatever was proposed. */
export async function readInvited(
  base: Base,
  columns: Columns,
): Promise<ReadonlyMap<RowId, readonly InvitedRow[]>> {
  const table = invitationTable(base, columns)
  if (table === null) return new Map()
  const { journee, state, people, siren } = columns.invitations.columns
  const said = INVITATION_STATES.filter((one) => one !== 'to_invite')
  const where = said
    .map((one) => `(${inCondition(table, state.title)},eq,${LABELS.invitationState[one]})`)
    .join('~or')
  const titles = [journee, state, people, siren].flatMap(({ title }) =>
    table.columns.has(title) ? [title] : [],
  )
  const found = new Map<RowId, InvitedRow[]>()
  for await (const page of readMatching(base, table, { columns: titles, where }))
    for (const row of page) {
      const of = row[journee.title]
      const one = stateIn(row[state.title])
      if (typeof of !== 'number' || one === null || one === 'to_invite') continue
      const many = row[people.title]
      const invited = {
        ...{ state: one, siren: trimmedText(row[siren.title]) },
        people: typeof many === 'number' && many >= 1 ? Math.round(many) : null,
      }
      found.set(of, [...(found.get(of) ?? []), invited])
    }
  return found
}

/** The numbers of people of a journée. */
type Typed = Readonly<InvitedPeople>

/** Which of them were counted in « Invitations ». */
export type CountedPeople = { readonly counted?: readonly (keyof InvitedPeople)[] }

/**
 * A journée whose empty numbers of people are those of its invitations: what people typed wins. Rows that were proposed for
 * another EPCI, from before the journée moved, are not its. Fewer invitations than the people who are typed to come tell of
 * a part of them, and count for nothing.
 */
export function withInvited<One extends Typed>(
  journee: One,
  siren: string | null,
  rows: readonly InvitedRow[] = [],
): One & CountedPeople {
  const own = rows.filter((row) => row.siren === null || row.siren === siren)
  const people = invitedPeople(own)
  const most = Math.max(journee.expected ?? 0, journee.present ?? 0)
  const counted = (['invited', 'expected', 'present'] as const).filter(
    (key) => journee[key] === null && people[key] !== null && (key !== 'invited' || people[key] >= most),
  )
  if (counted.length === 0) return journee
  return { ...journee, ...Object.fromEntries(counted.map((key) => [key, people[key]])), counted }
}
