import { REFERENTIAL_LABELS } from './labels.ts'
import type { Answers } from './diagnostic.ts'
import type { Choice, Contribution } from './recommendation.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { exceptionCause, meaning, nothingKnown, unknownSubjects } from './sentences.ts'
import { frenchList, typeset } from './typography.ts'

/** How many of the criteria that speak for a référentiel are named. */
const NAMED = 2
/** How many unanswered questions are named before « … » others. */
const ASKED = 3

/**
 * The cell « Pourquoi »: three plain sentences at most, without figures. What speaks for the référentiel; what speaks
 * against it; what is not known yet, else what would change it.
 */
export function why(
  choice: Choice,
  answers: Answers,
  rules: RecommendationRules,
  counterfactual: string | null,
): string[] {
  if (choice.contributions.every((one) => !one.known)) return [typeset(nothingKnown(choice))]
  const own = choice.contributions.filter((one) => one.referential === choice.recommended)
  const known = own.filter((one) => one.known)
  const words = (one: Contribution) => meaning(one, rules, answers)
  const strong = known.filter(({ fit }) => (fit ?? 0) >= 0.5).sort((one, other) => other.points - one.points)
  const weak = known.filter(({ fit }) => (fit ?? 0) < 0.5).sort((one, other) => lost(other) - lost(one))
  const [against] = weak
  return [
    forIt(choice, strong.slice(0, NAMED).map(words)),
    ...(against === undefined ? [] : [`À nuancer : ${words(against)}.`]),
    ...open(unknownSubjects(own, rules), counterfactual),
  ].map(typeset)
}

function forIt(choice: Choice, strong: readonly string[]): string {
  const name = `« ${REFERENTIAL_LABELS[choice.recommended]} »`
  const cause = exceptionCause(choice)
  if (cause !== null)
    return `${name} est recommandé parce ${that(cause)} : un accompagnement polyvalent convient mieux.`
  if (strong.length === 0) return `${name} l'emporte de peu : aucun critère ne le porte nettement.`
  return `${name} est recommandé parce ${frenchList(strong.map(that))}.`
}

/** « que les fiches … », « qu'un réseau … » */
function that(words: string): string {
  return /^[aeiouyàâéèêîôû]/iu.test(words) ? `qu'${words}` : `que ${words}`
}

function open(unknown: readonly string[], counterfactual: string | null): string[] {
  if (unknown.length === 0) return counterfactual === null ? [] : [counterfactual]
  const others = unknown.length - ASKED
  const named = others > 1 ? [...unknown.slice(0, ASKED), `${others} autres points`] : unknown
  return [`Pas encore de réponse : ${frenchList(named)}.`]
}

function lost({ weight, points }: Contribution): number {
  return weight - points
}
