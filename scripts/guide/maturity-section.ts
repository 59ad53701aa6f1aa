import { FACTORS } from '../../src/domain/diagnostic.ts'
import type { FactorKey } from '../../src/domain/diagnostic.ts'
import type { AnswerKey } from '../../src/domain/answer-changes.ts'
import { FACTOR_LABELS } from '../../src/domain/labels.ts'
import type { IndicatorResult, Maturity } from '../../src/domain/maturity.ts'
import type { IndicatorRule, MaturityRules } from '../../src/domain/rules/maturity.ts'
import { answerLabel } from '../../src/domain/subjects.ts'
import { meanOf, operation, shown, table } from './arithmetic.ts'

const LEVELS = {
  absent: 'Absente',
  emergent: 'Émergente',
  structured: 'Structurée',
  mature: 'Mature',
} as const

/** The four factors: what each indicator is worth, and the mean done on the example. */
export function maturitySection(rules: MaturityRules, factors: Maturity): string[] {
  const { emergent, structured, mature } = rules.levels
  return [
    '## Un EPCI : sa maturité',
    '',
    `Quatre facteurs, ceux du document du Hub. Chacun est la moyenne, selon leur poids, de ses indicateurs **connus**, de 0 à 100. Ce qui n'est pas connu sort de la moyenne : ce n'est jamais zéro. La part du poids qui est connue (la couverture) accompagne le score.`,
    '',
    `Niveaux : ${LEVELS.absent} sous ${shown(emergent)}, ${LEVELS.emergent} sous ${shown(structured)}, ${LEVELS.structured} sous ${shown(mature)}, ${LEVELS.mature} à partir de ${shown(mature)}.`,
    '',
    ...FACTORS.flatMap((key) => factorLines(key, rules, factors)),
  ]
}

function factorLines(key: FactorKey, rules: MaturityRules, factors: Maturity): string[] {
  const { indicators } = rules.factors[key]
  const result = factors[key]
  const seen = new Map(result.indicators.map((one) => [one.key, one]))
  return [
    `### ${FACTOR_LABELS[key]}`,
    '',
    ...table(
      ['Indicateur', 'Poids', 'Points', 'Exemple'],
      indicators.map((rule) => [
        rule.label,
        shown(rule.weight),
        pointsText(rule),
        exampleText(rule, seen.get(rule.key)!),
      ]),
    ),
    '',
    factorSum(key, factors),
    '',
  ]
}

/** What each value is worth. */
function pointsText(rule: IndicatorRule): string {
  switch (rule.kind) {
    case 'ladder':
      return rule.steps
        .map((step, at) => `${label(rule, step)} ${shown((100 * at) / (rule.steps.length - 1))}`)
        .join(', ')
    case 'scale':
      return Object.entries(rule.scores)
        .map(([value, score]) => `${label(rule, value)} ${shown(score)}`)
        .join(', ')
    case 'count':
      return `0 vaut 0, ${shown(rule.full)} et plus 100`
    case 'share':
    case 'percent':
      return 'le pourcentage, tel quel'
  }
}

function exampleText(rule: IndicatorRule, { value, score }: IndicatorResult): string {
  if (value === null || score === null) return 'inconnu'
  switch (rule.kind) {
    case 'ladder':
    case 'scale':
      return `${label(rule, String(value))} : ${shown(score)}`
    case 'count':
      return `${shown(Number(value))} : ${operation(`100 × ${shown(Number(value))} / ${shown(rule.full)}`, score)}`
    case 'share':
      return `${shown(100 * Number(value))} %`
    case 'percent':
      return `${shown(Number(value))} %`
  }
}

function label(rule: IndicatorRule, value: string): string {
  return answerLabel(rule.key as AnswerKey, value)
}

function factorSum(key: FactorKey, factors: Maturity): string {
  const { score, level, coverage, indicators } = factors[key]
  const known = indicators.flatMap((one) =>
    one.score === null ? [] : [{ value: one.score, weight: one.weight }],
  )
  if (score === null) return 'Exemple : rien de connu, le score reste inconnu.'
  const weight = known.reduce((sum, one) => sum + one.weight, 0)
  const total = indicators.reduce((sum, one) => sum + one.weight, 0)
  const share = operation(`${shown(weight)} / ${shown(total)}`, coverage)
  return `Exemple : ${operation(meanOf(known), score)}, ${level === null ? 'en partie connu, sans niveau' : `niveau ${LEVELS[level]}`} ; couverture ${share}.`
}
