import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import { INVITATION_STATES, invitedPeople } from '../domain/invitations/invitation-state.ts'
import type { InvitationState, InvitedPeople, Invitee } from '../domain/invitations/invitation-state.ts'
import type { Base } from './base.ts'
import { ROW_ID, trimmedText } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { chunk } from './chunk.ts'
import { inCondition } from './proposals.ts'
import { readMatching } from './rows.ts'
import type { ColumnKind, Table } from './schema.ts'

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

/** What a row is read and found by, with what can hold it: a table of people's that bears the same name has not all of it. */
const NEEDED = {
  ...{ actor: ['text'], state: ['select', 'text'], rank: ['number'], date: ['date'] },
  ...{ journee: ['number'], siren: ['text'], recordId: ['text'] },
} as const satisfies Readonly<Record<string, readonly ColumnKind[]>>
const NEEDED_KEYS = Object.keys(NEEDED) as readonly (keyof typeof NEEDED)[]

/** The titles of what the base lacks to keep invitations: the table, or columns of it; none: all is there. */
export function missingForInvitations(base: Base, { invitations }: Columns): string[] {
  const table = base.tables.get(invitations.title)
  if (table === undefined) return [invitations.title]
  return NEEDED_KEYS.flatMap((key) => {
    const { title } = invitations.columns[key]
    const kind = table.columns.get(title)?.kind
    return (NEEDED[key] as readonly (ColumnKind | undefined)[]).includes(kind) ? [] : [title]
  })
}

/** The table « Invitations »; null: the base has none, or not the columns by which its rows are ours. */
export function invitationTable(base: Base, columns: Columns): Table | null {
  if (missingForInvitations(base, columns).length > 0) return null
  return base.table(columns.invitations.title)
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

/** What each journée's rows say, with the EPCI for which they were proposed. */
type InvitedRow = Invitee & { readonly siren: string | null }

/** Journées asked for at once: their numbers stand in an address. */
const JOURNEES_AT_ONCE = 50

/** Reads the rows of these journées, but of those of which none says more than « À inviter ». */
export async function readInvited(
  base: Base,
  columns: Columns,
  journees: readonly RowId[],
): Promise<ReadonlyMap<RowId, readonly InvitedRow[]>> {
  const table = invitationTable(base, columns)
  const found = new Map<RowId, InvitedRow[]>()
  if (table === null || journees.length === 0) return found
  const { journee, state, people, siren } = columns.invitations.columns
  const titles = [journee, state, people, siren].flatMap(({ title }) =>
    table.columns.has(title) ? [title] : [],
  )
  const said = journees.length === 1 ? journees : await journeesSaid(base, table, columns)
  const wanted = new Set(journees)
  for (const some of chunk(
    said.filter((id) => wanted.has(id)),
    JOURNEES_AT_ONCE,
  )) {
    const where = `(${inCondition(table, journee.title)},in,${some.join(',')})`
    for await (const page of readMatching(base, table, { columns: titles, where }))
      for (const row of page) {
        const of = row[journee.title]
        if (typeof of !== 'number') continue
        const many = row[people.title]
        const invited = {
          ...{ state: stateIn(row[state.title]), siren: trimmedText(row[siren.title]) },
          people: typeof many === 'number' && many >= 0 ? Math.round(many) : null,
        }
        found.set(of, [...(found.get(of) ?? []), invited])
      }
  }
  return found
}

/** The journées of which a row says more than « À inviter ». */
async function journeesSaid(base: Base, table: Table, { invitations }: Columns): Promise<RowId[]> {
  const { journee, state } = invitations.columns
  const where = INVITATION_STATES.filter((one) => one !== 'to_invite')
    .map((one) => `(${inCondition(table, state.title)},eq,${LABELS.invitationState[one]})`)
    .join('~or')
  const ids = new Set<RowId>()
  for await (const page of readMatching(base, table, { columns: [journee.title], where }))
    for (const row of page) {
      const of = row[journee.title]
      if (typeof of === 'number') ids.add(of)
    }
  return [...ids]
}

/** The numbers of people of a journée. */
type Typed = Readonly<InvitedPeople>

/** Which of them were counted in « Invitations ». */
export type CountedPeople = { readonly counted?: readonly (keyof InvitedPeople)[] }

/**
 * A journée whose empty numbers of people are those of its invitations: what people typed wins. Rows that were proposed for
 * another EPCI, from before the journée moved, are not its. Fewer people in all the rows than the most that is typed tell of
 * a part of them, and count for nothing.
 */
export function withInvited<One extends Typed>(
  journee: One,
  siren: string | null,
  rows: readonly InvitedRow[] = [],
): One & CountedPeople {
  const own = rows.filter((row) => row.siren === null || row.siren === siren)
  const people = invitedPeople(own)
  const most = Math.max(journee.invited ?? 0, journee.expected ?? 0, journee.present ?? 0)
  if (people.invited === null || people.invited < most) return journee
  const counted = (['invited', 'expected', 'present'] as const).filter(
    (key) => journee[key] === null && people[key] !== null,
  )
  if (counted.length === 0) return journee
  return { ...journee, ...Object.fromEntries(counted.map((key) => [key, people[key]])), counted }
}
