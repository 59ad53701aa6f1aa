import { QUESTIONS } from './answer-changes.ts'
import type { AnswerKey } from './answer-changes.ts'
import { addMonths, daysBetween } from './days.ts'
import type { Answers } from './diagnostic.ts'
import type { MaturityRules } from './rules/maturity.ts'

/**
 * One filled diagnostic form; `id` orders two of one day (the later row counts). `byForm`: somebody without an account
 * answered it, by the public form.
 */
export type Diagnostic = {
  readonly id: number
  readonly date: string | null
  readonly answers: Answers
  readonly byForm?: boolean
}

/** One journée collaborative; numbers of people ≥ 0, null where not written. */
export type Journee = {
  /** 'YYYY-MM-DD' */
  readonly date: string | null
  readonly invited: number | null
  readonly expected: number | null
  readonly present: number | null
  /** Which of these are none that people typed, and were counted in « Invitations ». */
  readonly counted?: readonly ('invited' | 'expected' | 'present')[]
}

/** A pair of référents is one of each (the Hub's document: « un binôme institutionnel / associatif »). */
export type ReferentKind = 'institutional' | 'associative'

/** Where an answer that counts comes from. */
export type AnsweredOn = {
  /** 'YYYY-MM-DD'; null: its form has no date. */
  readonly date: string | null
  /** Row id of its diagnostic. */
  readonly diagnostic: number
  /** Given longer ago than `oldMonths`: to be asked again. */
  readonly old: boolean
  /** Somebody without an account gave it, by the public form; absent: a member did. */
  readonly byForm?: true | undefined
}

/** One question that was answered in two ways within a short time, or later by the public form than by a member. */
export type TwoVoices = {
  readonly question: AnswerKey
  /** The one that counts, then the latest of the others. */
  readonly voices: readonly {
    readonly value: string | number
    readonly date: string
    readonly diagnostic: number
    /** Told by the public form; absent: by a member. */
    readonly byForm?: true | undefined
  }[]
}

/** What people declared of one EPCI. */
export type Declared = {
  readonly answers: Answers
  readonly answeredOn: Readonly<Partial<Record<AnswerKey, AnsweredOn>>>
  readonly voices: readonly TwoVoices[]
  /** Diagnostics dated after today: none of their answers counts. */
  readonly refused: readonly { readonly diagnostic: number; readonly date: string }[]
}

/**
 * The answers that count, question by question: the latest by date, so that a partial form erases nothing (DOMAIN.md
 * section 2). What the public form says fills what no member said, and never takes its place. `referents` is counted where the table « Référents » holds people.
 * @param today 'YYYY-MM-DD': a form dated after it is refused
 */
export function declared(
  diagnostics: readonly Diagnostic[],
  referents: readonly { readonly kind: ReferentKind | null }[],
  today: string,
  rules: MaturityRules['declared'],
): Declared {
  const refused = diagnostics.flatMap(({ id, date }) =>
    date !== null && date > today ? [{ diagnostic: id, date }] : [],
  )
  const counting = diagnostics.filter(({ date }) => date === null || date <= today).sort(latestFirst)
  const oldest = addMonths(today, -rules.oldMonths)
  const answers: Record<string, string | number | null> = {}
  const answeredOn: Partial<Record<AnswerKey, AnsweredOn>> = {}
  const voices: TwoVoices[] = []
  for (const question of QUESTIONS) {
    const all = counting.filter((one) => one.answers[question] !== null)
    const members = all.filter(({ byForm = false }) => !byForm)
    const given = members.length > 0 ? members : all
    const [latest] = given
    answers[question] = latest?.answers[question] ?? null
    if (latest === undefined) continue
    const { date, id } = latest
    answeredOn[question] = { date, diagnostic: id, old: date !== null && date < oldest, ...origin(latest) }
    const other = strangerVoice(question, latest, all) ?? otherVoice(question, given, rules.voicesDays)
    if (other !== null)
      voices.push({ question, voices: [voiceOf(question, latest), voiceOf(question, other)] })
  }
  const counted = answers as unknown as Answers
  if (referents.length > 0) delete answeredOn.referents // it is counted today, whenever a form told it
  return {
    answers: referents.length === 0 ? counted : { ...counted, referents: countReferents(referents) },
    answeredOn,
    voices: referents.length === 0 ? voices : voices.filter(({ question }) => question !== 'referents'),
    refused: refused.sort((one, other) => one.diagnostic - other.diagnostic),
  }
}

