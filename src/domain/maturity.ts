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
  /** null where too little is known to tell it: a coverage under `coverage` of config/maturity.yaml. */
  readonly level: Level | null
  /** 0–1: known weight / total weight. */
  readonly coverage: number
  readonly indicators: readonly IndicatorResult[]
}

/** The four factors of one EPCI. */
export type Maturity = Readonly<Record<FactorKey, FactorResult>>

/** A figure that is not wholly known: what it is with each unknown at half of its range, at its worst and at its best. */
export type Spread = { readonly half: number; readonly low: number; readonly high: number }

/** The score that an unknown indicator counts for: half of its range. */
export const HALF = 50

/** Declared and observed indicators → the four factors (DOMAIN.md section 2; factors: the Hub's document). */
export function maturity(situation: Situation, rules: MaturityRules): Maturity {
  const entries = FACTORS.map((key) => {
    const indicators = rules.factors[key].indicators.map((rule) => indicatorResult(rule, situation))
    const { score, coverage } = weigh(indicators)
    const told = score !== null && coverage >= rules.coverage
    return [key, { score, level: told ? level(score, rules) : null, coverage, indicators }] as const
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

/** The mean of the four factors, 0–100, each unknown indicator at half of its range (DOMAIN.md section 4). */
export function overallMaturity(factors: Maturity): Spread {
  const mean = (unknown: number) =>
    FACTORS.reduce((sum, key) => sum + factorWith(factors[key], unknown), 0) / FACTORS.length
  return { half: mean(HALF), low: mean(0), high: mean(100) }
}

/** One factor, 0–100, each unknown indicator at half of its range. */
export function factorSpread(factor: FactorResult): Spread {
  return { half: factorWith(factor, HALF), low: factorWith(factor, 0), high: factorWith(factor, 100) }
}

/** The mean coverage of the four factors, 0–1: the column « Couverture (%) » of an EPCI. */
export function overallCoverage(factors: Maturity): number {
  return FACTORS.reduce((sum, key) => sum + factors[key].coverage, 0) / FACTORS.length
}

/** The score (0–100) of one value of an indicator; null for a value that its rule does not hold: unknown, never zero. */
export function indicatorScore(rule: IndicatorRule, value: string | number): number | null {
  switch (rule.kind) {
    case 'ladder': {
      const index = rule.steps.indexOf(String(value))
      return index === -1 ? null : (100 * index) / (rule.steps.length - 1)
    }
    case 'scale':
      return rule.scores[String(value)] ?? null
    case 'count':
      return 100 * Math.min(Number(value) / rule.full, 1)
    case 'share':
      return 100 * Number(value)
    case 'percent':
      return Number(value)
  }
}

/** The raw value of anything that can be known of an EPCI; null: unknown. */
export function valueOf(key: IndicatorKey, { answers, observed }: Situation): string | number | null {
  return key in answers ? answers[key as keyof typeof answers] : observed[key as keyof typeof observed]
}

function factorWith({ indicators }: FactorResult, unknown: number): number {
  return weigh(indicators.map(({ score, weight }) => ({ score: score ?? unknown, weight }))).score ?? unknown
}

function indicatorResult(rule: IndicatorRule, situation: Situation): IndicatorResult {
  const value = valueOf(rule.key, situation)
  return {
    key: rule.key,
    value,
    score: value === null ? null : indicatorScore(rule, value),
    weight: rule.weight,
  }
}

function level(score: number, { levels }: MaturityRules): Level {
  if (score < levels.emergent) return 'absent'
  if (score < levels.structured) return 'emergent'
  return score < levels.mature ? 'structured' : 'mature'
}
