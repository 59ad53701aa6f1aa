import { QUESTIONS } from './answer-changes.ts'
import type { AnswerKey } from './answer-changes.ts'
import { ANSWER_VALUES } from './diagnostic.ts'
import type { SomeAnswers } from './new-answers.ts'
import { typeset } from './typography.ts'

/** What a form says where it does not know: never written, since it is no answer. */
export const DO_NOT_KNOW = 'unknown'

/** What a form of ten questions says, and why some of it cannot be what is meant, in French. */
export type HeardDiagnostic = {
  readonly answers: SomeAnswers
  readonly faults: readonly { readonly name: AnswerKey; readonly message: string }[]
}

/** More meetings a year than days are a slip of the hand. */
const MOST_MEETINGS = 366

/**
 * Reads a form: a question without an answer, and « je ne sais pas », say nothing.
 * @param given what was sent, by the key of the question; a number as people write it (« 3 », « 3 fois par an », « aucune »)
 */
export function hearDiagnostic(given: Readonly<Record<string, string>>): HeardDiagnostic {
  const answers: Record<string, string | number> = {}
  const faults: { name: AnswerKey; message: string }[] = []
  for (const name of QUESTIONS) {
    const written = (given[name] ?? '').trim()
    if (name === 'meetingsPerYear') {
      const isUnknown = given[`${name}-${DO_NOT_KNOW}`] !== undefined
      const read = readMeetings(written)
      if (read === null) continue
      if (isUnknown) faults.push({ name, message: typeset(BOTH) })
      else if (read === 'fault') faults.push({ name, message: typeset(NO_NUMBER) })
      else answers[name] = read
    } else if (written !== '' && written !== DO_NOT_KNOW) {
      if ((ANSWER_VALUES[name] as readonly string[]).includes(written)) answers[name] = written
      else faults.push({ name, message: typeset(NO_CHOICE) })
    }
  }
  return { answers, faults }
}

const BOTH = "Écrivez un nombre ou cochez « je ne sais pas », pas l'un et l'autre."
const NO_NUMBER = `Écrivez un nombre entier de 0 à ${MOST_MEETINGS}, par exemple 3 ; ou cochez « je ne sais pas ».`
const NO_CHOICE = "Cette réponse n'est pas dans la liste : choisissez-en une."

/** null: nothing was written. */
function readMeetings(written: string): number | 'fault' | null {
  if (written === '') return null
  if (/^(?:aucune?|jamais|zéro)$/iu.test(written)) return 0
  const [, digits] =
    /^(\d{1,4})(?:\s*(?:fois|rencontres?|réunions?))?(?:\s*(?:par an|\/\s*an))?\.?$/iu.exec(written) ?? []
  if (digits === undefined || Number(digits) > MOST_MEETINGS) return 'fault'
  return Number(digits)
}

/** Who answered, where somebody without an account does not say; what they say stands behind it. */
export const BY_FORM = 'Formulaire public'

/** Whether « Auteur·rice » tells that the public form was answered. */
export function isByForm(author: unknown): boolean {
  return typeof author === 'string' && author.trimStart().startsWith(BY_FORM)
}
