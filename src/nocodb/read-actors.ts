import pMap from 'p-map'
import { hash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Columns } from '../config/columns-file.ts'
import type { Actor } from '../domain/actor.ts'
import { FIELDS } from '../domain/fields.ts'
import { wordReader } from '../domain/mapping/words.ts'
import type { WordReader } from '../domain/mapping/words.ts'
import { readFields } from '../domain/reading/read-fields.ts'
import { cellText, fieldReadings } from './actor-fields.ts'
import type { Base } from './base.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { readTrace } from './epci-trace.ts'
import type { EpciTrace } from './epci-trace.ts'
import { childrenOf } from './linked-ids.ts'
import { columnOf } from './reading.ts'
import type { EpciSirens } from './epci-identity.ts'
import { readByIds, readMatching, readRows } from './rows.ts'
import { COMPUTED } from './schema.ts'
import type { Table } from './schema.ts'

/** One row of the table Acteurs. */
export type ActorRow = {
  readonly id: RowId
  /** As the domain sees it; its `changedOn` is only a first guess (see `firstSeenOn`). */
  readonly actor: Actor
  /** Over what people wrote, EPCI link included: it moves when, and only when, a person changed something. */
  readonly fingerprint: string
  /** Which columns of `HUMAN_KEYS` hold something: 2 to the power of its place, for each that does. */
  readonly filled: number
  /** What the service noted when it filled the link itself. */
  readonly trace: EpciTrace | null
  /** The day of NocoDB's own « updated at », else « created at » ('YYYY-MM-DD'); the service's writes move the first. */
  readonly touchedOn: string | null
  readonly row: Row
}

/** Written by people beside the 32 fields and the link; part of the fingerprint. */
const HUMAN = ['step', 'lastContact', 'referent', 'verified', 'notDuplicateOf', 'doNotPublish'] as const
const BESIDE_FIELDS = ['epci', ...HUMAN] as const
/** Every column that people write, in the order of `ActorRow.filled`. */
export const HUMAN_KEYS = [...FIELDS, ...BESIDE_FIELDS] as const
const WRITTEN = ['completeness', 'toComplete', 'anomalies', 'possibleDuplicates', 'freshness'] as const
/** Every column that is read, where the base has it. */
export const READ_KEYS = [...HUMAN_KEYS, ...WRITTEN, 'epciTrace'] as const

/**
 * Every actor row, in the order of its id, a page at a time: only the columns that are needed.
 * @param sirens those of the rows of the table EPCI, to read the link; where they are still being read, the pages of
 * actors are asked for meanwhile
 * @param ids only these rows, as far as they are still there; a few hundred at most, for they go into the address
 */
export async function* readActors(
  base: Base,
  columns: Columns,
  sirens: EpciSirens | Promise<EpciSirens>,
  where?: string,
): AsyncGenerator<ActorRow[]> {
  const { table, titles, reader } = actorReading(base, columns)
  let toRow: ReturnType<typeof reader> | undefined
  const query = { columns: titles, ...(where === undefined ? {} : { where }) }
  for await (const page of readRows(base, table, query)) {
    toRow ??= reader(await sirens)
    await turn() // The next requests leave before this page is worked on: the server is never idle.
    yield page.map(toRow)
  }
}

/** The actor rows of these ids, those that exist. */
export async function readActorsByIds(
  base: Base,
  columns: Columns,
  sirens: EpciSirens,
  ids: readonly RowId[],
): Promise<ActorRow[]> {
  const { table, titles, reader } = actorReading(base, columns)
  return (await readByIds(base, table, ids, titles)).map(reader(sirens))
}

/** The actor rows that people linked to one of these rows of the table EPCI. */
export async function readLinkedActors(
  base: Base,
  columns: Columns,
  sirens: EpciSirens,
  epcis: readonly RowId[],
): Promise<ActorRow[]> {
  if (epcis.length === 0) return []
  const { table, titles, reader } = actorReading(base, columns)
  const toRow = reader(sirens)
  const where = linkedTo(base, columns, epcis)
  if (where === null) {
    const { title } = columns.actors.columns.epci
    return readActorsByIds(base, columns, sirens, await childrenOfAll(base, table, title, epcis))
  }
  const rows: ActorRow[] = []
  for await (const page of readMatching(base, table, { columns: titles, where }))
    rows.push(...page.map(toRow))
  return rows
}

