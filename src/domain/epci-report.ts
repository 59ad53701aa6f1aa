import type { Referential, Situation } from './diagnostic.ts'
import type { FieldName } from './fields.ts'
import type { Severity } from './finding.ts'
import type { Prefill } from './prefill.ts'
import type { TerritoryReport } from './territory-report.ts'
import type { Workload } from './workload.ts'

/** All that the service says of one EPCI: what NocoDB shows, what the API answers, what the store keeps. No personal data. */
export type EpciReport = {
  readonly siren: string
  readonly name: string
  /** The rules' fingerprint under which it was computed. */
  readonly rules: string
  /** The day it was computed for, 'YYYY-MM-DD'. */
  readonly day: string
  readonly actors: number
  /** 0–100, null when there is nothing to say. */
  readonly completeness: number | null
  readonly validity: number | null
  readonly freshness: number | null
  /** 0–1 */
  readonly communesCovered: number | null
  /** 0–1, share of the records in which the field is filled; {} without records. */
  readonly byField: Readonly<Partial<Record<FieldName, number>>>
  /** How many records have each finding, most frequent first. */
  readonly findings: readonly {
    readonly field: FieldName
    readonly code: string
    readonly severity: Severity
    readonly records: number
  }[]
  readonly prefill: Prefill
  readonly situation: Situation
  readonly recommendation: TerritoryReport
  /** The human choice (« Référentiel retenu »), which the service never writes; null: none made. */
  readonly retained: Referential | null
  /** The workload that NocoDB shows, and which référentiel it follows. */
  readonly workload: Workload & {
    readonly follows: 'retained' | 'recommended'
    readonly referential: Referential
  }
}