/** Dates on which an EPCI has more than one diagnostic: the last row written counts, and people are told. */
export function repeatedDates(diagnostics: readonly Diagnostic[]): string[] {
  const dates = diagnostics.flatMap(({ date }) => (date === null ? [] : [date])).sort()
  return [...new Set(dates.filter((date, index) => date === dates[index - 1]))]
}

/** The journées of one EPCI on `today`: the next one drives the pre-fill, the last one tells the participation. */
export function journees(
  all: readonly Journee[],
  today: string,
): {
  readonly next: string | null
  /** The last one that has passed. */
  readonly last: string | null
  /** 0–1: present / invited at the last journée that says both. */
  readonly participationRate: number | null
  /** 0–1: expected / invited at the next journée. */
  readonly expectedParticipationRate: number | null
  /** Whether the one of these that counts was counted in « Invitations ». */
  readonly participationCounted: boolean
} {
  const dated = all.flatMap((one) => (one.date === null ? [] : [{ ...one, date: one.date }]))
  const sorted = dated.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
  const next = sorted.find((one) => one.date >= today)
  // While the door is open, who is ticked so far is no participation.
  const isOver = ({ date, counted }: (typeof sorted)[number]) =>
    date < today || (date === today && counted?.includes('present') !== true)
  const past = sorted.filter((one) => isOver(one) && ratio(one.present, one.invited) !== null).at(-1)
  const tells = past ?? next
  return {
    next: next?.date ?? null,
    last: sorted.findLast((one) => one.date < today)?.date ?? null,
    participationRate: past === undefined ? null : ratio(past.present, past.invited),
    expectedParticipationRate: next === undefined ? null : ratio(next.expected, next.invited),
    participationCounted: (tells?.counted ?? []).some(
      (key) => key !== (past === undefined ? 'present' : 'expected'),
    ),
  }
}

/** Of the people of a journée, those of whom there are more than were invited: counted as all of them, and to be told. */
export function overInvited({ invited, counted = [], ...of }: Journee): readonly ('expected' | 'present')[] {
  return (['expected', 'present'] as const).filter(
    (key) => !counted.includes(key) && (of[key] ?? 0) > (invited ?? Infinity),
  )
}

function latestFirst(one: Diagnostic, other: Diagnostic): number {
  const [date, against] = [one.date ?? '', other.date ?? '']
  return date === against ? other.id - one.id : date > against ? -1 : 1
}

/** The latest answer that differs from the one that counts, given at most so many days before it. */
function otherVoice(question: AnswerKey, given: readonly Diagnostic[], days: number): Diagnostic | null {
  const [latest, ...before] = given
  const date = latest?.date ?? null
  if (latest === undefined || date === null) return null
  const other = before.find(
    (one) =>
      one.date !== null &&
      one.answers[question] !== latest.answers[question] &&
      daysBetween(one.date, date) <= days,
  )
  return other ?? null
}

/** The last thing that the public form says since a member's answer, where it is something else; whenever that was. */
function strangerVoice(
  question: AnswerKey,
  counts: Diagnostic,
  all: readonly Diagnostic[],
): Diagnostic | null {
  if (counts.byForm === true || counts.date === null) return null
  const since = all.slice(0, all.indexOf(counts)).find(({ byForm }) => byForm === true)
  return since === undefined || since.answers[question] === counts.answers[question] ? null : since
}

function origin({ byForm = false }: Diagnostic): { readonly byForm?: true } {
  return byForm ? { byForm } : {}
}

function voiceOf(question: AnswerKey, one: Diagnostic): TwoVoices['voices'][number] {
  return { value: one.answers[question]!, date: one.date!, diagnostic: one.id, ...origin(one) }
}

function countReferents(referents: readonly { readonly kind: ReferentKind | null }[]): 'one' | 'pair' {
  const kinds = new Set(referents.map(({ kind }) => kind))
  return kinds.has('institutional') && kinds.has('associative') ? 'pair' : 'one'
}

/** A share 0–1 of those invited; null where one of both is not known, or nobody was invited. */
function ratio(part: number | null, invited: number | null): number | null {
  return part === null || invited === null || invited === 0 ? null : Math.min(1, part / invited)
}
