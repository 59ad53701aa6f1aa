import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import { openPreconditions } from './preconditions.ts'
import { meanings } from './meaning.ts'
import { TIE } from './scoring.ts'
import type { Choice } from './scoring.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { exceptionCause, nothingIsKnown, nothingKnown, unknownSubjects } from './sentences.ts'
import { frenchList, typeset } from './typography.ts'

/** How many of the criteria that speak for a référentiel are named. */
const NAMED = 2
/** How many unanswered questions are named before « … » others. */
const ASKED = 3

/**
 * The cell « Pourquoi »: plain sentences without figures. What it asks for first; what speaks for the référentiel; what
 * speaks against it; answers that contradict each other; what is not known yet, else what would change it.
 */
export function shortReasons(
  choice: Choice,
  situation: Situation,
  rules: RecommendationRules,
  counterfactual: string | null,
): string[] {
  if (nothingIsKnown(choice)) return [typeset(nothingKnown(choice))]
  const own = choice.contributions.filter((one) => one.referential === choice.recommended)
  const { strong, weak } = meanings(own, situation, rules)
  const [against] = weak
  return [
    ...openPreconditions(choice.preconditions, choice.recommended).map(({ sentence }) => sentence),
    forIt(
      choice,
      strong.slice(0, NAMED).flatMap(({ clauses }) => clauses),
      own.some(({ knownShare, range }) => knownShare > 0 && range[0] >= 0.5),
    ),
    ...(against === undefined ? [] : [`À nuancer : ${frenchList(against.clauses)}.`]),
    ...choice.contradictions.map(({ sentence }) => sentence),
    ...open(unknownSubjects(own, rules, situation), counterfactual),
  ].map(typeset)
}

/** @param carried whether a criterion speaks for it, with words or without */
function forIt(choice: Choice, strong: readonly string[], carried: boolean): string {
  const name = `« ${REFERENTIAL_LABELS[choice.recommended]} »`
  const cause = exceptionCause(choice)
  if (cause !== null)
    return `${name} est recommandé parce ${that(cause)} et qu'un accompagnement polyvalent convient alors mieux.`
  const equal = first(choice).map((one) => `« ${REFERENTIAL_LABELS[one]} »`)
  if (strong.length === 0 && equal.length > 1)
    return `${frenchList(equal)} ont autant de points : ${name} est proposé par défaut.`
  if (strong.length === 0)
    return carried
      ? `${name} a le plus de points.`
      : `${name} a le plus de points, sans qu'aucun critère connu ne le porte nettement.`
  return `${name} est recommandé parce ${frenchList(strong.map(that))}.`
}

/** Those that nothing is ahead of. */
function first({ scores }: Choice): readonly Referential[] {
  const most = Math.max(...Object.values(scores))
  return REFERENTIALS.filter((one) => scores[one] > most - TIE)
}

/** « que les fiches … », « qu'un réseau … » */
function that(words: string): string {
  return /^[aeiouyàâéèêîôû]/iu.test(words) ? `qu'${words}` : `que ${words}`
}

function open(unknown: readonly string[], counterfactual: string | null): string[] {
  if (unknown.length === 0) return counterfactual === null ? [] : [counterfactual]
  const others = unknown.length - ASKED
  const named = others > 1 ? [...unknown.slice(0, ASKED), `${others} autres points`] : unknown
  return [`Pas encore connu : ${frenchList(named)}.`]
}
