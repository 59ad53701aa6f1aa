import { ANSWER_VALUES, REFERENTIALS } from './diagnostic.ts'
import type { Answers, Referential } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import type { ReferentialRules } from './rules/referentials.ts'
import { typeset } from './typography.ts'

/** What a référentiel asks for before it can begin; `met` null: not known. */
export type Precondition = {
  /** 'reseau.network' */
  readonly key: string
  readonly met: boolean | null
  /** French, a whole sentence. */
  readonly sentence: string
}

/**
 * The preconditions of every référentiel (DOMAIN.md section 3; the first is the Hub's: « en se basant sur un réseau
 * constitué et stable »).
 */
export function preconditions(answers: Answers, { referentials }: ReferentialRules): Precondition[] {
  return REFERENTIALS.flatMap((referential) =>
    referentials[referential].requires.map(({ answer, atLeast, met, unmet, unknown }) => {
      const ladder: readonly string[] = ANSWER_VALUES[answer]
      const given = answers[answer]
      const holds = given === null ? null : ladder.indexOf(given) >= ladder.indexOf(atLeast)
      const sentence =
        holds === null ? `Préalable : ${unknown}.` : holds ? `${met}.` : `Préalable : ${unmet}.`
      return { key: `${referential}.${answer}`, met: holds, sentence: typeset(sentence) }
    }),
  )
}

/** What a référentiel that people retained asks for and that is not there yet, or not known, in French. */
export function retainedPreconditions(
  retained: Referential | null,
  all: readonly Precondition[],
): readonly { readonly met: false | null; readonly sentence: string }[] {
  if (retained === null) return []
  return openPreconditions(all, retained).map(({ met, sentence }) => ({
    met: met === false ? met : null,
    sentence: typeset(`« ${REFERENTIAL_LABELS[retained]} » est retenu. ${sentence}`),
  }))
}

/** Those of one référentiel that are not met, or of which nobody knows. */
export function openPreconditions(all: readonly Precondition[], referential: Referential): Precondition[] {
  return all.filter(({ key, met }) => key.startsWith(`${referential}.`) && met !== true)
}
