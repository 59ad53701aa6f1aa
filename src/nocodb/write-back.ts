import { FIGURES } from '../columns/epcis.ts'
import { oneDecimal } from '../columns/kinds.ts'
import { LABELS } from '../columns/labels.ts'
import { writtenKeys } from '../columns/tables.ts'
import type { Columns } from '../config/columns-file.ts'
import type { ActorNames } from '../config/other-actors.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { ROW_ID } from './cells.ts'
import type { Cell, Row } from './cells.ts'
import type { Change } from './write-rows.ts'

/** Cells by the title of their column. */
export type Cells = Readonly<Record<string, Cell>>

/** What the service writes beside an actor record; the sentences come from the domain. */
export function actorCells(
  { completeness, toComplete, anomalies, freshness }: ActorNames,
  assessment: ActorAssessment,
  sentences: { readonly missing: string | null; readonly anomalies: string | null },
): Cells {
  return {
    [completeness.title]: oneDecimal(assessment.completeness),
    [toComplete.title]: sentences.missing,
    [anomalies.title]: sentences.anomalies,
    [freshness.title]: LABELS.freshness[assessment.freshness],
  }
}

/** The columns of the table EPCI that hold what is computed, « Pourquoi » and the memory of a choice aside. */
export const FIGURE_KEYS = writtenKeys('epcis').filter((key) => key !== 'why' && key !== 'atChoice')

/** What the service writes on the row of an EPCI. */
export function epciCells({ epcis }: Columns, report: EpciReport): Cells {
  return Object.fromEntries(FIGURES.map(([key, { value }]) => [epcis.columns[key].title, value(report)]))
}

/**
 * What an EPCI changes, with when it was computed (ISO instant, told to the minute): where a cell changes, and where a person
 * `asked` for it, so that they see that it was done. Nothing is written of a night that changes nothing.
 */
export function epciChange(
  columns: Columns,
  row: Row,
  report: EpciReport,
  { at, asked }: { readonly at: string; readonly asked: boolean },
): Change | null {
  const change = changeOf(row, epciCells(columns, report))
  if (change === null && !asked) return null
  const computed = changeOf(row, { [columns.epcis.columns.computedAt.title]: `${at.slice(0, 16)}:00Z` })
  if (change === null || computed === null) return change ?? computed
  return { id: row[ROW_ID], cells: { ...change.cells, ...computed.cells } }
}

/** The cells that differ from the row; null where none does, so that an unchanged row is never written. */
export function changeOf(row: Row, cells: Cells): Change | null {
  const changed = Object.entries(cells).filter(([title, value]) => (row[title] ?? null) !== value)
  return changed.length === 0 ? null : { id: row[ROW_ID], cells: Object.fromEntries(changed) }
}
