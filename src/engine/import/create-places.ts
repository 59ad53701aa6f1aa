import { fold } from '../../domain/completeness/text.ts'
import type { ActorTable } from '../../nocodb/actor-tables.ts'
import { actorTables } from '../../nocodb/actor-tables.ts'
import { ROW_ID, sameCell } from '../../nocodb/cells.ts'
import type { Cell, Row, RowId } from '../../nocodb/cells.ts'
import { readSirens } from '../../nocodb/epci-identity.ts'
import type { EpciSirens } from '../../nocodb/epci-identity.ts'
import { traceText } from '../../nocodb/epci-trace.ts'
import { fieldWriter } from '../../nocodb/field-cells.ts'
import { insertRows, lastId } from '../../nocodb/insert-rows.ts'
import type { ProposalRow } from '../../nocodb/proposals.ts'
import { columnOf } from '../../nocodb/reading.ts'
import { idIs } from '../../nocodb/row-key.ts'
import { readMatching } from '../../nocodb/rows.ts'
import { writeRows } from '../../nocodb/write-rows.ts'
import type { Cells } from '../../nocodb/write-back.ts'
import { linkSourcePlaces } from '../../store/source-places.ts'
import { enqueueRecords } from '../enqueue-records.ts'
import { alikePlaces } from './alike-places.ts'
import { attemptText, readAttempt } from './attempt.ts'
import type { Deciding, Outcome } from './deciding.ts'
import { shownRecord } from './import-base.ts'
import { TEXTS } from './proposal-texts.ts'

type Settled = readonly [ProposalRow, Outcome]
/** A place that can be made: the cells of its record, and what of it people are to write themselves. */
type Ready = { readonly proposal: ProposalRow; readonly cells: Cells; readonly left: readonly string[] }
/** With what was noted on its proposal. */
type Tried = Ready & { readonly attempt: string }
type Made = Tried & { readonly row: RowId }

/**
 * Makes records of the places that were accepted, in the first table of actors, each linked to its EPCI. The newest record
 * there is noted on the proposal first: killed in between, what was made is found again and not made twice.
 */
export async function createPlaces(parts: Deciding, proposals: readonly ProposalRow[]): Promise<Settled[]> {
  if (proposals.length === 0) return []
  const { base, columns, geography } = parts
  const from = actorTables(base, columns).tables[0]!
  const sirens = await readSirens(base, columns, geography)
  const settled: Settled[] = []
  const ready: Ready[] = []
  for (const proposal of proposals) {
    const judged = judge(parts, from, sirens, proposal)
    if ('state' in judged) settled.push([proposal, judged])
    else ready.push(judged)
  }
  const found = await madeBefore(parts, from, ready)
  const { there, twins, fresh } = await heldAgainst(
    parts,
    from,
    ready.filter((one) => !found.some(({ proposal }) => proposal === one.proposal)),
  )
  const { made, refused } = await make(parts, from, fresh)
  for (const { proposal, attempt } of refused)
    settled.push([proposal, { state: 'impossible', text: TEXTS.placeNotMade(), attempt }])
  const kept = await keep(parts, from, [...found, ...made])
  // Where one was not made, or not seen yet, its twins wait: they are looked at again later.
  const after = refused.length === 0 ? await createPlaces(parts, twins) : []
  return [...settled, ...there, ...kept, ...after]
}

/** Those that are in the base by now; those that are one place with another of them; and those that are to be made. */
async function heldAgainst(parts: Deciding, from: ActorTable, ready: readonly Ready[]) {
  const there: Settled[] = []
  const open: Ready[] = []
  for (const one of ready) {
    const twin = await sameIdentifier(parts, from, one)
    if (twin === null) open.push(one)
    else
      there.push([
        one.proposal,
        { state: 'outdated', text: TEXTS.sameId(shownHere(parts, from, twin, null)) },
      ])
  }
  const alike = await alikePlaces(
    parts,
    open.map(({ proposal }) => proposal),
  )
  for (const [proposal, shown] of alike)
    if (shown !== null) there.push([proposal, { state: 'outdated', text: TEXTS.alike(shown) }])
  return {
    there,
    twins: [...alike].flatMap(([proposal, shown]) => (shown === null ? [proposal] : [])),
    fresh: open.filter(({ proposal }) => !alike.has(proposal)),
  }
}

function judge(
  parts: Deciding,
  from: ActorTable,
  sirens: EpciSirens,
  proposal: ProposalRow,
): Ready | Outcome {
  const { geography } = parts
  const write = fieldWriter(from)
  const cells: Record<string, Cell> = {}
  const left: string[] = []
  for (const { field, after: value } of proposal.changes ?? []) {
    const made = write(field, { value, adds: null, raw: null })
    if ('title' in made) cells[made.title] = made.cell
    else if (field === 'nom') return { state: 'impossible', text: made.fault }
    else left.push(made.fault)
  }
  const { epci, epciTrace } = from.names
  const targets = [...sirens.of].filter(([, siren]) => siren === proposal.siren).map(([row]) => row)
  const [target] = targets
  // Where the link is set in a call of its own, it is left to be filled as that of any record.
  if (target !== undefined && targets.length === 1 && from.table.foreignKeys.has(epci.title)) {
    const name = geography.epci(proposal.siren ?? '')?.name ?? proposal.siren ?? ''
    cells[epci.title] = target
    if (from.table.columns.has(epciTrace.title)) cells[epciTrace.title] = traceText(name, target)
  }
  return { proposal, cells, left }
}

