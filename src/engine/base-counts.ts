import type { Columns } from '../config/columns-file.ts'
import type { BaseCounts, TableCounts } from '../domain/brake.ts'
import { isFilled } from '../nocodb/read-actors.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { RecordCounts } from '../store/record-counts.ts'

/** What is known of the records, by the keys of the columns of people in the order of `ActorRow.filled`. */
export function tableCounts({ rows, filled }: RecordCounts, keys: readonly string[]): TableCounts {
  return { rows, filled: Object.fromEntries(keys.map((key, place) => [key, filled[place] ?? 0])) }
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