/** What tells whether a row changed: NocoDB's own instants, and the row of the table EPCI that it is linked to. */
export type ActorStamp = { readonly id: RowId; readonly stamp: string | null; readonly link: RowId | null }

/**
 * It of each actor row that matches, a page at a time and nothing more of it: a sixth of the time of a full reading. A
 * second instant would cost NocoDB as much as the rest of it together (2026-11-30), so « created at » is asked for only of
 * the rows that nobody has changed yet.
 */
export async function* readActorStamps(
  base: Base,
  { actors }: Columns,
  where?: string,
): AsyncGenerator<readonly ActorStamp[]> {
  const table = base.table(actors.title)
  const { title } = actors.columns.epci
  const query = { columns: [title, 'UpdatedAt'], ...(where === undefined ? {} : { where }) }
  for await (const page of readRows(base, table, query)) {
    const untouched = page.flatMap((row) => (cellText(row['UpdatedAt']) === null ? [row.Id] : []))
    const created = await readByIds(base, table, untouched, ['CreatedAt'])
    const stamps = new Map(created.map((row) => [row.Id, stampIn(row)]))
    yield page.map((row) => ({
      ...{ id: row.Id, link: rowIdOf(row[title]) },
      stamp: cellText(row['UpdatedAt']) ?? stamps.get(row.Id) ?? null,
    }))
  }
}

/** NocoDB's own « updated at », else « created at » (ISO instant, to the second); null: neither is told. */
export function stampOf({ row }: ActorRow): string | null {
  return stampIn(row)
}

function stampIn(row: Row): string | null {
  return cellText(row['UpdatedAt'] ?? row['CreatedAt'])
}

/** The `where` of the rows that were made or changed since `instant`, by NocoDB's own clock. Links set by the API alone are not told. */
export function touchedSince(base: Base, { actors }: Columns, instant: string): string {
  const table = base.table(actors.title)
  const [updated, created] = ['UpdatedAt', 'CreatedAt'].map((title) => columnOf(table, title).wire)
  return `(${updated},gte,exactDate,${instant})~or((${updated},blank)~and(${created},gte,exactDate,${instant}))`
}

/** The `where` of the rows that are linked to one of these rows of the table EPCI; null: this base has no column for it. */
export function linkedTo(base: Base, { actors }: Columns, epcis: readonly RowId[]): string | null {
  const table = base.table(actors.title)
  const key = table.foreignKeys.get(actors.columns.epci.title)
  if (key === undefined || epcis.length === 0) return null
  return `(${columnOf(table, key).id || key},in,${epcis.join(',')})`
}

/** The `where` of the rows of these ids, a few hundred at most. */
export function withIds(ids: readonly RowId[]): string {
  return `(Id,in,${ids.join(',')})`
}

/** The row of the table EPCI that this one is linked to. */
export function linkOf({ row }: ActorRow, { actors }: Columns): RowId | null {
  return rowIdOf(row[actors.columns.epci.title])
}

function rowIdOf(cell: Cell | undefined): RowId | null {
  return typeof cell === 'number' ? cell : null
}

async function childrenOfAll(
  base: Base,
  table: Table,
  title: string,
  epcis: readonly RowId[],
): Promise<RowId[]> {
  const inverse = table.inverses.get(title)
  const parents = [...base.tables.values()].find(({ id }) => id === inverse?.tableId)
  if (inverse === undefined || parents === undefined) return []
  const lists = await pMap(epcis, (epci) => childrenOf(base, parents, inverse.columnId, epci), {
    concurrency: base.settings.connections,
  })
  return lists.flat()
}

function actorReading(base: Base, columns: Columns) {
  const title: Title = (key) => columns.actors.columns[key].title
  const table = base.table(columns.actors.title)
  const fields = fieldReadings(columns, table)
  // A base that an older Portrea completed has no trace yet: it is read without, and no link is filled there.
  const beside = [title('epciTrace'), 'UpdatedAt', 'CreatedAt'].filter((name) => table.columns.has(name))
  const human = [...FIELDS.map((field) => fields[field].titles), ...BESIDE_FIELDS.map((key) => [title(key)])]
  return {
    table,
    titles: [...human.flat(), ...WRITTEN.map(title), ...beside],
    reader: (sirens: EpciSirens) => rowReader(columns, table, { title, fields, human }, sirens),
  }
}

