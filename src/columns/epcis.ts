import type { FactorKey } from '../domain/diagnostic.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { shortFingerprint } from '../domain/hash.ts'
import { overallCoverage } from '../domain/maturity.ts'
import { retainedPreconditions } from '../domain/preconditions.ts'
import { TELLABLE_COVERAGE } from '../domain/scoring.ts'
import { listedSentences } from '../domain/listed-sentences.ts'
import { expectedText } from '../domain/prefill-sentences.ts'
import { conditionsSentence } from '../domain/success-conditions.ts'
import { capital, typeset } from '../domain/typography.ts'
import {
  added,
  date,
  dateTime,
  decimal,
  hidden,
  longText,
  ofTypology,
  select,
  text,
  oneDecimal,
  whole,
  wide,
  written,
} from './kinds.ts'
import type { CellValue, Definition, Kind } from './kinds.ts'
import { LABELS } from './labels.ts'

/** A column that the service fills on the row of each EPCI: `value` is the cell that a report gives. */
export type Figure = Kind & { readonly value: (report: EpciReport) => CellValue }

function figure(kind: Kind, value: Figure['value']): Figure {
  return { ...written(kind), value }
}

function score(factor: FactorKey, width: number): Figure {
  return figure(hidden(wide(decimal(1), width)), ({ recommendation }) =>
    oneDecimal(recommendation.factors[factor].score),
  )
}

function level(factor: FactorKey): Figure {
  const tones = { absent: 'bad', emergent: 'weak', structured: 'fair', mature: 'good' } as const
  return figure(select(LABELS.level, tones), ({ recommendation }) => {
    const { level: reached } = recommendation.factors[factor]
    return reached === null ? null : LABELS.level[reached]
  })
}

const referential = select(LABELS.referential, {
  ...{ generaliste: 'generaliste', outil: 'outil', reseau: 'reseau' },
})
const tenths = decimal(1)

/**
 * The columns of the table EPCI, in the order in which its first grid shows them. All that is known of one stands on its
 * line: whose it is, its type and width, and, of what is computed, its value.
 */
export const EPCIS = {
  name: wide(text, 240),
  sheet: 'button',
  recalculate: 'button',
  recommended: figure(
    wide(referential, 190),
    ({ recommendation }) => LABELS.referential[recommendation.recommended],
  ),
  retained: wide(referential, 160),
  atChoice: figure(wide(longText, 320), ({ atChoice }) => atChoice),
  stage: wide(
    select(LABELS.stage, {
      prospect: 'neutral',
      agreed: 'fair',
      convention_proposed: 'fair',
      convention_signed: 'active',
      launched: 'active',
      finished: 'good',
    }),
    170,
  ),
  workingAxes: wide(longText, 300),
  confidence: figure(
    wide(select(LABELS.confidence, { low: 'weak', medium: 'fair', high: 'good' }), 120),
    ({ recommendation }) => LABELS.confidence[recommendation.confidence.level],
  ),
  aPriori: figure(wide(referential, 160), ({ recommendation: { aPriori } }) =>
    aPriori.coverage < TELLABLE_COVERAGE ? null : LABELS.referential[aPriori.recommended],
  ),
  coverage: figure(wide(tenths, 130), ({ recommendation }) =>
    oneDecimal(100 * overallCoverage(recommendation.factors)),
  ),
  territoryType: figure(wide(ofTypology, 190), ({ typology }) => typology.label),
  why: figure(wide(longText, 400), why),
  alert: figure(
    select(LABELS.alert, {
      done: 'good',
      no_date: 'neutral',
      not_started: 'neutral',
      late: 'bad',
      at_risk: 'weak',
      on_track: 'active',
      consolidating: 'kind',
    }),
    ({ prefill }) => (prefill.status === null ? null : LABELS.alert[prefill.status]),
  ),
  nextDay: figure(wide(date, 150), ({ prefill }) => prefill.collaborativeDay),
  prefill: figure(wide(tenths, 160), ({ prefill }) => oneDecimal(prefill.progress)),
  conditions: figure(wide(longText, 360), ({ conditions }) => conditionsSentence(conditions)),
  method: figure(wide(longText, 400), ({ method }) => method.map((line) => `• ${line}`).join('\n')),
  workloadBasis: figure(
    select(LABELS.workloadBasis, { retained: 'kind', recommended: 'kind' }),
    ({ workload }) => LABELS.workloadBasis[workload.follows],
  ),
  referentDays: figure(wide(tenths, 170), ({ workload }) => workload.referents.estimate),
  officerDays: figure(wide(tenths, 170), ({ workload }) => workload.deploymentOfficer.estimate),
  governance: level('governance'),
  network: level('network'),
  orientation: level('orientation'),
  tooling: level('tooling'),
  actorCount: figure(wide(whole, 150), ({ actors }) => actors),
  completeness: figure(wide(tenths, 190), ({ completeness }) => oneDecimal(completeness)),
  publishable: figure(wide(tenths, 120), ({ publishable }) => oneDecimal(publishable)),
  freshness: figure(wide(tenths, 120), ({ freshness }) => oneDecimal(freshness)),
  forecastEnd: figure(date, ({ prefill }) => prefill.forecastEnd),
  prefilledRecords: figure(wide(whole, 160), ({ prefill }) => prefill.prefilled),
  expectedRecords: figure(wide(whole, 150), ({ prefill }) => prefill.expected),
  expectedBasis: figure(added('Attendues selon', wide(longText, 300)), ({ prefill }) =>
    expectedBasis(prefill),
  ),
  expectedActors: wide(whole, 150),
  deploymentOfficer: wide(text, 200),
  actualReferentDays: wide(tenths, 170),
  actualOfficerDays: wide(tenths, 170),
  siren: { ...wide(text, 110), digits: true },
  departments: wide(text, 130),
  population: whole,
  fragility: wide(decimal(2), 140),
  actors: 'link',
  diagnostics: 'link',
  days: 'link',
  referents: 'link',
  referentDaysLow: figure(hidden(wide(tenths, 190)), ({ workload }) => workload.referents.low),
  referentDaysHigh: figure(hidden(wide(tenths, 190)), ({ workload }) => workload.referents.high),
  officerDaysLow: figure(hidden(wide(tenths, 190)), ({ workload }) => workload.deploymentOfficer.low),
  officerDaysHigh: figure(hidden(wide(tenths, 190)), ({ workload }) => workload.deploymentOfficer.high),
  governanceScore: score('governance', 170),
  networkScore: score('network', 190),
  orientationScore: score('orientation', 170),
  toolingScore: score('tooling', 170),
  // Stamped where another cell changes, or a person asked: see `epciChange`.
  computedAt: written(wide(dateTime, 170)),
  rules: figure(hidden(wide(text, 130)), ({ rules }) => shortFingerprint(rules)),
} as const satisfies Readonly<Record<string, Definition | Figure>>

