import type { Columns } from '../config/columns-file.ts'
import type { ActorAssessment } from '../domain/assessment.ts'
import type { FactorKey } from '../domain/diagnostic.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { overallCoverage } from '../domain/maturity.ts'
import { retainedPreconditions } from '../domain/preconditions.ts'
import { TELLABLE_COVERAGE } from '../domain/scoring.ts'
import { conditionsSentence } from '../domain/success-conditions.ts'
import type { Cell, Row } from './cells.ts'
import { LABELS } from './labels.ts'
import type { Change } from './write-rows.ts'

/** Cells by the title of their column. */
export type Cells = Readonly<Record<string, Cell>>

/** What the service writes beside an actor record; the sentences come from the domain. */
export function actorCells(
  { actors }: Columns,
  assessment: ActorAssessment,
  sentences: { readonly missing: string | null; readonly anomalies: string | null },
): Cells {
  const { completeness, toComplete, anomalies, freshness } = actors.columns
  return {
    [completeness.title]: oneDecimal(assessment.completeness),
    [toComplete.title]: sentences.missing,
    [anomalies.title]: sentences.anomalies,
    [freshness.title]: LABELS.freshness[assessment.freshness],
  }
}

/** The columns of the table EPCI that hold what is computed, « Pourquoi » and the memory of a choice aside. */
export const FIGURE_KEYS = [
  ...(['actorCount', 'completeness', 'publishable', 'freshness', 'coverage'] as const),
  ...(['governanceScore', 'governance', 'networkScore', 'network'] as const),
  ...(['orientationScore', 'orientation', 'toolingScore', 'tooling'] as const),
  ...(['recommended', 'confidence', 'aPriori', 'territoryType', 'workloadBasis'] as const),
  ...(['referentDays', 'referentDaysLow', 'referentDaysHigh'] as const),
  ...(['officerDays', 'officerDaysLow', 'officerDaysHigh'] as const),
  ...(['nextDay', 'prefill', 'prefilledRecords', 'expectedRecords', 'forecastEnd', 'alert'] as const),
  ...(['method', 'conditions', 'rules', 'computedAt'] as const),
] as const

/** What the service writes on the row of an EPCI. */
export function epciCells(columns: Columns, report: EpciReport): Cells {
  const { columns: names } = columns.epcis
  const cells: Record<string, Cell> = {}
  const set = (key: keyof typeof names, value: Cell) => void (cells[names[key].title] = value)
  const { recommendation, workload, prefill } = report
  set('actorCount', report.actors)
  set('completeness', oneDecimal(report.completeness))
  set('publishable', oneDecimal(report.publishable))
  set('freshness', oneDecimal(report.freshness))
  for (const key of Object.keys(recommendation.factors) as FactorKey[]) {
    const { score, level } = recommendation.factors[key]
    set(`${key}Score`, oneDecimal(score))
    set(key, level === null ? null : LABELS.level[level])
  }
  set('recommended', LABELS.referential[recommendation.recommended])
  set('confidence', LABELS.confidence[recommendation.confidence.level])
  const { aPriori } = recommendation
  set('aPriori', aPriori.coverage < TELLABLE_COVERAGE ? null : LABELS.referential[aPriori.recommended])
  set('coverage', oneDecimal(100 * overallCoverage(recommendation.factors)))
  set('atChoice', report.atChoice)
  set('territoryType', report.typology.label)
  const asked =
    report.disagreement === null ? [] : retainedPreconditions(report.retained, recommendation.preconditions)
  const toDo = asked.map(({ sentence }) => sentence)
  set('why', [...toDo, ...recommendation.why, ...report.declared.sentences].join('\n'))
  set('workloadBasis', LABELS.workloadBasis[workload.follows])
  set('referentDays', workload.referents.estimate)
  set('referentDaysLow', workload.referents.low)
  set('referentDaysHigh', workload.referents.high)
  set('officerDays', workload.deploymentOfficer.estimate)
  set('officerDaysLow', workload.deploymentOfficer.low)
  set('officerDaysHigh', workload.deploymentOfficer.high)
  set('nextDay', prefill.collaborativeDay)
  set('prefill', oneDecimal(prefill.progress))
  set('prefilledRecords', prefill.prefilled)
  set('expectedRecords', prefill.expected)
  set('forecastEnd', prefill.forecastEnd)
  set('alert', prefill.status === null ? null : LABELS.alert[prefill.status])
  set('method', bulleted(report.method))
  set('conditions', conditionsSentence(report.conditions))
  set('rules', report.rules.replace('sha256:', '').slice(0, 12))
  return cells
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
  return { id: row.Id, cells: { ...change.cells, ...computed.cells } }
}

/** The cells that differ from the row; null where none does, so that an unchanged row is never written. */
export function changeOf(row: Row, cells: Cells): Change | null {
  const changed = Object.entries(cells).filter(([title, value]) => (row[title] ?? null) !== value)
  return changed.length === 0 ? null : { id: row.Id, cells: Object.fromEntries(changed) }
}

function bulleted(lines: readonly string[]): string {
  return lines.map((line) => `• ${line}`).join('\n')
}

function oneDecimal(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
