import { atChoice } from './at-choice.ts'
import type { KnownChoice } from './at-choice.ts'
import type { Declared } from './declared.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { disagreement } from './disagreement.ts'
import type { Disagreement } from './disagreement.ts'
import type { EpciIndicators } from './indicators/tally.ts'
import type { FieldName } from './fields.ts'
import type { ImportedFigure, NeedFacts } from './need.ts'
import type { Severity } from './finding.ts'
import type { Stage } from './labels.ts'
import type { Prefill, PrefillDetail } from './prefill.ts'
import { recommend } from './recommendation.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { ConditionResult } from './success-conditions.ts'
import type { Recommendation } from './recommendation.ts'
import { typology } from './typology.ts'
import type { Typology, TypologyContext } from './typology.ts'
import { typeset } from './typography.ts'
import type { Workload } from './workload.ts'

/** All that the service says of one EPCI: what NocoDB shows, what the API answers, what the store keeps. No personal data. */
export type EpciReport = ShownIndicators & {
  readonly siren: string
  readonly name: string
  /** The rules' fingerprint under which it was computed. */
  readonly rules: string
  /** The day it was computed for, 'YYYY-MM-DD'. */
  readonly day: string
  /** Inhabitants; null: unknown. */
  readonly population: number | null
  /** Each pair of possible duplicates counted once, as in every figure here. */
  readonly actors: number
  /** All of its records. */
  readonly records: number
  /** 0–100, null when there is nothing to say. */
  readonly completeness: number | null
  readonly publishable: number | null
  readonly freshness: number | null
  /** How many records have each finding, most frequent first. */
  readonly findings: readonly {
    readonly field: FieldName
    readonly code: string
    readonly severity: Severity
    readonly records: number
  }[]
  readonly prefill: Prefill
  readonly prefillDetail: PrefillDetail
  readonly situation: Situation
  /** When each answer that counts was given, and what to look at again, in French. */
  readonly declared: { readonly answeredOn: Declared['answeredOn']; readonly sentences: readonly string[] }
  readonly recommendation: Recommendation
  /** Which type of territory it is; the figures that were imported for it, whether they count or not. */
  readonly typology: Typology
  readonly imported: readonly ImportedFigure[]
  /** The human choice (« Référentiel retenu »), which the service never writes; null: none made. */
  readonly retained: Referential | null
  /** « Au moment du choix »: what was recommended then, in French, or a person's own words; null: no choice is made. */
  readonly atChoice: string | null
  readonly stage: Stage | null
  /** What people wrote of the work to do there; null: nothing yet. */
  readonly workingAxes: string | null
  /** Where the human choice is not the recommended one: why; null: they agree, or none is made. */
  readonly disagreement: Disagreement | null
  /** Person-days that people say were really spent; null: not told. */
  readonly actualDays: ActualDays
  /** The workload that NocoDB shows, and which référentiel it follows. */
  readonly workload: Workload & {
    readonly follows: 'retained' | 'recommended'
    readonly referential: Referential
  }
  /** French: how to accompany it, by the référentiel that the workload follows. */
  readonly method: readonly string[]
  /** The conditions of success, in the order of config/success-conditions.yaml. */
  readonly conditions: readonly ConditionResult[]
}

/** What is shown of the records of one EPCI beside the mean figures. */
export type ShownIndicators = Pick<
  EpciIndicators,
  | 'communesCovered'
  | 'shares'
  | 'sources'
  | 'byField'
  | 'byBlock'
  | 'byCommune'
  | 'communesWithoutActor'
  | 'elsewhere'
  | 'kinds'
  | 'needs'
> & {
  /** Records per 10,000 inhabitants; null without records, or where the population is not known. */
  readonly actorsPer10000: number | null
}

/** Days by role, person-days ≥ 0; null: not told. */
export type ActualDays = { readonly referents: number | null; readonly deploymentOfficer: number | null }

