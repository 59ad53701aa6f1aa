import type { Consolidation } from './consolidation.ts'
import type { ReferentKind } from './declared.ts'
import { daysBetween } from './days.ts'
import { isFloor, isRough, progressOf } from './expected-records.ts'
import type { ExpectedRecords } from './expected-records.ts'
import { forecast, forecastRange, paceOf } from './forecast.ts'
import type { Forecast, Pace, PastCount } from './forecast.ts'
import type { NextRecord } from './next-records.ts'
import type { PrefillRules } from './rules/prefill.ts'

/** Where a pre-fill stands, in the words of « Alerte ». */
export type PrefillStatus =
  | 'done'
  | 'no_date'
  | 'not_started'
  | 'late'
  | 'at_risk'
  | 'on_track'
  | 'consolidating'

/** How far some records are, those of an EPCI or those that one référent·e follows. */
export type PrefillFigures = Pace & {
  readonly present: number
  readonly prefilled: number
  /** 0–100, at most 100; null where nothing says what is expected, or all of what is the least expected is done. */
  readonly progress: number | null
  /** Present, not yet pre-filled. */
  readonly toComplete: number
  /** The day on which it will be done at this speed, rounded up; null: unknown, never, too far ahead, or done. */
  readonly forecastEnd: string | null
  /**
   * The days between which it will be done, the speed being a count and as uncertain as one (n ± √n); `latest` null: it
   * may never be. null: unknown, or done.
   */
  readonly forecastRange: { readonly earliest: string; readonly latest: string | null } | null
  /** null: not enough is known to say. */
  readonly status: PrefillStatus | null
  /** After the last journée, with none to come; null: not so, or too long ago. */
  readonly consolidation: Consolidation | null
}

/** How far the pre-fill of one EPCI is. */
export type Prefill = ExpectedRecords &
  PrefillFigures & {
    /** Expected, not yet present; null where nothing says what is expected, or all of what is the least expected is there. */
    readonly toCreate: number | null
    /** Records a day that would end it on the day of the next journée; null: no date, nothing left, or unknown. */
    readonly neededSpeed: number | null
    /** The next journée, which drives the pre-fill; null: none is planned. */
    readonly collaborativeDay: string | null
    /** The last journée that has passed; null: none has. */
    readonly lastCollaborativeDay: string | null
  }

/** The same for one référent·e: of the records whose « Référent·e » is their name, all are expected. */
export type ReferentPrefill = PrefillFigures & {
  /** Id of their row in the table « Référents »: never a name. */
  readonly referent: number
  readonly kind: ReferentKind | null
}

/** What stands behind the figures of one EPCI. No name, no value of a record. */
export type PrefillDetail = {
  readonly referents: readonly ReferentPrefill[]
  /** Records that nobody follows, or someone whom the table « Référents » does not list for this EPCI. */
  readonly withoutReferent: { readonly present: number; readonly prefilled: number }
  /** What to do next, the most useful first. */
  readonly next: readonly NextRecord[]
}

/** The journées of an EPCI as seen from `today`, all 'YYYY-MM-DD'. */
export type Calendar = {
  readonly today: string
  readonly next: string | null
  readonly last: string | null
}

type Counts = {
  readonly present: number
  readonly prefilled: number
  readonly consolidation: Consolidation | null
}

/** Pre-fill progress of one EPCI (DOMAIN.md section 5): pre-filled / expected, at most 100 %. */
export function prefill(
  { past, ...counts }: Counts & { readonly past: readonly PastCount[] },
  records: ExpectedRecords,
  calendar: Calendar,
  rules: PrefillRules,
): Prefill {
  const { expected } = records
  // Where all of a floor is done, what is left is not known.
  const counted = isFloor(records) && expected !== null && counts.prefilled >= expected ? null : expected
  const figures = figuresOf({ ...counts, roughly: isRough(records) }, counted, past, calendar, rules)
  const remaining = remainingOf(counted, counts)
  const left = calendar.next === null ? null : Math.max(1, daysBetween(calendar.today, calendar.next))
  return {
    ...records,
    ...figures,
    toCreate: toCreate(records, counts.present),
    neededSpeed: left === null || !remaining ? null : remaining / left,
    collaborativeDay: calendar.next,
    lastCollaborativeDay: calendar.last,
  }
}

