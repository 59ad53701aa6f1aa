import { FACTORS } from './diagnostic.ts'
import type { FactorKey, Situation } from './diagnostic.ts'
import type { IndicatorKey, IndicatorRule, MaturityRules } from './rules/maturity.ts'

/** absent < 25 ≤ emergent < 50 ≤ structured < 75 ≤ mature (bounds in config/maturity.yaml). */
export type Level = 'absent' | 'emergent' | 'structured' | 'mature'

/** What one indicator says: its raw value, its score 0–100; both null when unknown. */
export type IndicatorResult = {
  readonly key: IndicatorKey
  readonly value: string | number | null
  readonly score: number | null
  readonly weight: number
}

/** One factor: weighted mean 0–100 of its known indicators (null, never 0, when none is), and how much is known. */
export type FactorResult = {
  readonly score: number | null
  readonly level: Level | null
  /** 0–1: known weight / total weight. */
  readonly coverage: number
  readonly indicators: readonly IndicatorResult[]
}

/** The four factors of one EPCI. */
export type Maturity = Readonly<Record<FactorKey, FactorResult>>

/** Declared and observed indicators → the four factors (DOMAIN.md section 2; factors: the Hub's document). */
export function maturity(situation: Situation, rules: MaturityRules): Maturity {
  const entries = FACTORS.map((key) => {
    const indicators = rules.factors[key].indicators.map((rule) => indicatorResult(rule, situation))
    const { score, coverage } = weigh(indicators)
    return [key, { score, level: score === null ? null : level(score, rules), coverage, indicators }] as const
  })
  return Object.fromEntries<FactorResult>(entries) as Maturity
}

/** Weighted mean of what is known (0–100), and the share of the weight that is known (0–1). */
export function weigh(results: readonly { readonly score: number | null; readonly weight: number }[]): {
  score: number | null
  coverage: number
} {
  let sum = 0
  let known = 0
  let total = 0
  for (const { score, weight } of results) {
    total += weight
    if (score === null) continue
    sum += score * weight
    known += weight
  }
  return { score: known === 0 ? null : sum / known, coverage: total === 0 ? 0 : known / total }
}

function indicatorResult(rule: IndicatorRule, situation: Situation): IndicatorResult {
  const value = valueOf(rule.key, situation)
  return { key: rule.key, value, score: value === null ? null : scoreOf(rule, value), weight: rule.weight }
}

function valueOf(key: IndicatorKey, { answers, observed }: Situation): string | number | null {
  return key in answers ? answers[key as keyof typeof answers] : observed[key as keyof typeof observed]
}

function scoreOf(rule: IndicatorRule, value: string | number): number | null {
  switch (rule.kind) {
    case 'ladder':
      return onLadder(rule.steps, value, (index, last) => (100 * index) / last)
    case 'aim':
      return onLadder(rule.steps, value, (index) => (index === 0 ? 0 : 100))
    case 'count':
      return 100 * Math.min(Number(value) / rule.full, 1)
    case 'share':
      return 100 * Number(value)
    case 'percent':
      return Number(value)
  }
}

/** A value that the configured ladder does not hold is unknown, never zero. */
function onLadder(
  steps: readonly string[],
  value: string | number,
  score: (index: number, last: number) => number,
) {
  const index = steps.indexOf(String(value))
  return index === -1 ? null : score(index, steps.length - 1)
}

function level(score: number, { levels }: MaturityRules): Level {
  if (score < levels.emergent) return 'absent'
  if (score < levels.structured) return 'emergent'
  return score < levels.mature ? 'structured' : 'mature'
}
