/** A row of `runs`: one synchronisation, real or dry. `epcis`, `progress`, `counts` and `error` are JSON text. */
export type RunRow = {
  id: string
  startedAt: string
  finishedAt: string | null
  status: 'running' | 'done' | 'failed' | 'interrupted'
  trigger: 'command' | 'night' | 'api' | 'catch-up'
  /** 0 or 1: SQLite has no booleans. */
  dryRun: number
  rules: string
  epcis: string | null
  base: string
  progress: string | null
  counts: string | null
  error: string | null
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
  /** Whether a person linked it to its EPCI: 0 or 1; null: remembered before this was kept. */
  linked: number | null
}

/** A row of `inbox`: one row of a NocoDB table, or the figures of one EPCI, to be looked at again. No cell of it. */
export type InboxRow = {
  base: string
  /** Id of the NocoDB table; `figures`: of an EPCI, whose SIREN `record` is. */
  about: string
  record: string
  event: 'insert' | 'update' | 'delete' | 'trigger' | 'found' | 'retry'
  /** When it was first told, since it was last dealt with. */
  receivedAt: string
  /** Moves with each telling: what was read before the last one is not enough. */
  version: number
  attempts: number
  nextTry: string
  /** Why the last attempt failed. */
  reason: string | null
  /** 1: given up, for a person to look at. */
  dead: number
  claimedBy: string | null
  claimedUntil: string | null
  claimedVersion: number | null
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
  validity: number | null
  freshness: number | null
  recommended: string | null
  confidence: string | null
  prefilled: number
  expected: number | null
}

/**
 * The tables of the store, as the newest migration leaves them. Columns are snake_case in SQL and camelCase here.
 * Instants are ISO 8601 in UTC, days are 'YYYY-MM-DD', both as text.
 */
export type Tables = {
  runs: RunRow
  reports: ReportRow
  records: RecordRow
  history: HistoryRow
  inbox: InboxRow
  computed: ComputedRow
  watermarks: WatermarkRow
  migrations: { name: string; appliedAt: string }
}
