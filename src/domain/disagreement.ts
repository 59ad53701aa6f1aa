import type { Counterfactual } from './counterfactual.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import { meanings } from './meaning.ts'
import type { Choice } from './scoring.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import { conditionOf } from './subjects.ts'
import { counted, frenchList, frenchNumber, typeset } from './typography.ts'

/** Where the human choice is another than the recommended one: both stand, and why they differ. */
export type Disagreement = {
  readonly retained: Referential
  readonly recommended: Referential
  /** Points of the recommended − points of the retained; below 0 where an exception decided against the points. */
  readonly gap: number
  /** French: the two scores, what speaks for the recommended one, for the retained one, and what would join them. */
  readonly sentences: readonly string[]
}

/** How many reasons are said on each side. */
const REASONS = 2

/** The human choice against the recommended référentiel; null where there is none, or where they are one. */
export function disagreement(
  retained: Referential | null,
  choice: Omit<Choice, 'exception'>,
  situation: Situation,
  changes: readonly Counterfactual[],
  rules: RecommendationRules,
): Disagreement | null {
  const { recommended, scores } = choice
  if (retained === null || retained === recommended) return null
  const gap = scores[recommended] - scores[retained]
  const [kept, advised] = [REFERENTIAL_LABELS[retained], REFERENTIAL_LABELS[recommended]]
  const joining = changes.find((one) => one.recommended === retained)
  const sentences = [
    `Le Hub a retenu « ${kept} » (${counted(scores[retained], 'point')}) ; les règles recommandent « ${advised} » (${counted(scores[recommended], 'point')}).`,
    ...speaksFor(recommended, choice, situation, rules),
    ...speaksFor(retained, choice, situation, rules),
    joining === undefined
      ? `Aucune réponse ni aucun chiffre, changé seul, ne mènerait les règles à « ${kept} ».`
      : `Les règles rejoindraient ce choix si ${conditionOf(joining.change, situation)}.`,
  ]
  return { retained, recommended, gap, sentences: sentences.map(typeset) }
}

/** The known criteria that speak for a référentiel, strongest first; nothing where none does. */
function speaksFor(
  referential: Referential,
  { contributions }: Pick<Choice, 'contributions'>,
  situation: Situation,
  rules: RecommendationRules,
): string[] {
  const own = contributions.filter((one) => one.referential === referential)
  const strong = meanings(own, situation, rules).strong.slice(0, REASONS)
  if (strong.length === 0) return []
  const said = strong.map(
    ({ one, clauses }) =>
      `${frenchList(clauses)} (${frenchNumber(one.points)} sur ${frenchNumber(one.weight)})`,
  )
  return [`Pour « ${REFERENTIAL_LABELS[referential]} » : ${frenchList(said)}.`]
}