/** Cells that a person may have changed already in what was made a moment ago. */
const ALIKE = 0.8

/** Records that an interrupted try made: newer than what it noted, and holding what it wrote. Each is that of one proposal. */
async function madeBefore({ base }: Deciding, from: ActorTable, ready: readonly Ready[]): Promise<Made[]> {
  const tried = ready.flatMap((one) => {
    const after = triedAfter(one)
    return after === null ? [] : [{ one: { ...one, attempt: attemptText({ after }) }, after }]
  })
  if (tried.length === 0) return []
  const least = tried.reduce((min, { after }) => Math.min(min, after), Infinity)
  const columns = [...new Set(tried.flatMap(({ one }) => Object.keys(one.cells)))]
  const rows: Row[] = []
  for await (const page of readMatching(base, from.table, { columns, where: idIs(from.table, 'gt', least) }))
    rows.push(...page)
  const pairs = tried
    .flatMap(({ one, after }) =>
      rows
        .filter((row) => row[ROW_ID] > after)
        .map((row) => ({ one, row: row[ROW_ID], share: shareKept(from, one.cells, row) })),
    )
    .filter(({ share }) => share >= ALIKE)
    .toSorted((left, right) => right.share - left.share || left.row - right.row)
  const made: Made[] = []
  for (const { one, row } of pairs)
    if (!made.some(({ proposal, row: taken }) => proposal === one.proposal || taken === row))
      made.push({ ...one, row })
  return made
}

/** The number after which an earlier try would have made it; null: there was none. */
function triedAfter({ proposal }: Ready): RowId | null {
  const noted = readAttempt(proposal.attempt)
  return noted !== null && 'after' in noted ? noted.after : null
}

/** Of the cells that were written, the share that a row holds; 0 where it bears another name. */
function shareKept(from: ActorTable, cells: Cells, row: Row): number {
  const titles = Object.keys(cells)
  const holds = (title: string) =>
    sameCell(columnOf(from.table, title).kind, cells[title] ?? null, row[title] ?? null) ||
    cells[title] === row[title]
  if (!holds(from.names.nom.title)) return 0
  return titles.filter(holds).length / titles.length
}

/** The row that bears both the identifier and the name of this place; null: none. */
async function sameIdentifier({ base }: Deciding, from: ActorTable, { cells }: Ready): Promise<RowId | null> {
  const { id, nom } = from.names
  const value = id === undefined ? null : (cells[id.title] ?? null)
  if (id === undefined || typeof value !== 'string' || !/^[\p{L}\p{N}_.:@-]+$/u.test(value)) return null
  const where = `(${columnOf(from.table, id.title).id || id.title},eq,${value})`
  for await (const page of readMatching(base, from.table, { columns: [nom.title], where }))
    for (const row of page)
      if (fold(String(row[nom.title] ?? '')) === fold(String(cells[nom.title] ?? ''))) return row[ROW_ID]
  return null
}

async function make(
  { base, columns, table, log }: Deciding,
  from: ActorTable,
  ready: readonly Ready[],
): Promise<{ readonly made: readonly Made[]; readonly refused: readonly Tried[] }> {
  if (ready.length === 0) return { made: [], refused: [] }
  const last = await lastId(base, from.table)
  // What an earlier try sent may still come in: its note stands.
  const tried = ready.map((one) => ({ ...one, attempt: attemptText({ after: triedAfter(one) ?? last }) }))
  const { title } = columns.proposals.columns.attempt
  const noted = await writeRows(
    base,
    table,
    tried.map(({ proposal, attempt }) => ({ id: proposal.id, cells: { [title]: attempt } })),
  )
  const lost = new Set(noted.refused.map((one) => one.id))
  const sure = tried.filter(({ proposal }) => !lost.has(proposal.id))
  const { ids, refused } = await insertRows(
    base,
    from.table,
    sure.map(({ cells }) => cells),
  )
  for (const { index, reason } of refused)
    log.warn({ proposal: sure[index]?.proposal.id, reason }, 'proposals: NocoDB refused a new record')
  return {
    made: sure.flatMap((one, at) => (typeof ids[at] === 'number' ? [{ ...one, row: ids[at] }] : [])),
    refused: sure.filter((_, at) => typeof ids[at] !== 'number'),
  }
}

/** The place is this record from now on, whatever the source calls it next. */
async function keep(parts: Deciding, from: ActorTable, made: readonly Made[]): Promise<Settled[]> {
  const { store, base, digest } = parts
  const records = made.map((one) => ({ ...one, record: from.idOf(one.row) }))
  await linkSourcePlaces(
    store,
    base.id,
    records.map(({ proposal, record }) => ({
      ...{ source: proposal.origin, key: digest.place(proposal.key), record: String(record) },
    })),
  )
  await enqueueRecords(
    parts,
    records.map(({ record }) => record),
  )
  return records.map(({ proposal, left, row, record, cells, attempt }): Settled => {
    const name = String(cells[from.names.nom.title] ?? '')
    const text = TEXTS.created(shownHere(parts, from, row, name), left)
    return [proposal, { state: 'applied', text, touched: record, attempt }]
  })
}

function shownHere({ base, columns }: Deciding, from: ActorTable, row: RowId, name: string | null): string {
  return shownRecord(actorTables(base, columns), from.idOf(row), name)
}
