import type { EventType } from '../domain/events.ts'

/** A row of `runs`: one synchronisation, real or dry. `epcis`, `progress`, `counts`, `error` and `held` are JSON text. */
export type RunRow = {
  id: string
  startedAt: string
  finishedAt: string | null
  status: 'running' | 'done' | 'held' | 'failed' | 'interrupted'
  trigger: 'command' | 'night' | 'api' | 'catch-up'
  /** 0 or 1: SQLite has no booleans. */
  dryRun: number
  rules: string
  epcis: string | null
  base: string
  progress: string | null
  counts: string | null
  error: string | null
  /** Why the brake held it. */
  held: string | null
}

/** A row of `reports`: the last report of one EPCI, as JSON text. */
export type ReportRow = { siren: string; computedAt: string; rules: string; report: string }

/** A row of `records`: what is remembered of one actor record of a base. */
export type RecordRow = {
  base: string
  id: number
  epci: string | null
  fingerprint: string
  changedOn: string | null
  /** Whether it is linked to its EPCI: 0 or 1; 2: no more, and it was; null: remembered before this was kept. */
  linked: number | null
  /** Which columns of people hold something (`ActorRow.filled`); null: remembered before this was kept. */
  filled: number | null
  /** NocoDB's own instant of the state that was assessed; null: it is to be looked at again. */
  stamp: string | null
  /** The row of the table EPCI that it is linked to, and what that row said of its SIREN; of one without a link, what all rows said. */
  via: string | null
  /** `RecordFacts`, as JSON text; null: it counts for no EPCI. */
  facts: string | null
  /** By which rules, on which base, it was assessed; null: remembered before this was kept. */
  assessedBy: string | null
  /** The day on which the calendar alone may change it. */
  nextTurn: string | null
  /** Codes of what a run tells of it, as JSON text; null: none. */
  issues: string | null
  /** A digest of what it says where records are held against each other as places; null: it is not. */
  compared: string | null
  commune: string | null
  latitude: number | null
  longitude: number | null
  identifier: number | null
  pivot: number | null
  phone: number | null
  accepted: number | null
  /** What other records tell of it: sentences by code, as JSON text; null: nothing. */
  told: string | null
}

/** A row of `record_counts`: how many records of a base there are, and what they hold (`RecordCounts`), as JSON text. */
export type RecordCountsRow = { base: string; counts: string }

/** A row of `blocking_keys`: a number under which a record meets others that may be the same place. */
export type BlockingKeyRow = { base: string; key: number; record: number }

/** A row of `duplicate_pairs`: two records that may be one place, the lesser id first. */
export type DuplicatePairRow = {
  base: string
  one: number
  other: number
  score: number
  /** French: « même SIRET, nom proche à 92 % ». */
  reason: string
  /** 1: a person said that they are two. */
  denied: number
}

/** A row of `brake`: what a base looked like to the last whole run that wrote, and what holds it. JSON text, counts only. */
export type BrakeRow = { base: string; seen: string | null; held: string | null }

/** A row of `inbox`: one row of a NocoDB table, or the figures of one EPCI, to be looked at again. No cell of it. */
export type InboxRow = {
  base: string
  /** Id of the NocoDB table; `figures`: of an EPCI, whose SIREN `record` is. */
  about: string
  record: string
  event: 'insert' | 'update' | 'delete' | 'trigger' | 'found' | 'retry'
  /** When it first came, since it was last completed. */
  receivedAt: string
  /** Moves each time it comes: what was read before the last one is not enough. */
  version: number
  attempts: number
  nextTry: string
  /** Why the last attempt failed. */
  reason: string | null
  /** 1: given up, for a person to look at. */
  failed: number
  leasedBy: string | null
  leasedUntil: string | null
  leasedVersion: number | null
}

/** A row of `computed`: from what declared inputs the figures of an EPCI were last computed, when that began, and its counts. */
export type ComputedRow = {
  base: string
  siren: string
  inputs: string
  computedAt: string
  present: number
  prefilled: number
  expected: number | null
}

/** A row of `watermarks`: how far a base was read. */
export type WatermarkRow = { base: string; name: string; value: string }

