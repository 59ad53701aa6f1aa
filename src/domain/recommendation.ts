import { counterfactuals, isAimChange } from './counterfactual.ts'
import type { Counterfactual, SingleChange } from './counterfactual.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { maturity } from './maturity.ts'
import type { Maturity } from './maturity.ts'
import { nearTie } from './near-tie.ts'
import type { NearTie } from './near-tie.ts'
import { nextQuestions } from './next-question.ts'
import type { NextQuestion } from './next-question.ts'
import { choose } from './scoring.ts'
import type { Choice } from './scoring.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { reasons } from './sentences.ts'
import { marginSentence, nextQuestionSentence } from './sensitivity-sentences.ts'
import { counterfactualSentence } from './subjects.ts'
import { typeset } from './typography.ts'
import { workloads } from './workload.ts'
import type { Workload } from './workload.ts'
import { shortReasons } from './short-reasons.ts'

/** One change that would turn the recommendation, in words too. */
export type ToldCounterfactual = {
  readonly change: SingleChange
  readonly recommended: Referential
  readonly sentence: string
}

/** What the service recommends for one EPCI, with all that explains it. The public JSON of `recommend`, less the hash. */
export type Recommendation = Omit<Choice, 'exception'> & {
  /** French, strongest first. */
  readonly reasons: readonly string[]
  readonly method: readonly string[]
  /** The nearest change of one answer or figure, never of the aim. */
  readonly counterfactual: ToldCounterfactual | null
  /** The nearest change of the aim. */
  readonly counterfactualAim: ToldCounterfactual | null
  readonly sensitivity: Sensitivity
  /** The unanswered questions, the one most worth asking first. */
  readonly nextQuestions: readonly (NextQuestion & { readonly sentence: string })[]
  readonly factors: Maturity
  /** Of the recommended référentiel. */
  readonly workload: Workload
  readonly workloads: Readonly<Record<Referential, Workload>>
  /** What each would take, where the points hardly decide; null: they do. */
  readonly nearTie: NearTie | null
  /** `reasons` in few plain sentences, without figures but the days near a tie: what NocoDB shows. */
  readonly why: readonly string[]
}

/** How firmly the recommendation stands. */
export type Sensitivity = {
  /** The best of the others. */
  readonly runnerUp: Referential
  /** The recommended score − the runner-up's, in points; below 0 where an exception decided. */
  readonly margin: number
  /** Single answers and figures that would change it, smallest change first, those of the aim last. */
  readonly changes: readonly (Counterfactual & { readonly sentence: string })[]
  /** French: how wide the margin is, and what it leaves open. */
  readonly sentence: string
}

/** The one entrance: what is known of an EPCI → recommendation, reasons and workload. Pure: same input, same bytes. */
export function recommend(situation: Situation, rules: RecommendationRules): Recommendation {
  const factors = maturity(situation, rules.maturity)
  const { exception, ...choice } = choose(situation, rules)
  const decided = { ...choice, exception }
  const changes = counterfactuals(situation, choice.recommended, rules).map((one) => ({
    ...one,
    sentence: counterfactualSentence(one, situation),
  }))
  const nearest = changes.find((one) => !isAimChange(one))
  const all = workloads(situation, factors, rules.referentials)
  const tie = nearTie(choice, all, rules.referentials)
  return {
    ...choice,
    reasons: reasons(decided, situation, rules),
    method: rules.referentials.referentials[choice.recommended].method.map(typeset),
    counterfactual: told(nearest),
    counterfactualAim: told(changes.find(isAimChange)),
    factors,
    workload: all[choice.recommended],
    workloads: all,
    sensitivity: sensitivity(decided, changes),
    nextQuestions: nextQuestions(situation, decided, rules).map((one) => ({
      ...one,
      sentence: nextQuestionSentence(one),
    })),
    nearTie: tie,
    why: [
      ...shortReasons(decided, situation, rules, nearest?.sentence ?? null),
      ...(tie === null ? [] : [tie.sentence]),
    ],
  }
}

function told(one: Sensitivity['changes'][number] | undefined): ToldCounterfactual | null {
  if (one === undefined) return null
  const { change, recommended, sentence } = one
  return { change, recommended, sentence }
}

function sensitivity(choice: Choice, changes: Sensitivity['changes']): Sensitivity {
  const { recommended, scores, confidence } = choice
  const others = REFERENTIALS.filter((key) => key !== recommended)
  const runnerUp = others.reduce((first, key) => (scores[key] > scores[first] ? key : first))
  const sentence = marginSentence({ recommended, runnerUp, confidence }, changes)
  return { runnerUp, margin: confidence.margin, changes, sentence }
}
