import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import type { Maturity } from './maturity.ts'
import type { CriterionRule, ReferentialRules } from './rules/referentials.ts'

/** What one criterion brings to one référentiel; its points are weight × fit, weight / 2 where the fit is unknown. */
export type Contribution = {
  readonly referential: Referential
  readonly criterion: string
  readonly weight: number
  /** 0–1; null: unknown. */
  readonly fit: number | null
  readonly known: boolean
  readonly points: number
}

/** How sure the recommendation is. Margins in points of score, coverage 0–1. */
export type Confidence = {
  readonly level: 'low' | 'medium' | 'high'
  /** The recommended score − the best other. */
  readonly margin: number
  /** The low end of the recommended − the highest high end of the others: above 0, nothing unknown can change it. */
  readonly guaranteed: number
  /** The smallest share of known weight among the three référentiels. */
  readonly coverage: number
}

/** Why the choice is not simply the highest score: the aim answered « none », or an aim unknown and little else known. */
export type Exception = 'aim_none' | 'aim_unknown'

/** Which référentiel, from which points, how sure. */
export type Choice = {
  readonly recommended: Referential
  readonly scores: Readonly<Record<Referential, number>>
  /** [unknown fits at 0, unknown fits at 1]. */
  readonly intervals: Readonly<Record<Referential, readonly [number, number]>>
  readonly contributions: readonly Contribution[]
  readonly confidence: Confidence
  /** The exception that decided against a higher score; null where the scores decide. */
  readonly exception: Exception | null
}

type Scored = {
  readonly referential: Referential
  readonly score: number
  readonly interval: readonly [number, number]
  readonly coverage: number
  readonly contributions: readonly Contribution[]
}

/**
 * The recommended référentiel of one EPCI (DOMAIN.md section 3; the aims and the two exceptions come from the Hub's
 * document: « sans avoir pu ou voulu identifier d'objectifs spécifiques … un accompagnement polyvalent »).
 */
export function choose(situation: Situation, factors: Maturity, rules: ReferentialRules): Choice {
  const scored = REFERENTIALS.map((key) => score(key, situation, factors, rules))
  const coverage = Math.min(...scored.map((one) => one.coverage))
  const best = scored.reduce((first, one) => (one.score > first.score ? one : first))
  const rule = exception(situation, coverage, rules)
  const recommended = rule === null ? best.referential : 'generaliste'
  return {
    recommended,
    scores: byReferential(scored, (one) => one.score),
    intervals: byReferential(scored, (one) => one.interval),
    contributions: scored.flatMap((one) => one.contributions),
    confidence: confidence(scored, recommended, coverage, rules),
    exception: recommended === best.referential ? null : rule,
  }
}

function score(
  referential: Referential,
  situation: Situation,
  factors: Maturity,
  rules: ReferentialRules,
): Scored {
  const contributions = rules.referentials[referential].criteria.map((criterion): Contribution => {
    const { key, weight } = criterion
    const fit = fitOf(criterion, situation, factors)
    const known = fit !== null
    return { referential, criterion: key, weight, fit, known, points: known ? weight * fit : weight / 2 }
  })
  const sum = (of: (one: Contribution) => number) => contributions.reduce((total, one) => total + of(one), 0)
  const low = sum((one) => (one.known ? one.points : 0))
  const high = sum((one) => (one.known ? one.points : one.weight))
  const known = sum((one) => (one.known ? one.weight : 0))
  const total = sum((one) => one.weight)
  return {
    referential,
    score: sum((one) => one.points),
    interval: [low, high],
    coverage: known / total,
    contributions,
  }
}

function fitOf(criterion: CriterionRule, { answers }: Situation, factors: Maturity): number | null {
  const fit = rawFit(criterion, answers, factors)
  return fit !== null && criterion.inverted ? 1 - fit : fit
}

function rawFit(criterion: CriterionRule, answers: Situation['answers'], factors: Maturity): number | null {
  if ('answer' in criterion) {
    const value = answers[criterion.answer]
    const fits: Readonly<Record<string, number>> = criterion.fits
    return value === null ? null : (fits[value] ?? null)
  }
  if ('factor' in criterion) {
    const { score } = factors[criterion.factor]
    return score === null ? null : score / 100
  }
  const known = Object.values(factors)
    .flatMap((factor) => factor.indicators)
    .filter((indicator) => criterion.mean.includes(indicator.key))
    .flatMap((indicator) => (indicator.score === null ? [] : [indicator.score]))
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length / 100
}

function exception({ answers }: Situation, coverage: number, rules: ReferentialRules): Exception | null {
  if (answers.aim === 'none') return 'aim_none'
  return answers.aim === null && coverage < rules.general.coverage ? 'aim_unknown' : null
}

function confidence(
  scored: readonly Scored[],
  recommended: Referential,
  coverage: number,
  { confidence: bounds }: ReferentialRules,
): Confidence {
  const own = scored.filter((one) => one.referential === recommended)[0]!
  const others = scored.filter((one) => one.referential !== recommended)
  const margin = own.score - Math.max(...others.map((one) => one.score))
  const guaranteed = own.interval[0] - Math.max(...others.map((one) => one.interval[1]))
  const sure = guaranteed > 0 && margin >= bounds.high
  const weak = coverage < bounds.coverage || margin < bounds.low // against higher points the margin is below 0
  return { level: sure ? 'high' : weak ? 'low' : 'medium', margin, guaranteed, coverage }
}

function byReferential<Value>(
  scored: readonly Scored[],
  of: (one: Scored) => Value,
): Record<Referential, Value> {
  return Object.fromEntries(scored.map((one) => [one.referential, of(one)])) as Record<Referential, Value>
}