type Title = (key: 'epci' | 'epciTrace' | (typeof HUMAN)[number] | (typeof WRITTEN)[number]) => string

type Reading = {
  readonly title: Title
  readonly fields: ReturnType<typeof fieldReadings>
  /** By key of `HUMAN_KEYS`: the columns that hold it. */
  readonly human: readonly (readonly string[])[]
}

function rowReader(
  { actors }: Columns,
  table: Table,
  { title, fields: readings, human }: Reading,
  sirens: EpciSirens,
): (row: Row) => ActorRow {
  const written = human.flat().filter((name) => !isComputed(table, name))
  const stepWords = wordReader(actors.columns.step.words ?? {})
  const epci = title('epci')
  const [step, lastContact, verified] = [title('step'), title('lastContact'), title('verified')]
  const notDuplicateOf = title('notDuplicateOf')
  const traced = title('epciTrace')
  return (row) => {
    const linked = row[epci]
    const { fields, written: otherwise } = readFields((field) => readings[field].read(row))
    const trace = readTrace(row[traced])
    const actor: Actor = {
      id: String(row.Id),
      fields,
      written: otherwise,
      linkedEpci: typeof linked === 'number' ? (sirens.of.get(linked) ?? null) : null,
      notInEpci: typeof linked === 'number' ? (sirens.wrong.get(linked) ?? null) : null,
      contactedOn: dayOf(row[lastContact]),
      step: inWords(stepWords, row[step]),
      verified: codes(row[verified]),
      notDuplicateOf: cellText(row[notDuplicateOf]),
      changedOn: null,
    }
    const touchedOn = dayOf(row['UpdatedAt'] ?? row['CreatedAt'])
    const ofPeople = trace === null ? null : { title: epci, cell: peoplesLink(linked, trace) }
    return {
      ...{
        id: row.Id,
        actor,
        fingerprint: fingerprint(row, written, ofPeople),
        filled: filled(row, human, ofPeople),
      },
      ...{ trace, touchedOn, row },
    }
  }
}

/** The link as far as a person had a hand in it: the one that the service filled stands for the empty cell it was. */
function peoplesLink(linked: Cell | undefined, { row, sure }: EpciTrace): Cell {
  const link = linked ?? null
  if (link !== null) return link === row ? null : link
  return row !== null && sure ? 'emptied' : null
}

/** What NocoDB computes moves when something else does: nobody touched the record. */
function isComputed(table: Table, title: string): boolean {
  return COMPUTED.has(table.columns.get(title)?.uidt ?? '')
}

function inWords(words: WordReader, cell: Cell | undefined): string | null {
  const text = cellText(cell)
  return text === null ? null : words(text) || null
}

/** A cell to be taken for another. */
type Instead = { readonly title: string; readonly cell: Cell }

function fingerprint(row: Row, titles: readonly string[], instead: Instead | null): string {
  let all = ''
  for (const title of titles) all += `${(title === instead?.title ? instead.cell : row[title]) ?? ''}\u001f`
  return hash('sha1', all, 'hex').slice(0, 32)
}

/**
 * A box that is not ticked holds nothing, nor does a link that the service filled, which is no person's. A sum of powers:
 * bits of numbers end at 32, and there are more columns.
 */
function filled(row: Row, human: Reading['human'], instead: Instead | null): number {
  let all = 0
  let place = 1
  const holds = (title: string) =>
    isFilled(title === instead?.title && instead.cell === null ? null : row[title])
  for (const titles of human) {
    if (titles.some(holds)) all += place
    place *= 2
  }
  return all
}

/** Whether a cell holds something. */
export function isFilled(cell: Cell | undefined): boolean {
  return cell !== null && cell !== undefined && cell !== false && cell !== ''
}

function codes(cell: Cell | undefined): string[] {
  return typeof cell === 'string' ? cell.split(/[|,;\s]+/).filter((code) => code !== '') : []
}