/** Expected, not yet present; where all of a floor is there, nobody knows. */
function toCreate(records: ExpectedRecords, present: number): number | null {
  const { expected } = records
  if (expected === null || (isFloor(records) && present >= expected)) return null
  return Math.max(0, expected - present)
}

/** The same of the records that one référent·e follows; nothing is said where there are none. */
export function referentPrefill(
  who: Pick<ReferentPrefill, 'referent' | 'kind'>,
  { past, ...counts }: Counts & { readonly past: readonly PastCount[] },
  calendar: Calendar,
  rules: PrefillRules,
): ReferentPrefill {
  const expected = counts.present === 0 ? null : counts.present
  const figures = figuresOf({ ...counts, roughly: false }, expected, past, calendar, rules)
  return { ...who, ...figures, status: expected === null ? null : figures.status }
}

function figuresOf(
  { present, prefilled, roughly, consolidation }: Counts & { readonly roughly: boolean },
  expected: number | null,
  past: readonly PastCount[],
  calendar: Calendar,
  rules: PrefillRules,
): PrefillFigures {
  const pace = paceOf({ day: calendar.today, prefilled }, past, rules)
  const remaining = remainingOf(expected, { prefilled })
  const progress = progressOf(prefilled, expected)
  const enough = expected === null || roughly || present >= expected
  const nothingLeft = consolidation !== null && consolidation.left === 0 && present > 0 && enough
  const end: Forecast =
    remaining === 0
      ? { kind: 'unknown' }
      : forecast(calendar.today, { remaining, speed: pace.speed }, calendar.next, rules)
  return {
    ...pace,
    present,
    prefilled,
    progress,
    toComplete: present - prefilled,
    forecastEnd: end.kind === 'day' ? end.shown : null,
    forecastRange: forecastRange(calendar.today, remaining, pace),
    status: statusOf({ progress, prefilled, end, calendar, roughly, nothingLeft }, rules),
    consolidation,
  }
}

function remainingOf(expected: number | null, { prefilled }: Pick<Counts, 'prefilled'>): number | null {
  return expected === null ? null : Math.max(0, expected - prefilled)
}

/**
 * One status for each case, the first that holds. « En retard » comes before « Pas commencé »: its definition holds for
 * 0 % too, and the day before the journée is when people must see it. A journée that is past makes nobody late: what
 * follows it is consolidation (the Hub's document: « la consolidation des données à la suite de la journée »), over once
 * all that is there is done, or after some time. Nothing is called « Dans les temps » while the speed is unknown.
 */
function statusOf(
  seen: {
    readonly progress: number | null
    readonly prefilled: number
    readonly end: Forecast
    readonly calendar: Calendar
    /** Whether what is expected is an order of size only. */
    readonly roughly: boolean
    /** Whether nothing that could be told at the last journée is open: to complete, or to create for more than an order of size. */
    readonly nothingLeft: boolean
  },
  { late, consolidation }: PrefillRules,
): PrefillStatus | null {
  const { progress, prefilled, end, calendar, roughly, nothingLeft } = seen
  const { today, next, last } = calendar
  if (progress === 100) return 'done'
  if (next === null && last === null) return 'no_date'
  if (next === null)
    return nothingLeft || daysBetween(last!, today) > consolidation.days ? 'done' : 'consolidating'
  const near = daysBetween(today, next) <= late.days
  if (progress !== null && near && progress < late.progress && !roughly) return 'late'
  if (prefilled === 0) return 'not_started'
  if (progress === null || end.kind === 'unknown') return null
  return end.kind === 'day' && end.end <= next ? 'on_track' : 'at_risk'
}
