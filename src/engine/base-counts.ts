import type { Columns } from '../config/columns-file.ts'
import { ACTORS, otherActors } from '../domain/brake.ts'
import type { BaseCounts, TableCounts } from '../domain/brake.ts'
import type { ActorTables } from '../nocodb/actor-tables.ts'
import { isFilled } from '../nocodb/actor-rows.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { RecordCounts, TableRecords } from '../store/record-counts.ts'

/** What is known of the records of each table of actors, by the keys of the columns of people in the order of `ActorRow.filled`. */
export function actorCounts({ others = {}, ...first }: RecordCounts, keys: readonly string[]): BaseCounts {
  const tables = [
    [ACTORS, first] as const,
    ...Object.entries(others).map(([part, own]) => [otherActors(part), own] as const),
  ]
  return Object.fromEntries(tables.map(([key, counts]) => [key, tableCounts(counts, keys)]))
}

/** The same, of every table of actors that there is: one without any record has none, and is there. */
export function ofEveryTable({ tables }: ActorTables, counts: BaseCounts): BaseCounts {
  const none = tables.map(({ part }) => [part === 0 ? ACTORS : otherActors(part), NO_ROWS] as const)
  return { ...Object.fromEntries(none), ...counts }
}

const NO_ROWS: TableCounts = { rows: 0, filled: {} }

/** Of records of which it is not known which columns they fill, only how many there are is told. */
function tableCounts({ rows, known, filled }: TableRecords, keys: readonly string[]): TableCounts {
  const told = known === rows ? keys : []
  return { rows, filled: Object.fromEntries(told.map((key, place) => [key, filled[place] ?? 0])) }
}

/** What people write of an EPCI, its links aside. */
const EPCI_KEYS = [
  ...(['name', 'siren', 'departments', 'population', 'expectedActors', 'retained'] as const),
  ...(['deploymentOfficer', 'actualReferentDays', 'actualOfficerDays'] as const),
  ...(['stage', 'workingAxes', 'fragility'] as const),
] as const

/** Counts the rows of the tables beside the actors, and which columns hold something: what is there but says nothing to the service (an option that it does not know) is empty. */
export function declaredRowCounts({ epcis: { columns } }: Columns, declaredRows: DeclaredRows): BaseCounts {
  const { epcis, diagnostics, journees, referents, conditions } = declaredRows
  return {
    epcis: count(epcis, (epci) =>
      EPCI_KEYS.map((key) => [key, saysSomething(epci, key) && isFilled(epci.row[columns[key].title])]),
    ),
    diagnostics: count(diagnostics, ({ date, epci, answers }) => filledOf({ date, epci, ...answers })),
    days: count(journees, filledOf),
    referents: count(referents, ({ epci, kind, name }) => filledOf({ epci, kind, name })),
    conditions: count(conditions, ({ ticked }) => filledOf({ status: ticked })),
  }
}

/** A SIREN that cannot be that of its row says nothing of it. */
function saysSomething({ retained, siren }: EpciRow, key: (typeof EPCI_KEYS)[number]): boolean {
  if (key === 'retained') return retained !== null
  return key !== 'siren' || siren !== null
}

type Filled = readonly (readonly [key: string, filled: boolean])[]

function count<Row>(rows: readonly Row[], filledIn: (row: Row) => Filled): TableCounts {
  const filled: Record<string, number> = {}
  for (const row of rows)
    for (const [key, there] of filledIn(row)) filled[key] = (filled[key] ?? 0) + (there ? 1 : 0)
  return { rows: rows.length, filled }
}

function filledOf(cells: Readonly<Record<string, unknown>>): Filled {
  return Object.entries(cells).map(([key, cell]) => [key, cell !== null])
}
