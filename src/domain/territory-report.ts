import { counterfactuals } from './counterfactual.ts'
import type { Counterfactual } from './counterfactual.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Answers, Referential, Situation } from './diagnostic.ts'
import { maturity } from './maturity.ts'
import type { Maturity } from './maturity.ts'
import { nextQuestions } from './next-question.ts'
import type { NextQuestion } from './next-question.ts'
import { choose } from './recommendation.ts'
import type { Choice } from './recommendation.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { counterfactualSentence, reasons } from './sentences.ts'
import { marginSentence, nextQuestionSentence } from './sensitivity-sentences.ts'
import { typeset } from './typography.ts'
import { workloads } from './workload.ts'
import type { Workload } from './workload.ts'
import { why } from './why.ts'

/** What the service recommends for one EPCI, with all that explains it. The public JSON of `recommend`, less the hash. */
export type TerritoryReport = Omit<Choice, 'exception'> & {
  /** French, strongest first. */
  readonly reasons: readonly string[]
  readonly method: readonly string[]
  readonly counterfactual: {
    readonly change: Partial<Answers>
    readonly recommended: Referential
    readonly sentence: string
  } | null
  readonly sensitivity: Sensitivity
  /** The unanswered questions, the one most worth asking first. */
  readonly nextQuestions: readonly (NextQuestion & { readonly sentence: string })[]
  readonly factors: Maturity
  /** Of the recommended référentiel. */
  readonly workload: Workload
  readonly workloads: Readonly<Record<Referential, Workload>>
  /** `reasons` in three plain sentences at most, without figures: what NocoDB shows. */
  readonly why: readonly string[]
}

/** How firmly the recommendation stands. */
export type Sensitivity = {
  /** The best of the others. */
  readonly runnerUp: Referential
  /** The recommended score − the runner-up's, in points; below 0 where an exception decided. */
  readonly margin: number
  /** Single answers that would change it, smallest change first; the first is `counterfactual`. */
  readonly changes: readonly (Counterfactual & { readonly sentence: string })[]
  /** French: how wide the margin is, and what it leaves open. */
  readonly sentence: string
}

/** The one entrance: what is known of an EPCI → recommendation, reasons and workload. Pure: same input, same bytes. */
export function assessTerritory(situation: Situation, rules: RecommendationRules): TerritoryReport {
  const factors = maturity(situation, rules.maturity)
  const choice = choose(situation, factors, rules.referentials)
  const changes = counterfactuals(situation, choice.recommended, rules).map((one) => ({
    ...one,
    sentence: counterfactualSentence(one, situation.answers),
  }))
  const [nearest] = changes
  const all = workloads(situation, factors, rules.referentials)
  return {
    recommended: choice.recommended,
    scores: choice.scores,
    intervals: choice.intervals,
    contributions: choice.contributions,
    confidence: choice.confidence,
    reasons: reasons(choice, situation.answers, rules),
    method: rules.referentials.referentials[choice.recommended].method.map(typeset),
    counterfactual:
      nearest === undefined
        ? null
        : { change: nearest.change, recommended: nearest.recommended, sentence: nearest.sentence },
    factors,
    workload: all[choice.recommended],
    workloads: all,
    sensitivity: sensitivity(choice, changes, situation.answers),
    nextQuestions: nextQuestions(situation, choice, rules).map((one) => ({
      ...one,
      sentence: nextQuestionSentence(one),
    })),
    why: why(choice, situation.answers, rules, nearest?.sentence ?? null),
  }
}

function sensitivity(choice: Choice, changes: Sensitivity['changes'], answers: Answers): Sensitivity {
  const { recommended, scores, confidence } = choice
  const others = REFERENTIALS.filter((key) => key !== recommended)
  const runnerUp = others.reduce((first, key) => (scores[key] > scores[first] ? key : first))
  const sentence = marginSentence({ recommended, runnerUp, confidence }, changes, answers)
  return { runnerUp, margin: confidence.margin, changes, sentence }
}
