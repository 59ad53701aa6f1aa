import { commandLine } from '../domain/command-line.ts'
import { LABELS } from '../columns/labels.ts'
import { parisDay } from '../domain/days.ts'
import type { InvitationState } from '../domain/invitations/invitation-state.ts'
import { daysOnChange, firstByRecord, mayTick, rowOfStructure } from '../domain/invitations/standing.ts'
import type { ToInvite } from '../domain/invitations/to-invite.ts'
import { shownName } from '../domain/shown-name.ts'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Cell, RowId } from '../nocodb/cells.ts'
import { chunk } from '../nocodb/chunk.ts'
import { exchangeCells } from '../nocodb/compare-and-set.ts'
import { assertMayWrite } from '../nocodb/drift.ts'
import { insertRows } from '../nocodb/insert-rows.ts'
import { invitationTable, missingForInvitations, readInvitationRows } from '../nocodb/invitations.ts'
import type { InvitationRow } from '../nocodb/invitations.ts'
import type { Table } from '../nocodb/schema.ts'
import { changeOf } from '../nocodb/write-back.ts'
import type { Cells } from '../nocodb/write-back.ts'
import { writeRows } from '../nocodb/write-rows.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { alone } from '../store/locks.ts'
import type { Invitations } from './invitations.ts'
import type { SyncContext } from './sync-context.ts'

type Parts = Pick<SyncContext, 'base' | 'columns' | 'store' | 'now'>

/** What came of proposing the rows of a journée. */
export type ProposedRows = {
  readonly inserted: number
  readonly changed: number
  readonly refused: readonly string[]
}

/** New rows sent at once. */
const AT_ONCE = 100

/**
 * Keeps the rows of one journée up to date: one for each actor of its EPCI, in order, and those whose actor is no more to be
 * invited off the list. « État », dates and people's own columns are never touched, nor is a row ever deleted; twice changes
 * nothing. `dryRun`: counts alone. A base without the table is left alone.
 */
export async function proposeInvitations(
  parts: Parts,
  found: Invitations,
  dryRun = false,
): Promise<ProposedRows> {
  const table = invitationTable(parts.base, parts.columns)
  if (table === null) return { inserted: 0, changed: 0, refused: [] }
  return alone(parts.store, 'invitations', async () => {
    const rows = await readInvitationRows(parts.base, parts.columns, found.day)
    const known = firstByRecord(rows)
    const wanted = new Set(found.actors.map(({ record }) => record))
    const cellsOf = (one: ToInvite) => there(table, proposedCells(parts, found, one))
    const inserts = found.actors
      .filter(({ record }) => !known.has(record))
      .map((one) => ({ ...newCells(parts, found, one), ...cellsOf(one) }))
      .map((cells) => there(table, cells))
    const changes = [
      ...found.actors.flatMap((one) => {
        const row = known.get(one.record)
        return row === undefined ? [] : (changeOf(row.row, cellsOf(one)) ?? [])
      }),
      ...rows
        .filter(({ record, listed }) => record !== null && listed && !wanted.has(record))
        .flatMap((row) => offList(parts, table, row, NOT_HERE)),
    ]
    if (dryRun) return { inserted: inserts.length, changed: changes.length, refused: [] }
    return written(parts, table, inserts, changes)
  })
}

const NOT_HERE = "N'est plus dans l'EPCI de cette journée : plus à inviter."
const NO_MORE = 'Cette journée est passée, annulée ou sans date : plus à inviter.'

const SENT = 'Les invitations de cette journée sont parties, d’après « Journées » : plus à inviter.'

/**
 * Takes off the lists what was proposed for journées to which nobody is to be invited any more: for all but those that are
 * `coming`, and, where nobody said anything of an actor, for those whose invitations were `sent`.
 */
export async function closeInvitations(
  parts: Parts,
  { coming, sent }: { readonly coming: ReadonlySet<RowId>; readonly sent: ReadonlySet<RowId> },
): Promise<ProposedRows> {
  const table = invitationTable(parts.base, parts.columns)
  if (table === null) return { inserted: 0, changed: 0, refused: [] }
  return alone(parts.store, 'invitations', async () => {
    const rows = await readInvitationRows(parts.base, parts.columns, null)
    const changes = rows.flatMap((row) => {
      const { journee, record, state, stateCell } = row
      if (record === null) return []
      if (journee === null || !coming.has(journee)) return offList(parts, table, row, NO_MORE)
      const isUntouched = state === 'to_invite' || stateCell === null
      return sent.has(journee) && isUntouched ? offList(parts, table, row, SENT) : []
    })
    return written(parts, table, [], changes)
  })
}

