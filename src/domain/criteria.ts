import { ANSWER_VALUES, FACTORS, REFERENTIALS } from './diagnostic.ts'
import type { ChoiceKey, Referential, Situation } from './diagnostic.ts'
import { indicatorScore, valueOf } from './maturity.ts'
import type { IndicatorKey, IndicatorRule } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { isAim } from './rules/referentials.ts'
import type { CriterionRule } from './rules/referentials.ts'

/** Anything that can be known of an EPCI: an answer, or a figure. */
export type Value = string | number

/** One indicator that a criterion looks at. */
export type Part = {
  readonly key: IndicatorKey
  /** 0–1: its share of the criterion; the shares of a criterion sum to 1. */
  readonly share: number
  /** The fit (0–1) of a value; null for a value that the rules do not hold: unknown. */
  readonly fit: (value: Value) => number | null
  /** Its lowest and its highest fit. */
  readonly ends: readonly [number, number]
}

/** One criterion of a référentiel, ready to be computed. */
export type Criterion = {
  readonly referential: Referential
  readonly key: string
  /** In points, as used in the reading: those of a référentiel sum to 100. */
  readonly weight: number
  readonly parts: readonly Part[]
  /** An answer after which the fit is 0, whatever else is known. */
  readonly unless: { readonly answer: ChoiceKey; readonly is: string } | null
}

/** The criteria of each référentiel in both readings, made once from the rules. */
export type Criteria = {
  readonly aim: Readonly<Record<Referential, readonly Criterion[]>>
  readonly aPriori: Readonly<Record<Referential, readonly Criterion[]>>
  /** Every value that an indicator may take; of a figure its two ends, between which every fit is linear. */
  readonly values: (key: IndicatorKey) => readonly Value[]
}

/** What a criterion comes to: its fit with each unknown at half, its ends, and how much of it is known. */
export type CriterionFit = {
  readonly fit: number
  readonly range: readonly [number, number]
  readonly knownShare: number
  readonly known: boolean
}

/** The fit of what is not known: half of its range. */
export const UNKNOWN_FIT = 0.5

/** The criteria that these rules describe. Kept by the rules' own objects: they are frozen, and many EPCI share them. */
export function criteriaOf(rules: RecommendationRules): Criteria {
  const known = made.get(rules.referentials)
  if (known !== undefined && known.maturity === rules.maturity) return known.criteria
  const criteria = compile(rules)
  made.set(rules.referentials, { maturity: rules.maturity, criteria })
  return criteria
}

const made = new WeakMap<object, { readonly maturity: object; readonly criteria: Criteria }>()

/**
 * The fit of one criterion in a situation (DOMAIN.md section 3): the mean of its indicators, each unknown one at half;
 * its range with each unknown at its worst and at its best.
 */
export function criterionFit({ parts, unless }: Criterion, situation: Situation): CriterionFit {
  const shut = unless === null ? null : situation.answers[unless.answer]
  if (unless !== null && shut === unless.is) return { fit: 0, range: [0, 0], knownShare: 1, known: true }
  let [fit, low, high, knownShare] = [0, 0, 0, 0]
  let known = unless === null || shut !== null
  for (const part of parts) {
    const value = valueOf(part.key, situation)
    const own = value === null ? null : part.fit(value)
    if (own === null) known = false
    else knownShare += part.share
    fit += part.share * (own ?? UNKNOWN_FIT)
    low += part.share * (own ?? part.ends[0])
    high += part.share * (own ?? part.ends[1])
  }
  const mayShut = unless !== null && shut === null
  return { fit: tidy(fit), range: [mayShut ? 0 : tidy(low), tidy(high)], knownShare: tidy(knownShare), known }
}

/** Thirds summed in binary fall a hair beside 1, or beside a half: the hair is taken away, and nothing else. */
export function tidy(value: number): number {
  const near = Math.round(value * 12) / 12
  return Math.abs(value - near) < 1e-12 ? near : value
}

function compile(rules: RecommendationRules): Criteria {
  const indicators = new Map(
    FACTORS.flatMap((factor) =>
      rules.maturity.factors[factor].indicators.map((rule) => [rule.key, rule] as const),
    ),
  )
  const values = (key: IndicatorKey) => valuesOf(key, indicators.get(key))
  const each = (reading: 'aim' | 'aPriori') =>
    Object.fromEntries(
      REFERENTIALS.map((referential) => {
        const used = rules.referentials.referentials[referential].criteria.filter(
          (rule) => reading === 'aim' || !isAim(rule),
        )
        const total = used.reduce((sum, { weight }) => sum + weight, 0)
        const criteria = used.map((rule): Criterion => ({
          referential,
          key: rule.key,
          weight: reading === 'aim' ? rule.weight : (100 * rule.weight) / total,
          parts: partsOf(rule, rules, indicators, values),
          unless: 'mean' in rule ? (rule.unless ?? null) : null,
        }))
        return [referential, criteria]
      }),
    ) as unknown as Criteria['aim']
  return { aim: each('aim'), aPriori: each('aPriori'), values }
}

function partsOf(
  rule: CriterionRule,
  { maturity }: RecommendationRules,
  indicators: ReadonlyMap<IndicatorKey, IndicatorRule>,
  values: (key: IndicatorKey) => readonly Value[],
): Part[] {
  if ('answer' in rule) {
    const fits: Readonly<Record<string, number>> = rule.fits
    const fit = turned((value) => fits[value] ?? null, rule.inverted)
    return [{ key: rule.answer, share: 1, fit, ends: endsOf(fit, values(rule.answer)) }]
  }
  const used =
    'factor' in rule
      ? maturity.factors[rule.factor].indicators
      : rule.mean.flatMap((key) => indicators.get(key) ?? []).map((one) => ({ ...one, weight: 1 }))
  const total = used.reduce((sum, { weight }) => sum + weight, 0)
  return used
    .filter(({ weight }) => weight > 0)
    .map((indicator) => {
      const fit = turned((value) => {
        const score = indicatorScore(indicator, value)
        return score === null ? null : score / 100
      }, rule.inverted)
      return {
        key: indicator.key,
        share: indicator.weight / total,
        fit,
        ends: endsOf(fit, values(indicator.key)),
      }
    })
}

function turned(fit: Part['fit'], inverted: boolean): Part['fit'] {
  if (!inverted) return fit
  return (value) => {
    const own = fit(value)
    return own === null ? null : 1 - own
  }
}

function endsOf(fit: Part['fit'], values: readonly Value[]): readonly [number, number] {
  const fits = values.flatMap((value) => fit(value) ?? [])
  return [Math.min(...fits), Math.max(...fits)]
}

function valuesOf(key: IndicatorKey, rule: IndicatorRule | undefined): readonly Value[] {
  if (key in ANSWER_VALUES) return ANSWER_VALUES[key as ChoiceKey]
  if (rule?.kind === 'count') return [0, rule.full]
  return rule?.kind === 'percent' ? [0, 100] : [0, 1]
}
