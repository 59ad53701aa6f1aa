import { QUESTIONS } from './answer-changes.ts'
import type { Answers, Situation } from './diagnostic.ts'

/** Some of the ten answers. */
export type SomeAnswers = { readonly [Key in keyof Answers]?: Answers[Key] }

/** Answers of one EPCI that a person changes. */
export type NewDiagnostic = {
  readonly siren: string
  /** As the person saw them. */
  readonly seen: SomeAnswers
  /** As they want them; null is not written, since it erases nothing. */
  readonly wished: SomeAnswers
  /** The account of who asks. */
  readonly author: string
  readonly remark: string
}

/** What became of them; `now`: what the base says, where it is not what the person saw. */
export type KeptDiagnostic =
  | { readonly kind: 'kept' | 'unchanged' }
  | { readonly kind: 'moved'; readonly now: Pick<Situation, 'answers' | 'listed'> }

/** What a new diagnostic is to say; why it may not. */
export type NewAnswers =
  | { readonly kind: 'row'; readonly answers: SomeAnswers }
  /** They all are what the base says already. */
  | { readonly kind: 'unchanged' }
  /** Somebody else answered one of them since it was looked at. */
  | { readonly kind: 'moved' }

/** The answers of `wished` that differ from `seen`: those that a diagnostic can hold, and those that it cannot, and why. */
export function changedAnswers(
  seen: Answers,
  wished: Answers,
  listed: Situation['listed'],
): {
  readonly kept: SomeAnswers
  /** An answer is never erased: the latest that says something counts. */
  readonly unknown: readonly (keyof Answers)[]
  /** Counted in the table « Référents », whatever a form says. */
  readonly counted: readonly (keyof Answers)[]
} {
  const changed = QUESTIONS.filter((key) => wished[key] !== seen[key])
  const counted = changed.filter((key) => key === 'referents' && (listed.referents ?? 0) > 0)
  const said = changed.filter((key) => !counted.includes(key))
  return {
    kept: some(
      wished,
      said.filter((key) => wished[key] !== null),
    ),
    unknown: said.filter((key) => wished[key] === null),
    counted,
  }
}

/** Held against the answers as they are now: nobody's newer answer is written over by who has not seen it. */
export function newAnswers(seen: SomeAnswers, wished: SomeAnswers, now: Answers): NewAnswers {
  const still = QUESTIONS.filter((key) => wished[key] !== undefined && wished[key] !== now[key])
  if (still.some((key) => now[key] !== seen[key])) return { kind: 'moved' }
  return still.length === 0 ? { kind: 'unchanged' } : { kind: 'row', answers: some(wished, still) }
}

function some(of: SomeAnswers, keys: readonly (keyof Answers)[]): SomeAnswers {
  return Object.fromEntries(keys.map((key) => [key, of[key]]))
}