async function written(
  { base }: Parts,
  table: Table,
  inserts: readonly Cells[],
  changes: readonly Change[],
): Promise<ProposedRows> {
  const refused: string[] = []
  if (inserts.length + changes.length > 0) assertMayWrite(base)
  for (const some of chunk(inserts, AT_ONCE))
    refused.push(...(await insertRows(base, table, some)).refused.map(({ reason }) => reason))
  const inserted = inserts.length - refused.length
  const done = await writeRows(base, table, changes)
  return { inserted, changed: done.rows, refused: [...refused, ...done.refused.map(({ reason }) => reason)] }
}

function offList({ columns }: Parts, table: Table, { row }: InvitationRow, why: string): Change[] {
  const { rank, why: reason } = columns.invitations.columns
  const change = changeOf(row, there(table, { [rank.title]: null, [reason.title]: typeset(why) }))
  return change === null ? [] : [change]
}

/** What a row says of its actor, and follows it. */
function proposedCells({ columns }: Parts, { deadline, invited, siren }: Invitations, one: ToInvite): Cells {
  const { columns: names } = columns.invitations
  return {
    [names.actor.title]: shownName(one.name ?? '') || `Fiche n° ${one.record}`,
    [names.rank.title]: one.rank,
    [names.why.title]: one.why,
    [names.latest.title]: deadline.latest,
    [names.referent.title]: one.referent,
    [names.epci.title]: invited.epci,
    [names.siren.title]: siren,
    [names.date.title]: invited.day,
  }
}

/** What a new row has beside. */
function newCells({ columns }: Parts, { day }: Invitations, { record }: ToInvite): Cells {
  const { columns: names } = columns.invitations
  return {
    [names.state.title]: LABELS.invitationState.to_invite,
    [names.journee.title]: day,
    [names.recordId.title]: String(record),
  }
}

/** The cells of columns that the table has. */
function there(table: Table, cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([title]) => table.columns.has(title)))
}

/** Which row of a journée a person speaks of: that of a record, or one of those that people added. */
export type InvitationKey = { readonly record: number } | { readonly row: RowId }

/** `changed`: somebody else said another state meanwhile, `state`; `gone`: there is no such actor or row. */
export type SaidState =
  | { readonly kind: 'kept' | 'gone' }
  | { readonly kind: 'changed'; readonly state: InvitationState | null }

/**
 * Writes the state that a person says, where the one that they saw still stands, with its day and who said it; the row is
 * made where the night has not made it yet. Throws a PortreaError where NocoDB is away, refuses, or has no such table.
 */
export async function sayState(
  parts: Parts,
  found: Invitations,
  {
    key,
    seen,
    state,
    who,
  }: {
    readonly key: InvitationKey
    readonly seen: InvitationState | null
    readonly state: InvitationState
    readonly who: string
  },
): Promise<SaidState> {
  const { base, columns, now } = parts
  const table = invitationTable(base, columns)
  if (table === null) throw noTable(columns.invitations.title, missingForInvitations(base, columns))
  assertMayWrite(base)
  const { columns: names } = columns.invitations
  return alone(parts.store, 'invitations', async () => {
    const rows = await readInvitationRows(base, columns, found.day)
    const row = 'row' in key ? rows.find(({ id }) => id === key.row) : firstByRecord(rows).get(key.record)
    const days = daysOnChange(row ?? NEVER, state, parisDay(now()), found.invited.day)
    const said = there(table, {
      [names.state.title]: LABELS.invitationState[state],
      [names.saidBy.title]: who,
      [names.doorBefore.title]: null,
      ...Object.fromEntries(
        Object.entries(days).map(([at, day]) => [names[at as keyof typeof days].title, day]),
      ),
    })
    if (row === undefined) {
      const actor = 'record' in key ? found.actors.find(({ record }) => record === key.record) : undefined
      if (actor === undefined) return { kind: 'gone' }
      const cells = { ...proposedCells(parts, found, actor), ...newCells(parts, found, actor) }
      const { refused } = await insertRows(base, table, [there(table, cells)])
      if (refused[0] !== undefined) throw refusal(refused[0].reason)
      // The state is said afterwards: NocoDB tells of changed rows, not of new ones, and figures depend on it.
      const made = firstByRecord(await readInvitationRows(base, columns, found.day)).get(actor.record)
      if (made === undefined) return { kind: 'gone' }
      return state === 'to_invite' ? { kind: 'kept' } : exchanged(parts, table, made, said)
    }
    if (row.state === null && row.stateCell !== null) return { kind: 'changed', state: null } // a word of people's own
    const shown = row.state ?? 'to_invite'
    if (shown === state) return { kind: 'kept' }
    if (shown !== (seen ?? 'to_invite')) return { kind: 'changed', state: row.state }
    return exchanged(parts, table, row, said)
  })
}

