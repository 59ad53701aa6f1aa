import { ANSWER_VALUES } from './diagnostic.ts'
import type { Answers, ChoiceKey } from './diagnostic.ts'
import type { MaturityRules } from './rules/maturity.ts'

/** The key of one of the ten questions of the diagnostic. */
export type AnswerKey = keyof Answers

/** The ten questions, in the order in which they are asked of the rules: the choices, then the number. */
export const QUESTIONS: readonly AnswerKey[] = [
  ...(Object.keys(ANSWER_VALUES) as ChoiceKey[]),
  'meetingsPerYear',
]

/** One answer with another value. */
export type AnswerChange = {
  readonly key: AnswerKey
  readonly value: string | number
  readonly change: Partial<Answers>
}

/** Each other value of each answer, question by question; of meetings, those up to the number that counts as full. */
export function answerChanges(answers: Answers, rules: MaturityRules): AnswerChange[] {
  return QUESTIONS.flatMap((key) => changesOf(key, answers, rules))
}

/** Each other value that this answer may take. */
export function changesOf(key: AnswerKey, answers: Answers, rules: MaturityRules): AnswerChange[] {
  const values = key === 'meetingsPerYear' ? meetings(rules) : ANSWER_VALUES[key]
  return values
    .filter((value) => value !== answers[key])
    .map((value) => ({ key, value, change: { [key]: value } }))
}

function meetings(rules: MaturityRules): readonly number[] {
  const rule = rules.factors.network.indicators.find((indicator) => indicator.key === 'meetingsPerYear')
  const full = rule?.kind === 'count' ? Math.ceil(rule.full) : 0
  return Array.from({ length: full + 1 }, (_, count) => count)
}
