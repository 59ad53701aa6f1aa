import { ANSWER_LABELS, FACTOR_LABELS } from '../domain/labels.ts'
import type { MaturityRules } from '../domain/rules/maturity.ts'
import type { ConditionRule, FigureRule } from '../domain/rules/typology.ts'
import { frenchList, frenchNumber } from '../domain/typography.ts'

/** What a condition looks at, and where it begins and ends to be met. */
export function conditionWords(rule: ConditionRule, maturity: MaturityRules): string {
  const kept = rule.importance < 1 ? ` (non remplie, elle laisse ${number(1 - rule.importance)})` : ''
  return `${sightWords(rule, maturity)}${kept}`
}

function sightWords(rule: ConditionRule, { factors }: MaturityRules): string {
  if ('answer' in rule) {
    const labels: Readonly<Record<string, string>> = ANSWER_LABELS[rule.answer]
    return Object.entries(rule.degrees)
      .map(([value, degree]) => `${labels[value] ?? value} ${number(degree)}`)
      .join(', ')
  }
  const bounds = `de ${number(rule.from)} (0) à ${number(rule.to)} (1)`
  if ('mean' in rule) {
    const names = new Map(
      Object.values(factors).flatMap(({ indicators }) =>
        indicators.map(({ key, label }) => [key, label] as const),
      ),
    )
    return `moyenne (${frenchList(rule.mean.map((key) => names.get(key) ?? key))}), ${bounds}`
  }
  const what =
    rule.of === 'need'
      ? 'besoin'
      : rule.of === 'maturity'
        ? 'moyenne des quatre facteurs'
        : FACTOR_LABELS[rule.of]
  return `${what}, ${bounds}`
}

/** From which value of a figure the need is none, and to which it is whole. */
export function figureWords({ from, to, scale }: FigureRule): string {
  return `de ${number(from)} à ${number(to)}${scale === 'log' ? ', en proportion (double, triple…)' : ''}`
}

function number(value: number): string {
  return frenchNumber(value, 2)
}
