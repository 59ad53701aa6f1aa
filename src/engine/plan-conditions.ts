import { LABELS } from '../columns/labels.ts'
import type { Columns } from '../config/columns-file.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { ConditionRow } from '../nocodb/read-conditions.ts'
import { changeOf } from '../nocodb/write-back.ts'
import type { Cells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'

/** What the table « Conditions de réussite » lacks, and the cells of the service's own that are no longer right. */
export type ConditionsPlan = { readonly inserts: readonly Cells[]; readonly changes: readonly Change[] }

/** One row for each condition of each EPCI; the columns of people are not touched, nor rows without a code. */
export function planConditions(
  columns: Columns,
  rows: readonly ConditionRow[],
  reports: readonly Pick<EpciReport, 'siren' | 'name' | 'conditions'>[],
): ConditionsPlan {
  const found = Map.groupBy(rows, ({ siren, code }) => `${siren} ${code}`)
  const inserts: Cells[] = []
  const changes: Change[] = []
  for (const report of reports)
    for (const condition of report.conditions) {
      const cells = conditionCells(columns, report, condition)
      const present = found.get(`${report.siren} ${condition.key}`) ?? []
      if (present.length === 0) inserts.push(cells)
      changes.push(...present.flatMap(({ row }) => changeOf(row, cells) ?? []))
    }
  return { inserts, changes }
}

function conditionCells(
  { conditions }: Columns,
  { siren, name }: Pick<EpciReport, 'siren' | 'name'>,
  { key, heading, label, observed }: EpciReport['conditions'][number],
): Cells {
  const names = conditions.columns
  return {
    [names.condition.title]: label,
    [names.heading.title]: LABELS.conditionHeading[heading],
    [names.epci.title]: name,
    [names.siren.title]: siren,
    [names.observed.title]: observed === null ? null : LABELS.conditionStatus[observed.status],
    [names.evidence.title]: observed?.evidence ?? null,
    [names.code.title]: key,
  }
}
