import { hash } from 'node:crypto'
import type { Actor } from '../domain/actor.ts'
import { namedRecords } from '../domain/duplicates/mention.ts'
import { FIELDS } from '../domain/fields.ts'
import { wordReader } from '../domain/mapping/words.ts'
import type { WordReader } from '../domain/mapping/words.ts'
import { readFields } from '../domain/reading/read-fields.ts'
import type { RecordId } from '../domain/record-id.ts'
import { cellText, fieldReadings, isComputed } from './actor-fields.ts'
import type { ActorTable, ActorTables } from './actor-tables.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import type { EpciSirens } from './epci-identity.ts'
import { readTrace } from './epci-trace.ts'
import type { EpciTrace } from './epci-trace.ts'
import { isShown } from './reading.ts'

/** One row of a table of actors. */
export type ActorRow = {
  readonly id: RecordId
  readonly from: ActorTable
  /** As the domain sees it; its `changedOn` is only a first guess (see `firstSeenOn`). */
  readonly actor: Actor
  /**
   * Over what people wrote, EPCI link included: it moves when, and only when, a person changed something. Before `:` it
   * tells of which columns: of others nothing can be compared.
   */
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

/** NocoDB's own « updated at », else « created at » (ISO instant, to the second); null: neither is told. */
export function stampOf({ row }: ActorRow): string | null {
  return stampIn(row)
}

/** The same of a row that was read for it. */
export function stampIn(row: Row): string | null {
  return cellText(row['UpdatedAt'] ?? row['CreatedAt'])
}

/** The row of the table EPCI that this one is linked to. */
export function linkOf({ row, from }: ActorRow): RowId | null {
  return rowIdOf(row[from.names.epci.title])
}

/** The row that a link leads to. */
export function rowIdOf(cell: Cell | undefined): RowId | null {
  return typeof cell === 'number' ? cell : null
}

/** Which columns of a table of actors are read, and how a row becomes a record. */
export function actorReading(all: ActorTables, from: ActorTable) {
  const { names, table } = from
  const fields = fieldReadings(names, table)
  // A base that an older Portrea completed has no trace yet: it is read without, and no link is filled there.
  const beside = [names.epciTrace.title, 'UpdatedAt', 'CreatedAt'].filter((name) => table.columns.has(name))
  const human = [
    ...FIELDS.map((field) => fields[field].titles),
    ...BESIDE_FIELDS.map((key) => names[key]?.title).map((title) => (title === undefined ? [] : [title])),
  ]
  return {
    titles: [...human.flat(), ...WRITTEN.map((key) => names[key].title), ...beside],
    reader: (sirens: EpciSirens) => rowReader(all, from, { fields, human }, sirens),
  }
}

type Reading = {
  readonly fields: ReturnType<typeof fieldReadings>
  /** By key of `HUMAN_KEYS`: the columns that hold it; none: the table has none. */
  readonly human: readonly (readonly string[])[]
}

function rowReader(
  all: ActorTables,
  from: ActorTable,
  { fields: readings, human }: Reading,
  sirens: EpciSirens,
): (row: Row) => ActorRow {
  const { names, table } = from
  // What NocoDB computes, and what a link shows, moves when something else does: nobody touched the record.
  const written = human.flat().filter((name) => !isShown(name) && !isComputed(table, name))
  const stepWords = wordReader(names.step?.words ?? {})
  const epci = names.epci.title
  const traced = names.epciTrace.title
  const ofColumns = hash(
    'sha1',
    written.map((name) => table.columns.get(name)?.id ?? name).join('\n'),
    'hex',
  ).slice(0, 8)
  const word = recordReader(all, from)
  return (row) => {
    const cell = (key: (typeof HUMAN)[number]) => cellOf(row, names[key]?.title)
    const linked = row[epci]
    const { fields, written: otherwise } = readFields((field) => readings[field].read(row))
    const trace = readTrace(row[traced])
    const id = from.idOf(row[ROW_ID])
    const actor: Actor = {
      id: String(id),
      fields,
      written: otherwise,
      linkedEpci: typeof linked === 'number' ? (sirens.of.get(linked) ?? null) : null,
      notInEpci: typeof linked === 'number' ? (sirens.wrong.get(linked) ?? null) : null,
      contactedOn: dayOf(cell('lastContact')),
      step: inWords(stepWords, cell('step')),
      verified: codes(cell('verified')),
      notDuplicateOf: word(cellText(cell('notDuplicateOf'))),
      changedOn: null,
    }
    const touchedOn = dayOf(row['UpdatedAt'] ?? row['CreatedAt'])
    const ofPeople = trace === null ? null : { title: epci, cell: peoplesLink(linked, trace) }
    return {
      ...{ id, from, actor, fingerprint: `${ofColumns}:${fingerprint(row, written, ofPeople)}` },
      ...{ filled: filled(row, human, ofPeople), trace, touchedOn, row },
    }
  }
}

/** Of several tables, people name the records of another one by its title: « 12 de « Associations » ». */
function recordReader({ tables }: ActorTables, { part }: ActorTable): (word: string | null) => string | null {
  if (tables.length === 1 && part === 0) return (word) => word
  const named = namedRecords(tables.map(({ title, idOf }) => ({ title, idOf })))
  return (word) => (word === null ? null : named(word))
}

/** A column that the table does not have holds nothing. */
function cellOf(row: Row, title: string | undefined): Cell | undefined {
  return title === undefined ? undefined : row[title]
}

/** The link as far as a person had a hand in it: the one that the service filled stands for the empty cell it was. */
function peoplesLink(linked: Cell | undefined, { row, sure }: EpciTrace): Cell {
  const link = linked ?? null
  if (link !== null) return link === row ? null : link
  return row !== null && sure ? 'emptied' : null
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
  return hash('sha1', all, 'hex').slice(0, 23)
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
