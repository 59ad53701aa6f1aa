import { fromLabel, LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { Diagnostic, ReferentKind } from '../domain/declared.ts'
import { ANSWER_VALUES } from '../domain/diagnostic.ts'
import type { Answers, Referential, ChoiceKey } from '../domain/diagnostic.ts'
import type { ActualDays } from '../domain/epci-report.ts'
import { isByForm } from '../domain/public-diagnostic.ts'
import type { Geography } from '../domain/geography.ts'
import type { Stage } from '../domain/labels.ts'
import type { PreparedJournee } from '../domain/success-conditions.ts'
import type { Base } from './base.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row, RowId } from './cells.ts'
import { dayOf } from './day.ts'
import { epciIdentity, judgedEpcis, shownCell } from './epci-identity.ts'
import type { JudgedEpci } from './epci-identity.ts'
import { readInvited, withInvited } from './invitations.ts'
import { readConditions } from './read-conditions.ts'
import type { ConditionRow } from './read-conditions.ts'
import { readByIds, readEveryRow } from './rows.ts'

/** One row of the table EPCI: what people wrote, and the row itself to compare the written-back cells with. */
export type EpciRow = JudgedEpci & {
  /** Its own name, else one that is made up. */
  readonly name: string
  readonly population: number | null
  /** « Fragilité (1–10) », as it stands. */
  readonly fragility: number | null
  readonly expectedActors: number | null
  readonly retained: Referential | null
  /** Whether « Référentiel retenu » holds something that is none of the three. */
  readonly retainedUnknown: boolean
  /** The cell « Au moment du choix » as it stands, the service's own or a person's. */
  readonly atChoice: string | null
  readonly stage: Stage | null
  readonly workingAxes: string | null
  /** Person-days really spent, as people tell them. */
  readonly actualDays: ActualDays
  /** Titles of the numbers that nobody can mean, and that are read as unknown: below zero, or no record expected. */
  readonly oddFigures: readonly string[]
  readonly row: Row
}

/** What the base says of its declaredRows, but for the actors; links are row ids of the table EPCI. */
export type DeclaredRows = {
  readonly epcis: readonly EpciRow[]
  /** A form without a date is of the day on which its row was made; `toCheck` is the service's own cell. */
  readonly diagnostics: readonly (Diagnostic & {
    readonly epci: RowId | null
    readonly toCheck: string | null
    readonly oddFigures: EpciRow['oddFigures']
  })[]
  readonly journees: readonly (PreparedJournee & {
    readonly id: RowId
    readonly epci: RowId | null
    readonly oddFigures: EpciRow['oddFigures']
  })[]
  /** A name is there to recognise whom a record names; it goes no further than memory. */
  readonly referents: readonly Referent[]
  readonly conditions: readonly ConditionRow[]
}

/** One row of the table Référents. */
export type Referent = {
  readonly id: RowId
  readonly epci: RowId | null
  readonly kind: ReferentKind | null
  readonly name: string | null
}

/** Not read from the table EPCI: links, which are read from their other side, and the button. */
const NOT_READ: readonly string[] = ['actors', 'diagnostics', 'days', 'referents', 'recalculate', 'sheet']

/** Reads EPCI, diagnostics, journées, référents and conditions; of people only the name and the kind of référents. */
export async function readDeclaredRows(
  base: Base,
  columns: Columns,
  geography: Geography,
): Promise<DeclaredRows> {
  const [epcis, diagnostics, written, referents, conditions] = await Promise.all([
    readEpcis(base, columns, geography),
    readDiagnostics(base, columns),
    readJournees(base, columns),
    readReferents(base, columns),
    readConditions(base, columns),
  ])
  const uncounted = written.filter((one) => [one.invited, one.expected, one.present].includes(null))
  const invited = await readInvited(
    base,
    columns,
    uncounted.map(({ id }) => id),
  )
  const sirens = new Map(epcis.map(({ id, siren }) => [id, siren]))
  const journees = written.map((one) =>
    withInvited(one, sirens.get(one.epci ?? Number.NaN) ?? null, invited.get(one.id)),
  )
  return { epcis, diagnostics, journees, referents, conditions }
}

/** These rows of the table EPCI, those that exist, each looked at alone: only all of them tell whose SIREN is wrong. */
export async function readEpcisByIds(
  base: Base,
  columns: Columns,
  ids: readonly RowId[],
): Promise<EpciRow[]> {
  const { title } = columns.epcis
  return (await readByIds(base, base.table(title), ids, epciTitles(columns))).map((row) =>
    epciRow(row, columns),
  )
}

async function readEpcis(base: Base, columns: Columns, geography: Geography): Promise<EpciRow[]> {
  const rows = await readEveryRow(base, base.table(columns.epcis.title), epciTitles(columns))
  return judgedEpcis(
    rows.map((row) => epciRow(row, columns)),
    geography,
  )
}

function epciTitles({ epcis }: Columns): string[] {
  const titles = Object.entries(epcis.columns).filter(([key]) => !NOT_READ.includes(key))
  return titles.map(([, { title }]) => title)
}

function epciRow(row: Row, columns: Columns): EpciRow {
  const { epcis } = columns
  const cell = (key: keyof typeof epcis.columns) => row[epcis.columns[key].title] ?? null
  const retained = fromLabel(LABELS.referential, cell('retained'))
  const known = epciIdentity(row, columns)
  return {
    ...known,
    fault: null,
    name: known.ownName ?? shownCell(cell('siren')) ?? `EPCI n° ${row[ROW_ID]}`,
    population: number(cell('population')) || null, // nobody lives nowhere: 0 is not known
    fragility: number(cell('fragility')),
    expectedActors: whole(cell('expectedActors')) || null, // the same
    retained,
    retainedUnknown: retained === null && text(cell('retained')) !== null,
    atChoice: text(cell('atChoice')),
    stage: fromLabel(LABELS.stage, cell('stage')),
    workingAxes: text(cell('workingAxes'))?.trim() || null,
    actualDays: {
      referents: number(cell('actualReferentDays')),
      deploymentOfficer: number(cell('actualOfficerDays')),
    },
    oddFigures: FIGURES.filter((key) => isOdd(cell(key), key)).map((key) => epcis.columns[key].title),
    row,
  }
}

const FIGURES = ['population', 'expectedActors', 'actualReferentDays', 'actualOfficerDays'] as const

function isOdd(cell: Cell, key: (typeof FIGURES)[number]): boolean {
  return typeof cell === 'number' && (cell < 0 || (cell === 0 && key === 'expectedActors'))
}

/** « Diagnostics »; of who answered, only whether it was by the public form. */
export async function readDiagnostics(
  base: Base,
  { diagnostics: table }: Columns,
): Promise<DeclaredRows['diagnostics']> {
  const title = (key: keyof typeof table.columns) => table.columns[key].title
  const choices = Object.keys(ANSWER_VALUES) as ChoiceKey[]
  const own = [title('date'), title('epci'), title('meetingsPerYear'), title('toCheck')]
  const read = base.table(table.title)
  const author = read.columns.has(title('author')) ? [title('author')] : []
  const asked = [...own, ...author, ...choices.map(title), 'CreatedAt']
  const rows = await readEveryRow(base, read, asked)
  return rows.map((row) => {
    const chosen = choices.map((key) => [key, fromLabel<string>(LABELS.answer[key], row[title(key)])])
    const answers = {
      ...Object.fromEntries(chosen),
      meetingsPerYear: number(row[title('meetingsPerYear')]),
    } as Answers
    return {
      id: row[ROW_ID],
      date: dayOf(row[title('date')]) ?? dayOf(row['CreatedAt']),
      epci: link(row[title('epci')]),
      answers,
      toCheck: text(row[title('toCheck')]),
      oddFigures: belowZero(row, [title('meetingsPerYear')]),
      ...(isByForm(row[title('author')] ?? null) ? { byForm: true } : {}),
    }
  })
}

async function readJournees(base: Base, { days: table }: Columns): Promise<DeclaredRows['journees']> {
  const { date, epci, invitedOn, invited, expected, present, facilitators } = table.columns
  const asked = [date, epci, invitedOn, invited, expected, present, facilitators]
  const rows = await readEveryRow(
    base,
    base.table(table.title),
    asked.map(({ title }) => title),
  )
  return rows.map((row) => ({
    id: row[ROW_ID],
    date: dayOf(row[date.title]),
    epci: link(row[epci.title]),
    invitedOn: dayOf(row[invitedOn.title]),
    facilitators: number(row[facilitators.title]),
    invited: number(row[invited.title]),
    expected: number(row[expected.title]),
    present: number(row[present.title]),
    oddFigures: belowZero(
      row,
      [invited, expected, present, facilitators].map(({ title }) => title),
    ),
  }))
}

function belowZero(row: Row, titles: readonly string[]): string[] {
  return titles.filter((title) => Number(row[title] ?? 0) < 0)
}

/** « Référents » */
export async function readReferents(
  base: Base,
  { referents: table }: Columns,
): Promise<DeclaredRows['referents']> {
  const { name, epci, kind } = table.columns
  const rows = await readEveryRow(base, base.table(table.title), [name.title, epci.title, kind.title])
  return rows.map((row) => ({
    id: row[ROW_ID],
    epci: link(row[epci.title]),
    kind: fromLabel(LABELS.referentKind, row[kind.title]),
    name: text(row[name.title]),
  }))
}

/** The rows of « Participants » that are of no journée; nothing else of them is read. */
export async function participantsWithoutDay(
  base: Base,
  { participants }: Columns,
): Promise<readonly RowId[]> {
  const { title } = participants.columns.day
  if (base.tables.get(participants.title)?.columns.has(title) !== true) return []
  const rows = await readEveryRow(base, base.table(participants.title), [title])
  return rows.filter((row) => link(row[title]) === null).map((row) => row[ROW_ID])
}

function text(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined || cell === '' ? null : String(cell)
}

function number(cell: Cell | undefined): number | null {
  return typeof cell === 'number' && cell >= 0 ? cell : null
}

function whole(cell: Cell | undefined): number | null {
  const value = number(cell)
  return value === null ? null : Math.round(value)
}

function link(cell: Cell | undefined): RowId | null {
  return typeof cell === 'number' ? cell : null
}
