import { contradictions } from './contradictions.ts'
import type { Declared } from './declared.ts'
import type { Answers } from './diagnostic.ts'
import { INDICATOR_SUBJECTS, answerLabel } from './subjects.ts'
import type { MaturityRules } from './rules/maturity.ts'
import { frenchDay, frenchList, typeset } from './typography.ts'

/** What people should look at again in what they declared of one EPCI, in French; nothing where all is well. */
export function declaredSentences({ refused, voices, answeredOn }: Declared): string[] {
  const old = Object.entries(answeredOn).filter(([, one]) => one.old)
  const subjects = old.map(([key]) => INDICATOR_SUBJECTS[key as keyof typeof INDICATOR_SUBJECTS])
  return [
    ...refused.map(({ date }) => futureSentence(date)),
    ...voices.map(voicesSentence),
    ...(subjects.length === 0 ? [] : [oldSentence(subjects)]),
  ].map(typeset)
}

/** What is to be looked at again in one row of « Diagnostics », in French; null: nothing. */
export function diagnosticNote(
  row: { readonly id: number; readonly answers: Answers },
  { refused, voices }: Declared,
  rules: MaturityRules,
): string | null {
  const future = refused.find(({ diagnostic }) => diagnostic === row.id)
  const said = [
    ...(future === undefined ? [] : [futureSentence(future.date)]),
    ...contradictions({ answers: row.answers, listed: { referents: null } }, rules).map(
      ({ sentence }) => sentence,
    ),
    ...voices.filter((one) => one.voices.some(({ diagnostic }) => diagnostic === row.id)).map(voicesSentence),
  ]
  return said.length === 0 ? null : said.map(typeset).join('\n')
}

function oldSentence(subjects: readonly string[]): string {
  const old = subjects.length === 1 ? 'la réponse est ancienne' : 'les réponses sont anciennes'
  return `À redemander, ${old} : ${frenchList(subjects)}.`
}

function futureSentence(date: string): string {
  return `Un diagnostic daté du ${frenchDay(date)}, dans l'avenir, ne compte pas : corrigez sa date.`
}

function voicesSentence({ question, voices }: Declared['voices'][number]): string {
  const [counts, other] = voices
  const said = voices.map(
    ({ value, date, byForm = false }) =>
      `« ${answerLabel(question, value)} » le ${frenchDay(date)}${byForm ? ', par le formulaire public' : ''}`,
  )
  const isMember = counts?.byForm === undefined && other?.byForm === true
  return `Deux voix sur ${INDICATOR_SUBJECTS[question]} : ${isMember ? said.join(' ; puis ') : frenchList(said)} ; ${isMember ? 'celle d’un membre de la base compte' : 'la plus récente compte'}.`
}
