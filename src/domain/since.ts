import { answerShift } from './changes-sentences.ts'
import { QUESTIONS } from './answer-changes.ts'
import type { AnswerKey } from './answer-changes.ts'
import type { Answers, Referential } from './diagnostic.ts'
import type { EpciReport } from './epci-report.ts'
import { CONFIDENCE_LABELS, REFERENTIAL_LABELS } from './labels.ts'
import type { Confidence } from './scoring.ts'
import { capital, counted, frenchNumber, typeset } from './typography.ts'

/** How an EPCI stood at the end of a day: means in 0–100, counts of records; null: unknown. */
export type Standing = {
  readonly actors: number
  readonly completeness: number | null
  readonly freshness: number | null
  readonly recommended: string | null
  readonly confidence: string | null
  readonly prefilled: number
  readonly expected: number | null
  /** What people had chosen and answered; absent: it is not known of that day. */
  readonly said?: { readonly retained: Referential | null; readonly answers: Answers }
}

/** What moved of one EPCI: what was recommended first, then how sure, then its records. */
export type Moved = {
  readonly turned: boolean
  /** Records more or less, present and pre-filled. */
  readonly actors: number
  readonly prefilled: number
  readonly sentences: readonly string[]
}

/** Below so many points a mean has not moved. */
const A_POINT = 1

/** What changed of an EPCI since a day; sentences are empty where nothing did. */
export function movedSince(before: Standing, now: EpciReport): Moved {
  const { recommendation, prefill } = now
  const turned = before.recommended !== null && before.recommended !== recommendation.recommended
  const { level } = recommendation.confidence
  const actors = now.actors - before.actors
  const prefilled = prefill.prefilled - before.prefilled
  const sentences = [
    ...(before.said === undefined ? [] : saidSince(before.said, now)),
    ...(turned
      ? [
          `Référentiel recommandé : de « ${referential(before.recommended)} » à « ${referential(recommendation.recommended)} ».`,
        ]
      : []),
    ...(before.confidence === null || before.confidence === level
      ? []
      : [`Confiance : de ${confidence(before.confidence)} à ${confidence(level)}.`]),
    ...(actors === 0 ? [] : [`${more(actors, 'fiche présente', 'fiches présentes')}.`]),
    ...(prefilled === 0 ? [] : [`${more(prefilled, 'fiche pré-remplie', 'fiches pré-remplies')}.`]),
    ...points('Complétude moyenne', before.completeness, now.completeness),
    ...points('Fraîcheur', before.freshness, now.freshness),
    ...(before.expected === prefill.expected
      ? []
      : [`Fiches attendues : de ${known(before.expected)} à ${known(prefill.expected)}.`]),
  ]
  return { turned, actors, prefilled, sentences: sentences.map(typeset) }
}

/** What people chose and answered since: the référentiel that is retained, the answers of diagnostics. */
function saidSince(
  before: NonNullable<Standing['said']>,
  { retained, situation: { answers } }: EpciReport,
): string[] {
  const named = (key: Referential | null) => (key === null ? 'aucun' : `« ${referential(key)} »`)
  const moved = QUESTIONS.filter((key) => before.answers[key] !== answers[key])
  const shift = (key: AnswerKey) => answerShift({ key, before: before.answers[key], after: answers[key] })
  // Counted in the table « Référents » where it holds people, then or now: no answer to a diagnostic.
  const [referents, asked] = [moved.includes('referents'), moved.filter((key) => key !== 'referents')]
  return [
    ...(before.retained === retained
      ? []
      : [`Référentiel retenu : de ${named(before.retained)} à ${named(retained)}.`]),
    ...(asked.length === 0 ? [] : [`Réponses au diagnostic : ${asked.map(shift).join(' ; ')}.`]),
    ...(referents ? [`${capital(shift('referents'))}.`] : []),
  ]
}

function points(what: string, before: number | null, now: number | null): string[] {
  if (before === null && now === null) return []
  if (before !== null && now !== null && Math.abs(now - before) < A_POINT) return []
  return [`${what} : de ${percent(before)} à ${percent(now)}.`]
}

function percent(value: number | null): string {
  return value === null ? 'inconnue' : `${frenchNumber(value, 0)} %`
}

function known(value: number | null): string {
  return value === null ? 'un nombre inconnu' : frenchNumber(value, 0)
}

function more(count: number, one: string, many: string): string {
  return `${counted(Math.abs(count), one, many)} ${count > 0 ? 'de plus' : 'de moins'}`
}

function referential(key: string | null): string {
  return REFERENTIAL_LABELS[key as Referential] ?? String(key)
}

function confidence(level: string): string {
  return (CONFIDENCE_LABELS[level as Confidence['level']] ?? level).toLowerCase()
}
