import type { Store } from './database.ts'
import { drainSpool, FIGURES } from './inbox.ts'
import type { InboxRow } from './tables.ts'

/** A job in hand: nobody else works on it until it is completed, put back, or its worker is silent for LEASE_MS. */
export type Lease = Readonly<Pick<InboxRow, 'about' | 'record' | 'event' | 'attempts'>>

/** Who holds leases, on which base. `by` is a name that no other process has. */
export type Worker = { readonly base: string; readonly by: string }

/** A lease that is not renewed for so long is anybody's: its worker died. Renew it several times in that span. */
export const LEASE_MS = 15_000
/** A lease that holds for longer than this was made by a clock that has since been set back; clocks of replicas differ by less. */
const FURTHEST_MS = 2 * LEASE_MS
/** No wait is longer: an instant further away was written by a clock that has since been set back. */
export const LONGEST_WAIT_MS = 3_600_000

/**
 * Leases up to `limit` jobs that are due, the oldest first, and none that somebody else holds; several processes may ask
 * at once. `kind`: rows of tables, or figures of EPCI.
 */
export async function leaseJobs(
  store: Store,
  { base, by }: Worker,
  { kind, limit, at }: { readonly kind: 'rows' | 'figures'; readonly limit: number; readonly at: Date },
): Promise<Lease[]> {
  const now = at.toISOString()
  const until = later(at, LEASE_MS)
  if (kind === 'rows') await drainSpool(store)
  return store.db
    .with('due', (db) => {
      const due = db
        .selectFrom('inbox')
        .select(['inbox.about as dueAbout', 'inbox.record as dueRecord'])
        .where('base', '=', base)
        .where('about', kind === 'figures' ? '=' : '!=', FIGURES)
        .where('failed', '=', 0)
        .where((eb) => eb.or([eb('nextTry', '<=', now), eb('nextTry', '>', later(at, LONGEST_WAIT_MS))]))
        .where((eb) =>
          eb.or([
            eb('leasedUntil', 'is', null),
            eb('leasedUntil', '<=', now),
            eb('leasedUntil', '>', later(at, FURTHEST_MS)),
          ]),
        )
        .orderBy('receivedAt')
        .limit(limit)
      return store.engine.name === 'postgresql' ? due.forUpdate().skipLocked() : due
    })
    .updateTable('inbox')
    .from('due')
    .set(({ ref }) => ({ leasedBy: by, leasedUntil: until, leasedVersion: ref('inbox.version') }))
    .where('inbox.base', '=', base)
    .whereRef('inbox.about', '=', 'due.dueAbout')
    .whereRef('inbox.record', '=', 'due.dueRecord')
    .returning(['inbox.about', 'inbox.record', 'inbox.event', 'inbox.attempts'])
    .execute()
}

/** How many jobs somebody works on at this instant. */
export async function leasedJobs({ db }: Store, at: Date): Promise<number> {
  const { jobs } = await db
    .selectFrom('inbox')
    .select(({ fn }) => fn.countAll<number>().as('jobs'))
    .where('leasedUntil', '>', at.toISOString())
    .executeTakeFirstOrThrow()
  return Number(jobs)
}

/** Says that the worker is alive: its leases hold for LEASE_MS more. */
export async function renewLeases(store: Store, { base, by }: Worker, at: Date): Promise<void> {
  await store.db
    .updateTable('inbox')
    .set({ leasedUntil: later(at, LEASE_MS) })
    .where('base', '=', base)
    .where('leasedBy', '=', by)
    .execute()
}

/** When the next job of this kind is due that nobody holds; null: none waits. */
export async function nextDue(store: Store, base: string, kind: 'rows' | 'figures'): Promise<Date | null> {
  const row = await store.db
    .selectFrom('inbox')
    .select(({ fn }) => fn.min('nextTry').as('next'))
    .where('base', '=', base)
    .where('about', kind === 'figures' ? '=' : '!=', FIGURES)
    .where('failed', '=', 0)
    .where('leasedBy', 'is', null)
    .executeTakeFirst()
  return row?.next ? new Date(row.next) : null
}

/**
 * Takes out what is done; a job that came again meanwhile stays, for another look.
 * @param notBefore of figures: when they may be computed again
 */
export async function complete(
  store: Store,
  { base, by }: Worker,
  leases: readonly Lease[],
  { at, notBefore }: { readonly at: Date; readonly notBefore: Date },
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const [about, group] of Map.groupBy(leases, (one) => one.about)) {
      const records = group.map(({ record }) => record)
      await db
        .deleteFrom('inbox')
        .where('base', '=', base)
        .where('about', '=', about)
        .where('record', 'in', records)
        .where('leasedBy', '=', by)
        .whereRef('version', '=', 'leasedVersion')
        .execute()
      await db
        .updateTable('inbox')
        .set({
          ...{ ...FREE, receivedAt: at.toISOString() },
          ...(about === FIGURES ? { nextTry: notBefore.toISOString() } : {}),
        })
        .where('base', '=', base)
        .where('about', '=', about)
        .where('record', 'in', records)
        .where('leasedBy', '=', by)
        .execute()
    }
  })
}

/** An attempt that failed: why, and when it is tried again; null: never by itself. */
export type Failure = { readonly reason: string; readonly nextTry: Date | null }

/** Puts back what could not be done. A job that came again meanwhile counts as never tried. */
export async function retryLater(
  store: Store,
  { base, by }: Worker,
  failures: ReadonlyMap<Lease, Failure>,
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    for (const [{ about, record, attempts }, { reason, nextTry }] of failures) {
      const tried = { attempts: attempts + 1, reason, failed: nextTry === null ? 1 : 0 }
      const held = db
        .updateTable('inbox')
        .where('base', '=', base)
        .where('about', '=', about)
        .where('record', '=', record)
        .where('leasedBy', '=', by)
      await held
        .set({ ...FREE, ...tried, ...(nextTry === null ? {} : { nextTry: nextTry.toISOString() }) })
        .whereRef('version', '=', 'leasedVersion')
        .execute()
      await held.set(FREE).execute()
    }
  })
}

/** Lets go of every lease of this worker: others may work on them at once. */
export async function releaseLeases(store: Store, { base, by }: Worker): Promise<void> {
  await store.db.updateTable('inbox').set(FREE).where('base', '=', base).where('leasedBy', '=', by).execute()
}

const FREE = { leasedBy: null, leasedUntil: null, leasedVersion: null }

function later(at: Date, milliseconds: number): string {
  return new Date(at.getTime() + milliseconds).toISOString()
}
