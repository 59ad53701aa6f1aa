import type { Referential, Situation } from './diagnostic.ts'
import type { EpciIndicators } from './indicators/tally.ts'
import type { FieldName } from './fields.ts'
import type { Severity } from './finding.ts'
import type { Prefill } from './prefill.ts'
import { assessTerritory } from './territory-report.ts'
import type { MaturityRules } from './rules/maturity.ts'
import type { ReferentialRules } from './rules/referentials.ts'
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

/** What is known of one EPCI before anything is decided. */
export type EpciFacts = {
  readonly siren: string
  readonly name: string
  readonly day: string
  readonly retained: Referential | null
  readonly answers: Situation['answers']
  readonly indicators: EpciIndicators
  readonly findings: EpciReport['findings']
  readonly prefill: Prefill
  readonly participationRate: number | null
  readonly expectedParticipationRate: number | null
}

/** Facts → the whole report of one EPCI; the workload follows the human choice where one is made (DOMAIN.md section 4). */
export function epciReport(
  facts: EpciFacts,
  rules: {
    readonly maturity: MaturityRules
    readonly referentials: ReferentialRules
    readonly fingerprint: string
  },
): EpciReport {
  const { siren, name, day, indicators, findings, prefill, retained } = facts
  const situation = situationOf(facts)
  const recommendation = assessTerritory(situation, rules)
  const referential = retained ?? recommendation.recommended
  return {
    siren,
    name,
    rules: rules.fingerprint,
    day,
    actors: indicators.actors,
    completeness: indicators.completeness,
    validity: indicators.validity,
    freshness: indicators.freshness,
    communesCovered: indicators.communesCovered,
    byField: indicators.byField,
    findings,
    prefill,
    situation,
    recommendation,
    retained,
    workload: {
      ...recommendation.workloads[referential],
      follows: retained === null ? 'recommended' : 'retained',
      referential,
    },
  }
}

function situationOf({ answers, indicators, prefill, ...facts }: EpciFacts): Situation {
  return {
    answers,
    observed: {
      completeness: indicators.completeness,
      freshness: indicators.freshness,
      contactedShare: indicators.contactedShare,
      participationRate: facts.participationRate,
      kindDiversity: indicators.kindDiversity,
      communesCovered: indicators.communesCovered,
      editedLocallyShare: null, // NocoDB does not tell whose EPCI an editor belongs to
    },
    drivers: {
      expectedParticipationRate: facts.expectedParticipationRate,
      actorsToRecord: prefill.toCreate,
      actorsToContact: indicators.actors === 0 ? null : indicators.toContact,
    },
  }
}
