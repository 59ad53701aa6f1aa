import type { Answers, Listed, Situation } from './diagnostic.ts'
import type { ContradictionRule, MaturityRules } from './rules/maturity.ts'
import { typeset } from './typography.ts'

/** Answers that cannot all be true; they count as given, and it is said. */
export type Contradiction = {
  readonly key: string
  /** French, a whole sentence. */
  readonly sentence: string
}

/** The contradictions of these answers, in the order of config/maturity.yaml (DOMAIN.md section 2). */
export function contradictions(
  { answers, listed }: Pick<Situation, 'answers' | 'listed'>,
  rules: MaturityRules,
): Contradiction[] {
  return rules.contradictions
    .filter(({ when }) => when.every((clue) => holds(clue, answers, listed)))
    .map(({ key, says }) => ({ key, sentence: typeset(says) }))
}

function holds(clue: ContradictionRule['when'][number], answers: Answers, listed: Listed): boolean {
  if ('listed' in clue) return listed[clue.listed] !== null && listed[clue.listed]! <= clue.atMost
  const given = answers[clue.answer]
  if (given === null) return false
  if ('in' in clue) return clue.in.includes(String(given))
  return 'atLeast' in clue ? Number(given) >= clue.atLeast : Number(given) <= clue.atMost
}