/** A row of `history`: the indicators of one EPCI at the end of one day (0–100, counts of records). */
export type HistoryRow = {
  siren: string
  day: string
  actors: number
  completeness: number | null
  publishable: number | null
  freshness: number | null
  recommended: string | null
  confidence: string | null
  prefilled: number
  expected: number | null
}

/** A row of `reference_counts`: records of the imported reference list in one EPCI. */
export type ReferenceCountRow = { siren: string; records: number; source: string; importedAt: string }

/** A row of `need_figures`: one figure of one EPCI, as a file gave it. */
export type NeedFigureRow = {
  siren: string
  /** The name of its column in the file. */
  figure: string
  value: number
  source: string
  year: number | null
  importedAt: string
}

/** A row of `referent_history`: records that one référent·e (id of a row of « Référents ») follows, at the end of one day. */
export type ReferentHistoryRow = {
  siren: string
  referent: number
  day: string
  present: number
  prefilled: number
}

/** A row of `events`: what happened, kept for a while; `data` is JSON text. */
export type EventRow = { id: number; at: string; type: EventType; key: string | null; data: string }

/** A row of `deliveries`: an event on its way to one subscription, or given up. `data` is JSON text. */
export type DeliveryRow = {
  id: string
  subscription: string
  type: EventType
  /** When the event happened. */
  at: string
  data: string
  status: 'pending' | 'dead'
  attempts: number
  /** When it is due; where it is under way, when it would be due again. */
  nextTryAt: string
  reason: string | null
}

/** A row of `receivers`: a subscription of which every attempt has failed since `since`; none where the last one arrived. */
export type ReceiverRow = {
  subscription: string
  since: string
  lastFailureAt: string
  /** Why the last attempt failed. */
  reason: string
  /** When an event said so. */
  notifiedAt: string | null
  /** Since when nothing is sent to it any more. */
  disabledAt: string | null
}

/** A row of `rule_sets`: all the rules of a fingerprint, as canonical JSON text. */
export type RuleSetRow = { fingerprint: string; rules: string }

/** A row of `snapshots`: one result of one EPCI, the last of its day. `situation` and `decision` are JSON text. */
export type SnapshotRow = {
  siren: string
  day: string
  rules: string
  situation: string
  retained: string | null
  recommended: string
  decision: string
  digest: string
}

/** A row of `refusals`: a keyed digest of what a person does not want in a base. */
export type RefusalRow = { base: string; digest: string }

/** A row of `source_places`: which record a place of a source is; `key` is a keyed digest, `linked` and `here` are 0 or 1. */
export type SourcePlaceRow = {
  base: string
  source: string
  key: string
  record: string | null
  /** A person said so. */
  linked: number
  /** The last whole reading of the source named it. */
  here: number
}

/** A row of `source_counts`: how many places of a kind a source names in an EPCI, and the day on which it was read. */
export type SourceCountRow = {
  base: string
  source: string
  siren: string
  /** '': the list says none. */
  kind: string
  records: number
  title: string
  readOn: string
}

/**
 * The tables of the store, as the newest migration leaves them. Columns are snake_case in SQL and camelCase here.
 * Instants are ISO 8601 in UTC, days are 'YYYY-MM-DD', both as text.
 */
export type Tables = {
  runs: RunRow
  reports: ReportRow
  records: RecordRow
  recordCounts: RecordCountsRow
  blockingKeys: BlockingKeyRow
  duplicatePairs: DuplicatePairRow
  history: HistoryRow
  inbox: InboxRow
  computed: ComputedRow
  watermarks: WatermarkRow
  brake: BrakeRow
  referentHistory: ReferentHistoryRow
  referenceCounts: ReferenceCountRow
  needFigures: NeedFigureRow
  /** One row, `events`: the last id given. */
  eventCounter: { name: string; value: number }
  events: EventRow
  deliveries: DeliveryRow
  receivers: ReceiverRow
  ruleSets: RuleSetRow
  snapshots: SnapshotRow
  refusals: RefusalRow
  sourcePlaces: SourcePlaceRow
  sourceCounts: SourceCountRow
  migrations: { name: string; appliedAt: string }
}
