import { FACTORS, REFERENTIALS } from '../domain/diagnostic.ts'
import { FACTOR_LABELS, REFERENTIAL_LABELS } from '../domain/labels.ts'
import type { TerritoryReport } from '../domain/territory-report.ts'
import { frenchNumber, typeset } from '../domain/typography.ts'
import type { Days } from '../domain/workload.ts'

const CONFIDENCE = { low: 'faible', medium: 'moyenne', high: 'élevée' } as const
const LEVEL = {
  absent: 'absente',
  emergent: 'émergente',
  structured: 'structurée',
  mature: 'mature',
} as const

/** A recommendation as a person reads it in a terminal, in French. */
export function reportLines(report: TerritoryReport): string[] {
  const { confidence, recommended } = report
  return [
    `Référentiel recommandé : « ${REFERENTIAL_LABELS[recommended]} » (confiance ${CONFIDENCE[confidence.level]})`,
    '',
    ...report.reasons.map((reason) => `  • ${reason}`),
    '',
    'Ce qui la ferait changer :',
    `  ${report.sensitivity.sentence}`,
    ...report.sensitivity.changes.map(({ sentence }) => `  → ${sentence}`),
    ...questionLines(report),
    '',
    'Points (intervalle si les réponses inconnues changeaient) :',
    ...REFERENTIALS.map((key) => scoreLine(report, key)),
    '',
    'Maturité :',
    ...FACTORS.map((key) => factorLine(report, key)),
    '',
    'Charge estimée, en jours :',
    daysLine('Référent·e·s', report.workload.referents),
    daysLine('Chargé·e de déploiement', report.workload.deploymentOfficer),
    '',
    "Méthode d'accompagnement :",
    ...report.method.map((line) => `  • ${line}`),
  ].map(typeset)
}

/** How many questions are put forward. */
const QUESTIONS_SHOWN = 3

function questionLines({ nextQuestions }: TerritoryReport): string[] {
  if (nextQuestions.length === 0) return []
  const asked = nextQuestions.slice(0, QUESTIONS_SHOWN).map(({ sentence }) => `  ? ${sentence}`)
  return ['', 'À demander ensuite, le plus utile d’abord :', ...asked]
}

function scoreLine({ scores, intervals }: TerritoryReport, key: (typeof REFERENTIALS)[number]): string {
  const [low, high] = intervals[key]
  const label = REFERENTIAL_LABELS[key].padEnd(12)
  return `  ${label} ${frenchNumber(scores[key]).padStart(5)}  [${frenchNumber(low)} – ${frenchNumber(high)}]`
}

function factorLine({ factors }: TerritoryReport, key: (typeof FACTORS)[number]): string {
  const { score, level, coverage } = factors[key]
  const label = FACTOR_LABELS[key].padEnd(17)
  if (score === null || level === null) return `  ${label} inconnue`
  return `  ${label} maturité ${LEVEL[level]}, ${frenchNumber(score)} sur 100 (${frenchNumber(100 * coverage, 0)} % des indicateurs connus)`
}

function daysLine(who: string, days: Days): string {
  const unknown = days.default ? ', milieu de la fourchette faute de donnée' : ''
  return `  ${who.padEnd(24)} ${frenchNumber(days.estimate)} (de ${days.low} à ${days.high}${unknown}) — ${days.basis}`
}
