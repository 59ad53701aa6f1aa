import { FACTORS, REFERENTIALS } from '../domain/diagnostic.ts'
import type { Referential } from '../domain/diagnostic.ts'
import { CONFIDENCE_LABELS, FACTOR_LABELS, LEVEL_WORDS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import { frenchNumber, typeset } from '../domain/typography.ts'
import type { Days, Workload } from '../domain/workload.ts'

/** The référentiel that workload and method follow: the human choice where one is made, else the recommended one. */
type Followed = {
  readonly referential: Referential
  readonly workload: Workload
  readonly method: readonly string[]
}

/** A recommendation as a person reads it in a terminal, in French. */
export function reportLines(report: Recommendation, followed: Followed = ofRecommended(report)): string[] {
  const { confidence, recommended } = report
  const label = REFERENTIAL_LABELS[followed.referential]
  return [
    `Référentiel recommandé : « ${REFERENTIAL_LABELS[recommended]} » (confiance ${CONFIDENCE_LABELS[confidence.level].toLowerCase()})`,
    '',
    ...report.reasons.map((reason) => `  • ${reason}`),
    '',
    'Ce qui la ferait changer :',
    `  ${report.sensitivity.sentence}`,
    ...report.sensitivity.changes.map(({ sentence }) => `  → ${sentence}`),
    ...questionLines(report),
    '',
    report.reading === 'aim'
      ? 'Points, avec l’objectif (et selon ce qui reste inconnu) :'
      : 'Points a priori, l’objectif n’étant pas connu (et selon ce qui reste inconnu) :',
    ...REFERENTIALS.map((key) => scoreLine(report, key)),
    ...aPrioriLines(report),
    '',
    'Maturité :',
    ...FACTORS.map((key) => factorLine(report, key)),
    '',
    `Charge estimée pour « ${label} », en jours :`,
    daysLine('Référent·e·s', followed.workload.referents),
    daysLine('Chargé·e de déploiement', followed.workload.deploymentOfficer),
    ...(report.nearTie === null ? [] : [`  ${report.nearTie.sentence}`]),
    '',
    `Méthode d'accompagnement de « ${label} » :`,
    ...followed.method.map((line) => `  • ${line}`),
  ].map(typeset)
}

function ofRecommended({ recommended, workload, method }: Recommendation): Followed {
  return { referential: recommended, workload, method }
}

/** How many questions are put forward. */
const QUESTIONS_SHOWN = 3

function questionLines({ nextQuestions }: Recommendation): string[] {
  if (nextQuestions.length === 0) return []
  const asked = nextQuestions.slice(0, QUESTIONS_SHOWN).map(({ sentence }) => `  ? ${sentence}`)
  return ['', 'À demander ensuite, le plus utile d’abord :', ...asked]
}

function aPrioriLines({ reading, aPriori }: Recommendation): string[] {
  if (reading === 'a_priori') return []
  const scores = REFERENTIALS.map((key) => `${REFERENTIAL_LABELS[key]} ${frenchNumber(aPriori.scores[key])}`)
  return [
    `  A priori, sans l’objectif : « ${REFERENTIAL_LABELS[aPriori.recommended]} » (${scores.join(', ')})`,
  ]
}

function scoreLine({ scores, intervals }: Recommendation, key: (typeof REFERENTIALS)[number]): string {
  const [low, high] = intervals[key]
  const label = REFERENTIAL_LABELS[key].padEnd(12)
  return `  ${label} ${frenchNumber(scores[key]).padStart(5)}  [${frenchNumber(low)} – ${frenchNumber(high)}]`
}

function factorLine({ factors }: Recommendation, key: (typeof FACTORS)[number]): string {
  const { score, level, coverage } = factors[key]
  const label = FACTOR_LABELS[key].padEnd(17)
  if (score === null) return `  ${label} inconnu`
  const known = `${frenchNumber(100 * coverage, 0)} % des indicateurs connus`
  const told = level === null ? 'en partie connu' : `niveau ${LEVEL_WORDS[level]}`
  return `  ${label} ${told}, ${frenchNumber(score)} sur 100 (${known})`
}

function daysLine(who: string, { estimate, range, low, high, basis }: Days): string {
  const [least, most] = range
  const open =
    least === most ? '' : `, entre ${frenchNumber(least)} et ${frenchNumber(most)} selon ce qui reste inconnu`
  return `  ${who.padEnd(24)} ${frenchNumber(estimate)}${open} (bornes ${low} à ${high}) — ${basis}`
}
