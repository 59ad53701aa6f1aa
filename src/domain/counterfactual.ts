import { ANSWER_VALUES, REFERENTIALS } from './diagnostic.ts'
import type { Answers, ChoiceKey, Referential, Situation } from './diagnostic.ts'
import { maturity } from './maturity.ts'
import { choose } from './recommendation.ts'
import type { MaturityRules } from './rules/maturity.ts'
import type { ReferentialRules } from './rules/referentials.ts'

/** The smallest change of one answer that changes the recommendation. */
export type Counterfactual = {
  readonly change: Partial<Answers>
  readonly recommended: Referential
}

type Candidate = Counterfactual & { readonly steps: number; readonly margin: number; readonly order: number }

/**
 * Tries each other value of each answer and keeps the nearest that changes the recommendation: fewest rungs of its
 * ladder (an aim, or an answer not yet given, counts as one), then the clearest result, then the order of questions.
 * null: no single answer changes it.
 */
export function counterfactual(
  situation: Situation,
  recommended: Referential,
  rules: { readonly maturity: MaturityRules; readonly referentials: ReferentialRules },
): Counterfactual | null {
  const found: Candidate[] = []
  for (const { change, steps } of changes(situation.answers, rules.maturity)) {
    const changed = { ...situation, answers: { ...situation.answers, ...change } }
    const choice = choose(changed, maturity(changed, rules.maturity), rules.referentials)
    if (choice.recommended === recommended) continue
    const margin = choice.confidence.margin
    found.push({ change, steps, margin, recommended: choice.recommended, order: found.length })
  }
  const [nearest] = found.sort(byNearness)
  return nearest === undefined ? null : { change: nearest.change, recommended: nearest.recommended }
}

function byNearness(one: Candidate, other: Candidate): number {
  return (
    one.steps - other.steps ||
    other.margin - one.margin ||
    REFERENTIALS.indexOf(one.recommended) - REFERENTIALS.indexOf(other.recommended) ||
    one.order - other.order
  )
}

type Change = { readonly change: Partial<Answers>; readonly steps: number }

function changes(answers: Answers, rules: MaturityRules): Change[] {
  const choices = (Object.keys(ANSWER_VALUES) as ChoiceKey[]).flatMap((key) => choiceChanges(key, answers))
  return [...choices, ...meetingChanges(answers.meetingsPerYear, rules)]
}

function choiceChanges(key: ChoiceKey, answers: Answers): Change[] {
  const values: readonly string[] = ANSWER_VALUES[key]
  const now = answers[key] === null ? -1 : values.indexOf(answers[key])
  return values.flatMap((value, index) => {
    if (index === now) return []
    const steps = now === -1 || key === 'aim' ? 1 : Math.abs(index - now)
    return [{ change: { [key]: value }, steps }]
  })
}

function meetingChanges(now: number | null, rules: MaturityRules): Change[] {
  const rule = rules.factors.network.indicators.find((indicator) => indicator.key === 'meetingsPerYear')
  const full = rule?.kind === 'count' ? Math.ceil(rule.full) : 0
  const counts = Array.from({ length: full + 1 }, (_, count) => count)
  return counts.flatMap((count) =>
    count === now
      ? []
      : [{ change: { meetingsPerYear: count }, steps: now === null ? 1 : Math.abs(count - now) }],
  )
}
