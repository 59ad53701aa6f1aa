import { contradictions } from './contradictions.ts'
import type { Contradiction } from './contradictions.ts'
import { criteriaOf, criterionFit } from './criteria.ts'
import type { Criteria, Criterion } from './criteria.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { guaranteedMargin } from './guaranteed.ts'
import { openPreconditions, preconditions } from './preconditions.ts'
import type { Precondition } from './preconditions.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { ReferentialRules } from './rules/referentials.ts'

/** What one criterion brings to one référentiel: points = weight × fit, each unknown indicator counted half. */
export type Contribution = {
  readonly referential: Referential
  readonly criterion: string
  /** As used in the reading. */
  readonly weight: number
  /** 0–1. */
  readonly fit: number
  /** The fit with each unknown at its worst and at its best; both are `fit` where all is known. */
  readonly range: readonly [number, number]
  /** True only where every indicator is known. */
  readonly known: boolean
  /** 0–1: the share of its indicators that is known. */
  readonly knownShare: number
  readonly points: number
}

/** How sure the recommendation is. Margins in points of score, coverage 0–1. */
export type Confidence = {
  readonly level: 'low' | 'medium' | 'high'
  /** The recommended score − the best other. */
  readonly margin: number
  /** The smallest margin over every completion of what is unknown: above 0, nothing unknown can change the answer. */
  readonly guaranteed: number
  /** The mean, over the three référentiels, of the share of weight that is known. */
  readonly coverage: number
  /** What keeps it from being high: 'exception', 'coverage', 'margin', 'guaranteed', 'aim', 'precondition:…', 'contradiction:…'. */
  readonly heldBackBy: readonly string[]
}

/** Why the choice is not simply the highest score: the aim answered « none », or an aim unknown and little else known. */
export type Exception = 'aim_none' | 'aim_unknown'

type Each<Of> = Readonly<Record<Referential, Of>>

/** The three scores by one set of criteria. */
export type Scores = {
  /** The highest score; ties in the order of the référentiels. */
  readonly recommended: Referential
  readonly scores: Each<number>
  /** [every unknown at its worst, every unknown at its best]. */
  readonly intervals: Each<readonly [number, number]>
  /** The highest score − the second. */
  readonly margin: number
  readonly coverage: number
}

/** Which référentiel, from which points, how sure. */
export type Choice = {
  readonly recommended: Referential
  /** Which reading decided: with the aim, or a priori where the aim was not asked. */
  readonly reading: 'aim' | 'a_priori'
  readonly scores: Each<number>
  readonly intervals: Each<readonly [number, number]>
  /** What the situation suggests, the aim left out. */
  readonly aPriori: Scores
  readonly contributions: readonly Contribution[]
  readonly confidence: Confidence
  readonly preconditions: readonly Precondition[]
  readonly contradictions: readonly Contradiction[]
  /** The exception that decided against a higher score; null where the scores decide. */
  readonly exception: Exception | null
}

/** What a single change of one answer or figure is tried for: the recommendation alone, without how sure it is. */
export type Outcome = Pick<Choice, 'recommended' | 'reading' | 'scores' | 'exception'> & {
  readonly margin: number
}

/** Of a reading of which a smaller share (0–1) is known nothing is said. */
export const TELLABLE_COVERAGE = 0.5

/** Scores this near are one score: sums in binary differ by less. */
export const TIE = 1e-9

/**
 * The recommended référentiel of one EPCI (DOMAIN.md section 3; the aims and the exception of an aim left open come from
 * the Hub's document: « sans avoir pu ou voulu identifier d'objectifs spécifiques … un accompagnement polyvalent »).
 */
export function choose(situation: Situation, rules: RecommendationRules): Choice {
  const criteria = criteriaOf(rules)
  const aPriori = scoresOf(criteria.aPriori, situation)
  const reading = readingOf(situation)
  const read = reading === 'aim' ? scoresOf(criteria.aim, situation) : aPriori
  const { recommended, exception, margin } = decide(situation, read.result, rules.referentials)
  const asked = preconditions(situation.answers, rules.referentials)
  const told = contradictions(situation, rules.maturity)
  const used = reading === 'aim' ? criteria.aim : criteria.aPriori
  const guaranteed = guaranteedMargin(recommended, used, criteria.values, situation)
  const { coverage, scores, intervals } = read.result
  return {
    recommended,
    reading,
    scores,
    intervals,
    aPriori: aPriori.result,
    contributions: read.contributions,
    confidence: confidence(
      { recommended, exception, margin, guaranteed, coverage },
      aimFit(recommended, criteria, situation),
      { asked, told },
      rules.referentials,
    ),
    preconditions: asked,
    contradictions: told,
    exception,
  }
}

