import { EPCIS, HISTORY_FIGURES } from '../columns/epcis.ts'
import { shortFingerprint } from '../domain/hash.ts'
import type { Columns } from '../config/columns-file.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { asText } from '../domain/formula.ts'
import type { HistoryRow } from '../nocodb/read-history.ts'
import { changeOf } from '../nocodb/write-back.ts'
import type { Cells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'

/** What « Historique » lacks. */
export type HistoryPlan = { readonly inserts: readonly Cells[]; readonly changes: readonly Change[] }

/**
 * A row for each EPCI whose figures are not those of its latest row; where that row is of the same day, it follows: a
 * row tells how its day ended, and a day has one.
 */
export function planHistory(
  columns: Columns,
  latest: ReadonlyMap<string, HistoryRow>,
  reports: readonly EpciReport[],
): HistoryPlan {
  const inserts: Cells[] = []
  const changes: Change[] = []
  const { columns: names } = columns.history
  for (const report of reports) {
    const figures = figuresOf(columns, report)
    const last = latest.get(report.siren)
    const change = last === undefined ? null : changeOf(last.row, figures)
    if (last !== undefined && change === null) continue
    const labels = {
      [names.epci.title]: asText(report.name),
      [names.rules.title]: shortFingerprint(report.rules),
    }
    if (last?.date === report.day)
      changes.push({ id: last.id, cells: { ...changeOf(last.row, labels)?.cells, ...change?.cells } })
    else
      inserts.push({
        ...{ [names.siren.title]: report.siren, [names.date.title]: report.day },
        ...labels,
        ...figures,
      })
  }
  return { inserts, changes }
}

/** The same cells as on the row of the EPCI, under the names that they have in « Historique ». */
function figuresOf({ history }: Columns, report: EpciReport): Cells {
  return Object.fromEntries(
    HISTORY_FIGURES.map((key) => [history.columns[key].title, EPCIS[key].value(report)]),
  )
}
