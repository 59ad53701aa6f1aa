import { changesOf, QUESTIONS } from './answer-changes.ts'
import type { AnswerKey } from './answer-changes.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Referential, Situation } from './diagnostic.ts'
import { choose } from './scoring.ts'
import type { Choice, Confidence } from './scoring.ts'
import type { RecommendationRules } from './rules/recommendation.ts'

/** A question that nobody has answered, and what an answer is worth. */
export type NextQuestion = {
  readonly question: AnswerKey
  /** How many answers it may have. */
  readonly answers: number
  /** 0–1: the share of its possible answers after which the confidence has each level. */
  readonly levels: Readonly<Record<Confidence['level'], number>>
  /** Points by which an answer moves what is guaranteed, in the mean of its possible answers. */
  readonly gain: number
  /** 0–1: by how much an answer raises the coverage, in the mean. */
  readonly coverage: number
  /** The other référentiels that an answer could lead to, in their order. */
  readonly leadsTo: readonly Referential[]
}

/**
 * The unanswered questions, the one most worth asking first. An answer is not known before it is given, so each of its
 * possible values counts alike, and what is compared is what confidence would be in the mean over them:
 * first the level (faible 0, moyenne 1, élevée 2), then the guaranteed margin of DOMAIN.md section 3, then the coverage,
 * then the order of the questions.
 */
export function nextQuestions(situation: Situation, now: Choice, rules: RecommendationRules): NextQuestion[] {
  const asked = QUESTIONS.filter((key) => situation.answers[key] === null).flatMap((question) => {
    const choices = changesOf(question, situation.answers, rules.maturity).map(({ change }) => {
      const changed = { ...situation, answers: { ...situation.answers, ...change } }
      return choose(changed, rules)
    })
    return choices.length === 0 ? [] : [worth(question, now, choices)]
  })
  return asked.sort(
    (one, other) => rank(other) - rank(one) || other.gain - one.gain || other.coverage - one.coverage, // else as asked
  )
}

function worth(question: AnswerKey, now: Choice, choices: readonly Choice[]): NextQuestion {
  const mean = (of: (one: Choice) => number) =>
    choices.reduce((sum, one) => sum + of(one), 0) / choices.length
  const share = (level: Confidence['level']) => mean(({ confidence }) => (confidence.level === level ? 1 : 0))
  return {
    question,
    answers: choices.length,
    levels: { low: share('low'), medium: share('medium'), high: share('high') },
    gain: mean(({ confidence }) => confidence.guaranteed) - now.confidence.guaranteed,
    coverage: mean(({ confidence }) => confidence.coverage) - now.confidence.coverage,
    leadsTo: REFERENTIALS.filter(
      (key) => key !== now.recommended && choices.some(({ recommended }) => recommended === key),
    ),
  }
}

function rank({ levels }: NextQuestion): number {
  return levels.medium + 2 * levels.high
}
