import type { Referential } from './diagnostic.ts'
import type { EpciReport } from './epci-report.ts'
import type { PrefillStatus } from './prefill.ts'
import type { Confidence } from './scoring.ts'

/** What others may subscribe to by a webhook. */
export const WEBHOOK_TYPES = [
  'prefill.progress',
  'prefill.at_risk',
  'recommendation.changed',
  'sync.completed',
  'sync.held',
  'sync.failed',
  'webhook.failing',
  'webhook.disabled',
] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** Where the pre-fill of an EPCI stands. */
type PrefillNews = {
  readonly siren: string
  readonly name: string
  readonly day: string
  /** 0–100; null: unknown. */
  readonly progress: number | null
  readonly prefilled: number
  readonly present: number
  readonly expected: number | null
  readonly forecastEnd: string | null
  readonly collaborativeDay: string | null
  readonly status: PrefillStatus | null
}

/** A run of the job, as events name it. */
type RunNews = { readonly run: string; readonly trigger: string; readonly epcis: readonly string[] | null }

/** What happened, with what is to be known of it and no personal data. Those that are no webhook are for the live feed. */
export type PortreaEvent =
  | Happened<'prefill.changed', PrefillNews>
  | Happened<'prefill.progress', PrefillNews & { readonly threshold: number }>
  | Happened<'prefill.at_risk', PrefillNews>
  | Happened<'recommendation.changed', RecommendationNews>
  | Happened<'sync.started', RunNews>
  | Happened<'sync.progress', { readonly run: string } & ProgressNews>
  | Happened<'sync.completed', RunNews & { readonly counts: Readonly<Record<string, number | undefined>> }>
  | Happened<'sync.held', RunNews & { readonly reasons: readonly HeldReason[] }>
  | Happened<'sync.failed', RunNews & { readonly code: string }>
  | Happened<'webhook.failing', ReceiverNews & { readonly disabledOn: string }>
  | Happened<'webhook.disabled', ReceiverNews>
export type EventType = PortreaEvent['type']

type Happened<Type extends string, Data> = {
  readonly type: Type
  /** Subscriptions are told of a key at most once in a while; null: each time. The live feed has everything. */
  readonly key: string | null
  readonly data: Data
}
/** A subscription whose receiver takes nothing any more; the subscription itself is not told. */
type ReceiverNews = {
  readonly subscription: string
  /** Of the first of the attempts that have all failed since. */
  readonly since: string
  readonly reason: string
}
/** A code of domain/brake.ts, and its French sentence. */
type HeldReason = { readonly code: string; readonly sentence: string }
type ProgressNews = { readonly phase: string; readonly done: number; readonly total: number | null }
type RecommendationNews = {
  readonly siren: string
  readonly name: string
  readonly day: string
  readonly from: Referential
  readonly to: Referential
  readonly confidence: Confidence['level']
  readonly retained: Referential | null
  /** Whether other rules decided than the last time. */
  readonly rulesChanged: boolean
  /** French, strongest first. */
  readonly reasons: readonly string[]
}

/** What changed of one EPCI between two reports; nothing at first sight: there is nothing to compare with. */
export function reportEvents(
  before: EpciReport | null,
  after: EpciReport,
  { progress: thresholds }: { readonly progress: readonly number[] },
): PortreaEvent[] {
  if (before === null) return []
  return [
    ...prefillChanged(before, after),
    ...progressCrossed(before, after, thresholds),
    ...becameAtRisk(before, after),
    ...recommendationChanged(before, after),
  ]
}

function prefillChanged(before: EpciReport, after: EpciReport): PortreaEvent[] {
  const [then, now] = [newsOf(before), newsOf(after)]
  const same = SHOWN.every((key) => then[key] === now[key])
  return same ? [] : [{ type: 'prefill.changed', key: null, data: now }]
}

/** The day of a report moves every night, and says nothing by itself. */
const SHOWN = [
  'progress',
  'prefilled',
  'present',
  'expected',
  'forecastEnd',
  'collaborativeDay',
  'status',
] as const

/** The highest threshold passed on the way up: a leap over several is one piece of news. */
function progressCrossed(
  { prefill: before }: EpciReport,
  after: EpciReport,
  thresholds: readonly number[],
): PortreaEvent[] {
  const [from, to] = [before.progress, after.prefill.progress]
  if (from === null || to === null) return []
  const crossed = thresholds.filter((threshold) => from < threshold && threshold <= to)
  if (crossed.length === 0) return []
  const threshold = Math.max(...crossed)
  const key = `prefill.progress ${after.siren} ${threshold}`
  return [{ type: 'prefill.progress', key, data: { ...newsOf(after), threshold } }]
}

/** « À risque » and « En retard »; from the second back to the first nothing is new. */
function becameAtRisk({ prefill: before }: EpciReport, after: EpciReport): PortreaEvent[] {
  const { status } = after.prefill
  if (status !== 'at_risk' && status !== 'late') return []
  if (before.status === status || before.status === 'late') return []
  return [{ type: 'prefill.at_risk', key: `prefill.at_risk ${after.siren} ${status}`, data: newsOf(after) }]
}

function recommendationChanged(before: EpciReport, after: EpciReport): PortreaEvent[] {
  const [from, to] = [before.recommendation.recommended, after.recommendation.recommended]
  if (from === to) return []
  const { siren, name, day, retained, recommendation } = after
  return [
    {
      type: 'recommendation.changed',
      key: null,
      data: {
        siren,
        name,
        day,
        from,
        to,
        confidence: recommendation.confidence.level,
        retained,
        rulesChanged: before.rules !== after.rules,
        reasons: recommendation.reasons,
      },
    },
  ]
}

function newsOf({ siren, name, day, prefill }: EpciReport): PrefillNews {
  const { progress, prefilled, present, expected, forecastEnd, collaborativeDay, status } = prefill
  return {
    siren,
    name,
    day,
    progress,
    prefilled,
    present,
    expected,
    forecastEnd,
    collaborativeDay,
    status,
  }
}
