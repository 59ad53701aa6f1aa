import type { Decision } from '../domain/decision.ts'
import type { Referential, Situation } from '../domain/diagnostic.ts'
import { stableJson } from '../domain/stable-json.ts'
import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { SnapshotRow } from './tables.ts'

/** One result of one EPCI: what it rests on, what was decided, and a digest of all its figures. No personal data. */
export type Snapshot = {
  readonly siren: string
  /** 'YYYY-MM-DD' */
  readonly day: string
  /** The fingerprint of its rules. */
  readonly rules: string
  readonly situation: Situation
  readonly retained: Referential | null
  readonly decision: Decision
  readonly digest: string
}

/**
 * Keeps the results that are not what was kept last of their EPCI; the last of a day wins. Answers how many were kept.
 * A SIREN may come once.
 */
export async function saveSnapshots(store: Store, snapshots: readonly Snapshot[]): Promise<number> {
  let kept = 0
  await store.db.transaction().execute(async (db) => {
    for (const some of batches(snapshots)) {
      const last = await latest({ ...store, db }, some)
      const fresh = some.map(toRow).filter((row) => !same(row, last.get(row.siren)))
      kept += fresh.length
      if (fresh.length === 0) continue
      await db
        .insertInto('snapshots')
        .values(fresh)
        .onConflict((conflict) =>
          conflict.columns(['siren', 'day']).doUpdateSet((row) => ({
            rules: row.ref('excluded.rules'),
            situation: row.ref('excluded.situation'),
            retained: row.ref('excluded.retained'),
            recommended: row.ref('excluded.recommended'),
            decision: row.ref('excluded.decision'),
            digest: row.ref('excluded.digest'),
          })),
        )
        .execute()
    }
  })
  return kept
}

/** The last `limit` results of an EPCI up to this day, the newest first. */
export async function lastSnapshots(
  store: Store,
  siren: string,
  { upTo, limit }: { readonly upTo: string; readonly limit: number },
): Promise<Snapshot[]> {
  const rows = await store.db
    .selectFrom('snapshots')
    .selectAll()
    .where('siren', '=', siren)
    .where('day', '<=', upTo)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toSnapshot)
}

/** The last result up to this day that recommended another référentiel than this one; null: there is none. */
export async function lastOtherwise(
  store: Store,
  siren: string,
  { upTo, recommended }: { readonly upTo: string; readonly recommended: Referential },
): Promise<Snapshot | null> {
  const row = await store.db
    .selectFrom('snapshots')
    .selectAll()
    .where('siren', '=', siren)
    .where('day', '<=', upTo)
    .where('recommended', '!=', recommended)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toSnapshot(row)
}

/** The results of this EPCI from this day on, the oldest first. */
export async function snapshotsFrom(
  store: Store,
  siren: string,
  { from, limit }: { readonly from: string; readonly limit: number },
): Promise<Snapshot[]> {
  const rows = await store.db
    .selectFrom('snapshots')
    .selectAll()
    .where('siren', '=', siren)
    .where('day', '>=', from)
    .orderBy('day')
    .limit(limit)
    .execute()
  return rows.map(toSnapshot)
}

/** Every result kept of these EPCI, the oldest first. */
export async function snapshotsOf(
  store: Store,
  sirens: readonly string[],
): Promise<ReadonlyMap<string, readonly Snapshot[]>> {
  const found: Snapshot[] = []
  for (const some of batches(sirens)) {
    const rows = await store.db
      .selectFrom('snapshots')
      .selectAll()
      .where('siren', 'in', some)
      .orderBy('day')
      .execute()
    found.push(...rows.map(toSnapshot))
  }
  return Map.groupBy(found, ({ siren }) => siren)
}

/** The last result kept of each EPCI up to a day, 'YYYY-MM-DD', by SIREN. */
export async function snapshotsAt({ db }: Store, day: string): Promise<ReadonlyMap<string, Snapshot>> {
  const rows = await db
    .selectFrom('snapshots')
    .selectAll('snapshots')
    .innerJoin(
      (query) =>
        query
          .selectFrom('snapshots')
          .select(({ fn }) => ['siren as ofSiren', fn.max('day').as('lastDay')])
          .where('day', '<=', day)
          .groupBy('siren')
          .as('last'),
      (join) =>
        join.onRef('last.ofSiren', '=', 'snapshots.siren').onRef('last.lastDay', '=', 'snapshots.day'),
    )
    .execute()
  return new Map(rows.map((row) => [row.siren, toSnapshot(row)]))
}

async function latest(
  { db }: Pick<Store, 'db'>,
  snapshots: readonly Snapshot[],
): Promise<ReadonlyMap<string, SnapshotRow>> {
  const days = new Map(snapshots.map(({ siren, day }) => [siren, day]))
  const rows = await db
    .selectFrom('snapshots')
    .selectAll('snapshots')
    .innerJoin(
      (inner) =>
        inner
          .selectFrom('snapshots')
          .select(({ fn }) => ['siren', fn.max('day').as('day')])
          .where('siren', 'in', [...days.keys()])
          .where('day', '<=', [...days.values()].sort().at(-1) ?? '')
          .groupBy('siren')
          .as('last'),
      (join) => join.onRef('last.siren', '=', 'snapshots.siren').onRef('last.day', '=', 'snapshots.day'),
    )
    .execute()
  return new Map(rows.map((row) => [row.siren, row]))
}

function same(one: SnapshotRow, other: SnapshotRow | undefined): boolean {
  return (
    other !== undefined &&
    one.rules === other.rules &&
    one.situation === other.situation &&
    one.retained === other.retained &&
    one.digest === other.digest
  )
}

function toRow({ siren, day, rules, situation, retained, decision, digest }: Snapshot): SnapshotRow {
  const { recommended } = decision
  return {
    siren,
    day,
    rules,
    situation: stableJson(situation),
    retained,
    recommended,
    decision: JSON.stringify(decision),
    digest,
  }
}

/** Our own texts, written by `toRow`. */
function toSnapshot({ recommended: _, ...row }: SnapshotRow): Snapshot {
  return {
    ...row,
    situation: JSON.parse(row.situation) as Situation,
    retained: row.retained as Referential | null,
    decision: JSON.parse(row.decision) as Decision,
  }
}

/** Keeps a text of rules under its fingerprint, for good; one already there stays as it is. */
export async function saveRuleSet(store: Store, fingerprint: string, rules: string): Promise<void> {
  await store.db
    .insertInto('ruleSets')
    .values({ fingerprint, rules })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .execute()
}

/** The texts of rules of these fingerprints; those not kept are left out. */
export async function ruleTexts(
  store: Store,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (fingerprints.length === 0) return new Map()
  const rows = await store.db
    .selectFrom('ruleSets')
    .selectAll()
    .where('fingerprint', 'in', [...new Set(fingerprints)])
    .execute()
  return new Map(rows.map(({ fingerprint, rules }) => [fingerprint, rules]))
}
