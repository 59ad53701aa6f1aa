import type { Answers } from './diagnostic.ts'

/** One filled diagnostic form; `id` orders two of one day (the later row counts). */
export type Diagnostic = { readonly id: number; readonly date: string | null; readonly answers: Answers }

/** One journée collaborative; numbers of people ≥ 0, null where not written. */
export type Journee = {
  /** 'YYYY-MM-DD' */
  readonly date: string | null
  readonly invited: number | null
  readonly expected: number | null
  readonly present: number | null
}

/** A pair of référents is one of each (the Hub's document: « un binôme institutionnel / associatif »). */
export type ReferentKind = 'institutional' | 'associative'

const UNKNOWN: Answers = {
  governance: null,
  roadmap: null,
  referents: null,
  network: null,
  meetingsPerYear: null,
  aim: null,
  commitment: null,
  tool: null,
  use: null,
  mastery: null,
}

/** The answers that count: the latest diagnostic by date; `referents` is counted where the table holds people. */
export function declaredAnswers(
  diagnostics: readonly Diagnostic[],
  referents: readonly { readonly kind: ReferentKind | null }[],
): Answers {
  const latest = diagnostics.reduce<Diagnostic | null>(
    (best, one) => (best === null || later(one, best) ? one : best),
    null,
  )
  const answers = latest?.answers ?? UNKNOWN
  return referents.length === 0 ? answers : { ...answers, referents: countReferents(referents) }
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
} {
  const dated = all.flatMap((one) => (one.date === null ? [] : [{ ...one, date: one.date }]))
  const sorted = dated.sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0))
  const next = sorted.find((one) => one.date >= today)
  const past = sorted.filter((one) => one.date <= today && ratio(one.present, one.invited) !== null).at(-1)
  return {
    next: next?.date ?? null,
    last: sorted.findLast((one) => one.date < today)?.date ?? null,
    participationRate: past === undefined ? null : ratio(past.present, past.invited),
    expectedParticipationRate: next === undefined ? null : ratio(next.expected, next.invited),
  }
}

function later(one: Diagnostic, other: Diagnostic): boolean {
  const [date, against] = [one.date ?? '', other.date ?? '']
  return date === against ? one.id > other.id : date > against
}

function countReferents(referents: readonly { readonly kind: ReferentKind | null }[]): 'one' | 'pair' {
  const kinds = new Set(referents.map(({ kind }) => kind))
  return kinds.has('institutional') && kinds.has('associative') ? 'pair' : 'one'
}

/** A share 0–1 of those invited; null where one of both is not known, or nobody was invited. */
function ratio(part: number | null, invited: number | null): number | null {
  return part === null || invited === null || invited === 0 ? null : Math.min(1, part / invited)
}