type EpciColumns = typeof EPCIS
/** A column whose cell follows from the report of the EPCI. */
export type FigureKey = {
  [Key in keyof EpciColumns]: EpciColumns[Key] extends Figure ? Key : never
}[keyof EpciColumns]

/** Every column whose cell follows from the report, with how. */
export const FIGURES: readonly (readonly [FigureKey, Figure])[] = Object.entries(EPCIS).flatMap(
  ([key, definition]) =>
    typeof definition === 'object' && 'value' in definition ? [[key as FigureKey, definition] as const] : [],
)

/** The figures that « Historique » keeps, in its order: they have the same keys, types and values there. */
export const HISTORY_FIGURES = [
  ...(['actorCount', 'completeness', 'publishable', 'freshness', 'prefill'] as const),
  ...(['governanceScore', 'networkScore', 'orientationScore', 'toolingScore'] as const),
  ...(['recommended', 'confidence', 'referentDays', 'officerDays'] as const),
] as const satisfies readonly FigureKey[]
type HistoryFigure = (typeof HISTORY_FIGURES)[number]

const historyFigures = HISTORY_FIGURES.map((key) => {
  const { hidden: _, value: _of, ...kind }: Figure = EPCIS[key]
  return [key, kind] as const
})

/** The columns of the table « Historique »: a row tells how the day of an EPCI ended. */
export const HISTORY = {
  epci: written(wide(text, 260)),
  siren: written(wide(text, 110)),
  date: written(date),
  ...(Object.fromEntries(historyFigures) as Readonly<Record<HistoryFigure, Kind>>),
  rules: written(wide(text, 130)),
}

/** What the expected records rest on, without the day of each reading: the sheet says it. */
function expectedBasis(prefill: EpciReport['prefill']): string | null {
  if (prefill.basis === null) return null
  const lines = [`${capital(expectedText(prefill))}.`, ...listedSentences(prefill, 'without_days')]
  return lines.map(typeset).join('\n')
}

/** What there is to do before the retained référentiel, why the other is recommended, and what people are to look at. */
function why({ disagreement, retained, recommendation, declared }: EpciReport): string {
  const asked = disagreement === null ? [] : retainedPreconditions(retained, recommendation.preconditions)
  const toDo = asked.map(({ sentence }) => sentence)
  return [...toDo, ...recommendation.why, ...declared.sentences].join('\n')
}