/** What is known of one EPCI before anything is decided. */
export type EpciFacts = {
  readonly siren: string
  readonly name: string
  readonly day: string
  readonly population: number | null
  /** « Fragilité (1–10) », which people write; null: empty. */
  readonly fragility: NeedFacts['fragility']
  readonly imported: readonly ImportedFigure[]
  readonly retained: Referential | null
  readonly choice: KnownChoice
  readonly stage: Stage | null
  readonly workingAxes: string | null
  readonly actualDays: ActualDays
  readonly answers: Situation['answers']
  readonly indicators: EpciIndicators
  readonly findings: EpciReport['findings']
  readonly prefill: Prefill
  readonly prefillDetail: PrefillDetail
  readonly participationRate: number | null
  readonly expectedParticipationRate: number | null
  /** Whether the people of that journée were counted in « Invitations ». */
  readonly participationCounted?: boolean
  readonly conditions: readonly ConditionResult[]
  readonly declared: EpciReport['declared']
  /** People whom the table « Référents » lists for it. */
  readonly listedReferents: number
}

/** Facts → the whole report of one EPCI; the workload follows the human choice where one is made (DOMAIN.md section 4). */
export function epciReport(
  facts: EpciFacts,
  rules: RecommendationRules & TypologyContext & { readonly fingerprint: string },
): EpciReport {
  const { siren, name, day, population, indicators, findings, retained, actualDays } = facts
  const { prefill, prefillDetail } = facts
  const situation = situationOf(facts)
  const recommendation = recommend(situation, rules)
  const referential = retained ?? recommendation.recommended
  return {
    siren,
    name,
    rules: rules.fingerprint,
    day,
    population,
    actors: indicators.actors,
    records: indicators.records,
    completeness: indicators.completeness,
    publishable: indicators.publishable,
    freshness: indicators.freshness,
    ...shownIndicators(indicators, population),
    findings,
    prefill,
    prefillDetail,
    situation,
    declared: facts.declared,
    recommendation,
    typology: typology(situation, recommendation.factors, facts, rules),
    imported: facts.imported,
    retained,
    atChoice: atChoice(facts.choice, {
      day,
      retained,
      recommended: recommendation.recommended,
      confidence: recommendation.confidence.level,
    }),
    stage: facts.stage,
    workingAxes: facts.workingAxes,
    disagreement: disagreement(
      retained,
      recommendation,
      situation,
      recommendation.sensitivity.changes,
      rules,
    ),
    actualDays,
    workload: {
      ...recommendation.workloads[referential],
      follows: retained === null ? 'recommended' : 'retained',
      referential,
    },
    method: rules.referentials.referentials[referential].method.map(typeset),
    conditions: facts.conditions,
  }
}

/** The indicators as a report shows them. */
export function shownIndicators(indicators: EpciIndicators, population: number | null): ShownIndicators {
  const { actors, communesCovered, byField, byBlock, byCommune, communesWithoutActor } = indicators
  const { elsewhere, kinds, needs, shares, sources } = indicators
  const known = actors > 0 && population !== null && population > 0
  const actorsPer10000 = known ? (actors * 10_000) / population : null
  return {
    communesCovered,
    shares,
    sources,
    byField,
    byBlock,
    byCommune,
    communesWithoutActor,
    elsewhere,
    kinds,
    needs,
    actorsPer10000,
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
      communesCovered: indicators.communesCovered,
    },
    drivers: {
      expectedParticipationRate: facts.expectedParticipationRate,
      actors: actorsOf(indicators.actors, prefill),
    },
    listed: { referents: facts.listedReferents },
    ...(facts.participationCounted === true ? { participationFrom: 'invitations' as const } : {}),
  }
}

/**
 * Actors of the territory: the greater of those expected and those recorded. A ratio by inhabitants is an order of size
 * only; without records and without anything better it is not known.
 */
function actorsOf(present: number, { expected }: Prefill): number | null {
  if (expected === null) return present === 0 ? null : present
  return Math.max(present, expected)
}
