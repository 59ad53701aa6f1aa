import { answerChanges } from './answer-changes.ts'
import type { AnswerKey } from './answer-changes.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Answers, Referential, Situation } from './diagnostic.ts'
import { maturity } from './maturity.ts'
import { choose } from './recommendation.ts'
import type { RecommendationRules } from './rules/recommendation.ts'

/** A change of one answer that changes the recommendation. */
export type Counterfactual = {
  readonly change: Partial<Answers>
  readonly recommended: Referential
  /** Rungs of its ladder; an aim, or an answer not yet given, counts as one. */
  readonly steps: number
  /** How far ahead the new recommendation would be, in points. */
  readonly margin: number
}

/**
 * Tries each other value of each answer and keeps, of each question and each référentiel that it can lead to, the
 * nearest one: fewest rungs, then the clearest result, then the order of référentiels and of questions. The nearest of
 * all comes first; none: no single answer changes the recommendation.
 */
export function counterfactuals(
  situation: Situation,
  recommended: Referential,
  rules: RecommendationRules,
): Counterfactual[] {
  const found = answerChanges(situation.answers, rules.maturity).flatMap(({ key, change, steps }, order) => {
    const changed = { ...situation, answers: { ...situation.answers, ...change } }
    const choice = choose(changed, maturity(changed, rules.maturity), rules.referentials)
    if (choice.recommended === recommended) return []
    const { margin } = choice.confidence
    return [{ key, change, steps, margin, recommended: choice.recommended, order }]
  })
  const nearest = new Map<string, (typeof found)[number]>()
  for (const one of found.sort(byNearness)) {
    const kind = `${one.key} ${one.recommended}`
    if (!nearest.has(kind)) nearest.set(kind, one)
  }
  return [...nearest.values()].map(({ change, recommended, steps, margin }) => ({
    change,
    recommended,
    steps,
    margin,
  }))
}

type Candidate = Counterfactual & { readonly key: AnswerKey; readonly order: number }

function byNearness(one: Candidate, other: Candidate): number {
  return (
    one.steps - other.steps ||
    other.margin - one.margin ||
    REFERENTIALS.indexOf(one.recommended) - REFERENTIALS.indexOf(other.recommended) ||
    one.order - other.order
  )
}