/** The same without how sure it is: some microseconds. */
export function outcomeOf(situation: Situation, rules: RecommendationRules): Outcome {
  const criteria = criteriaOf(rules)
  const reading = readingOf(situation)
  const { result } = scoresOf(reading === 'aim' ? criteria.aim : criteria.aPriori, situation)
  return { ...decide(situation, result, rules.referentials), reading, scores: result.scores }
}

function readingOf({ answers }: Situation): Choice['reading'] {
  return answers.aim === null ? 'a_priori' : 'aim'
}

function scoresOf(
  criteria: Each<readonly Criterion[]>,
  situation: Situation,
): { readonly result: Scores; readonly contributions: readonly Contribution[] } {
  const scored = REFERENTIALS.map((referential) => {
    const contributions = criteria[referential].map((criterion): Contribution => {
      const { key, weight } = criterion
      const { fit, range, known, knownShare } = criterionFit(criterion, situation)
      return { referential, criterion: key, weight, fit, range, known, knownShare, points: weight * fit }
    })
    const sum = (of: (one: Contribution) => number) =>
      contributions.reduce((total, one) => total + of(one), 0)
    return {
      referential,
      contributions,
      score: sum(({ points }) => points),
      interval: [
        sum(({ weight, range }) => weight * range[0]),
        sum(({ weight, range }) => weight * range[1]),
      ] as const,
      coverage: sum(({ weight, knownShare }) => weight * knownShare) / sum(({ weight }) => weight),
    }
  })
  const best = scored.reduce((first, one) => (one.score > first.score + TIE ? one : first))
  const others = scored.filter((one) => one !== best)
  const each = <Of>(of: (one: (typeof scored)[number]) => Of) =>
    Object.fromEntries(scored.map((one) => [one.referential, of(one)])) as Record<Referential, Of>
  return {
    result: {
      recommended: best.referential,
      scores: each(({ score }) => score),
      intervals: each(({ interval }) => interval),
      margin: best.score - Math.max(...others.map(({ score }) => score)),
      coverage: scored.reduce((total, one) => total + one.coverage, 0) / scored.length,
    },
    contributions: scored.flatMap((one) => one.contributions),
  }
}

function decide(
  { answers }: Situation,
  { recommended: best, scores, coverage }: Scores,
  { general }: ReferentialRules,
): { readonly recommended: Referential; readonly exception: Exception | null; readonly margin: number } {
  const rule: Exception | null =
    answers.aim === 'none'
      ? 'aim_none'
      : answers.aim === null && coverage < general.coverage - TIE
        ? 'aim_unknown'
        : null
  const recommended = rule === null ? best : 'generaliste'
  const others = REFERENTIALS.filter((key) => key !== recommended).map((key) => scores[key])
  return {
    recommended,
    exception: recommended === best ? null : rule,
    margin: scores[recommended] - Math.max(...others),
  }
}

/** How well the aim stands for a référentiel, 0–1; null: not asked. */
function aimFit(
  recommended: Referential,
  criteria: Criteria,
  { answers: { aim } }: Situation,
): number | null {
  if (aim === null) return null
  const own = criteria.aim[recommended]
    .flatMap(({ parts }) => parts)
    .find(({ key, share }) => key === 'aim' && share === 1)
  return own === undefined ? 1 : own.fit(aim) // rules without the criterion ask nothing of the aim
}

function confidence(
  decided: Omit<Confidence, 'level' | 'heldBackBy'> & Pick<Choice, 'recommended' | 'exception'>,
  aim: number | null,
  { asked, told }: { readonly asked: readonly Precondition[]; readonly told: readonly Contradiction[] },
  { confidence: bounds }: ReferentialRules,
): Confidence {
  const { recommended, exception, margin, guaranteed, coverage } = decided
  const uncovered = coverage < bounds.coverage - TIE
  const heldBackBy = [
    ...(exception === null ? [] : ['exception']),
    ...(uncovered ? ['coverage'] : []),
    ...(margin < bounds.high - TIE ? ['margin'] : []),
    ...(guaranteed > TIE ? [] : ['guaranteed']),
    ...((aim ?? 0) >= 0.5 ? [] : ['aim']),
    ...openPreconditions(asked, recommended).map(({ key }) => `precondition:${key}`),
    ...told.map(({ key }) => `contradiction:${key}`),
  ]
  // An exception decides against more points: its margin is under any bound.
  const weak = uncovered || margin < bounds.low - TIE
  const level = weak ? 'low' : heldBackBy.length === 0 ? 'high' : 'medium'
  return { level, margin, guaranteed, coverage, heldBackBy }
}