const NEVER = { state: null, invitedOn: null, remindedOn: null, answeredOn: null }

async function exchanged(
  { base, columns }: Parts,
  table: Table,
  row: InvitationRow,
  cells: Cells,
): Promise<SaidState> {
  const { state, invitedOn, remindedOn, answeredOn } = columns.invitations.columns
  const days = [invitedOn, remindedOn, answeredOn].flatMap(({ title }) =>
    title in cells && (row.row[title] ?? null) === null ? [[title, null] as const] : [],
  )
  const exchange = { id: row.id, were: { [state.title]: row.stateCell, ...Object.fromEntries(days) }, cells }
  const done = (await exchangeCells(base, table, [exchange])).get(exchange)
  if (done?.kind === 'refused') throw refusal(done.reason)
  if (done?.kind === 'changed') return { kind: 'changed', state: null }
  return { kind: done?.kind === 'gone' ? 'gone' : 'kept' }
}

/**
 * What the door says of a structure: « Présent·e » where nothing else was said, and back to what stood there once nobody of
 * theirs is ticked any more (`isHere`, asked while nobody else writes). Who bears a name that no row has, or several, changes nothing.
 */
export async function sayAtDoor(
  parts: Parts,
  journee: RowId,
  organisation: string,
  isHere: () => Promise<boolean>,
): Promise<void> {
  const { base, columns } = parts
  const table = invitationTable(base, columns)
  const { state, saidBy, doorBefore } = columns.invitations.columns
  if (table === null || !table.columns.has(doorBefore.title)) return
  await alone(parts.store, 'invitations', async () => {
    const row = rowOfStructure(await readInvitationRows(base, columns, journee), organisation)
    if (row === undefined) return
    const present = await isHere()
    const { to_invite: toInvite, present: here } = LABELS.invitationState
    const write = async (now: string, before: string | null, who: Cell) => {
      const cells = { [state.title]: now, [doorBefore.title]: before, [saidBy.title]: who }
      await exchanged(parts, table, row, there(table, cells))
    }
    if (present && mayTick(row.state, row.stateCell === null))
      await write(here, LABELS.invitationState[row.state ?? 'to_invite'], AT_THE_DOOR)
    if (!present && row.state === 'present' && row.doorBefore !== null)
      await write(LABELS.invitationState[row.doorBefore] ?? toInvite, null, null)
  })
}

const AT_THE_DOOR = "l'accueil de la journée"

function noTable(table: string, missing: readonly string[]): PortreaError {
  const columns = missing.filter((title) => title !== table).map((title) => `« ${title} »`)
  const what =
    columns.length === 0
      ? `La table « ${table} » manque à la base`
      : `Dans la table « ${table} » de la base, il manque, ou n'est pas du bon type : ${columns.join(', ')}`
  return new PortreaError('SCHEMA_MISMATCH', typeset(`${what} ; lancez \`${commandLine('upgrade')}\`.`))
}

function refusal(reason: string | null): PortreaError {
  return new PortreaError(
    'NOCODB_REFUSED',
    typeset(`NocoDB a refusé un état : ${reason ?? 'sans dire pourquoi'}`),
  )
}
