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
  /** Rungs of its ladder; an aim, or an answer not yet given, counts as one. */
  readonly steps: number
}

/** Each other value of each answer, question by question; of meetings, those up to the number that counts as full. */
export function answerChanges(answers: Answers, rules: MaturityRules): AnswerChange[] {
  return QUESTIONS.flatMap((key) => changesOf(key, answers, rules))
}

/** Each other value that this answer may take. */
export function changesOf(key: AnswerKey, answers: Answers, rules: MaturityRules): AnswerChange[] {
  return key === 'meetingsPerYear'
    ? meetingChanges(answers.meetingsPerYear, rules)
    : choiceChanges(key, answers)
}

function choiceChanges(key: ChoiceKey, answers: Answers): AnswerChange[] {
  const values: readonly string[] = ANSWER_VALUES[key]
  const now = answers[key] === null ? -1 : values.indexOf(answers[key])
  return values.flatMap((value, index) => {
    if (index === now) return []
    const steps = now === -1 || key === 'aim' ? 1 : Math.abs(index - now)
    return [{ key, value, change: { [key]: value }, steps }]
  })
}

function meetingChanges(now: number | null, rules: MaturityRules): AnswerChange[] {
  const rule = rules.factors.network.indicators.find((indicator) => indicator.key === 'meetingsPerYear')
  const full = rule?.kind === 'count' ? Math.ceil(rule.full) : 0
  const counts = Array.from({ length: full + 1 }, (_, count) => count)
  return counts.flatMap((value) => {
    if (value === now) return []
    const steps = now === null ? 1 : Math.abs(value - now)
    return [{ key: 'meetingsPerYear', value, change: { meetingsPerYear: value }, steps }]
  })
}
