import type { OnConflictBuilder, OnConflictUpdateBuilder } from 'kysely'
import { batches } from './batches.ts'
import type { Store } from './database.ts'
import type { WebhookNotice } from './engine.ts'
import type { InboxRow, Tables } from './tables.ts'

/** What a job is about where it is not a row of a table: the figures of an EPCI, its SIREN being the `record`. */
export const FIGURES = 'figures'

/** « Look at this again »: a row of a NocoDB table (`about` is its id), or the figures of an EPCI. No cell of it is kept. */
export type Job = WebhookNotice & {
  /** Not before this instant; none: at once. */
  readonly notBefore?: Date
}

/** A job that was given up, for a person to look at. */
export type FailedJob = Readonly<
  Pick<InboxRow, 'about' | 'record' | 'event' | 'receivedAt' | 'attempts' | 'reason'>
>

/** How much waits, how much was given up, and since when the oldest waits (ISO instant; null: nothing waits). */
export type InboxCount = {
  readonly waiting: number
  readonly failed: number
  readonly oldest: string | null
}

/**
 * Stores jobs, all or none, durable when this answers. One row a record, however often it comes: come again while
 * somebody works on it, it is looked at once more; come again after it was given up, it is tried again from the start.
 */
export function enqueue(store: Store, jobs: readonly Job[], at: Date): Promise<void> {
  return insert(store, jobs, at, (conflict) =>
    conflict.columns(['base', 'about', 'record']).doUpdateSet(({ ref, eb }) => ({
      // Figures that wait for a fresh reading of what is declared go on waiting for it; a button that was pressed stays so,
      // unless it was given up: what a person wrote since is then what counts.
      event: eb
        .case()
        .when(
          eb.and([
            eb('inbox.event', '=', 'trigger'),
            eb.or([eb('inbox.failed', '=', 0), eb('inbox.about', '=', FIGURES)]),
          ]),
        )
        .then(ref('inbox.event'))
        .else(ref('excluded.event'))
        .end(),
      version: eb('inbox.version', '+', 1),
      receivedAt: eb
        .case()
        .when('inbox.failed', '=', 1)
        .then(ref('excluded.receivedAt'))
        .else(ref('inbox.receivedAt'))
        .end(),
      attempts: 0,
      nextTry: ref('excluded.nextTry'),
      reason: null,
      failed: 0,
    })),
  )
}

/** Stores what we found ourselves: as above, but what is waiting for its next try goes on waiting, what was given up stays so. */
export function enqueueFound(store: Store, jobs: readonly Omit<Job, 'event'>[], at: Date): Promise<void> {
  const found = jobs.map((job) => ({ ...job, event: 'found' as const }))
  return insert(store, found, at, (conflict) =>
    conflict
      .columns(['base', 'about', 'record'])
      .doUpdateSet(({ eb }) => ({ version: eb('inbox.version', '+', 1) }))
      .where('inbox.failed', '=', 0),
  )
}

/** Stores what a webhook said, durable when this answers: in the spool where there is one, else as `enqueue`. */
export async function enqueueNotices(
  store: Store,
  notices: readonly WebhookNotice[],
  at: Date,
): Promise<void> {
  const { spool } = store.engine
  if (spool === null) await enqueue(store, notices, at)
  else if (notices.length > 0) spool.put(notices, at)
}

/** Moves what is in the spool into the inbox. */
export async function drainSpool(store: Store): Promise<void> {
  for (;;) {
    const taken = store.engine.spool?.take() ?? null
    if (taken === null) return
    await enqueue(store, taken.notices, taken.at)
    taken.forget()
  }
}

/** The rows of a table that wait to be looked at, or are being looked at; one more than `most` where there are more. */
export async function waitingRows(
  store: Store,
  base: string,
  about: string,
  most: number,
): Promise<number[]> {
  await drainSpool(store)
  const rows = await store.db
    .selectFrom('inbox')
    .select('record')
    .where('base', '=', base)
    .where('about', '=', about)
    .limit(most + 1)
    .execute()
  return rows.map(({ record }) => Number(record)).filter(Number.isSafeInteger)
}

/** How much of `base` waits. */
export async function countInbox(store: Store, base?: string): Promise<InboxCount> {
  await drainSpool(store)
  let rows = store.db
    .selectFrom('inbox')
    .select(({ fn }) => ['failed', fn.countAll<number>().as('rows'), fn.min('receivedAt').as('oldest')])
    .groupBy('failed')
  if (base !== undefined) rows = rows.where('base', '=', base)
  const found = await rows.execute()
  const of = (failed: number) => found.find((row) => row.failed === failed)
  return {
    waiting: Number(of(0)?.rows ?? 0),
    failed: Number(of(1)?.rows ?? 0),
    oldest: of(0)?.oldest ?? null,
  }
}

/** The jobs that were given up, the oldest first, at most `limit`. */
export async function listFailed(store: Store, limit: number): Promise<FailedJob[]> {
  return store.db
    .selectFrom('inbox')
    .select(['about', 'record', 'event', 'receivedAt', 'attempts', 'reason'])
    .where('failed', '=', 1)
    .orderBy('receivedAt')
    .orderBy('about')
    .orderBy('record')
    .limit(limit)
    .execute()
}

/** Sends again what was given up, and lets what waits for its next try wait no longer; answers how many of each. */
export async function retryFailed(store: Store, at: Date): Promise<{ failed: number; waiting: number }> {
  const now = at.toISOString()
  return store.db.transaction().execute(async (db) => {
    const again = { attempts: 0, nextTry: now, failed: 0, event: 'retry' } as const
    const waiting = await db
      .updateTable('inbox')
      .set({ nextTry: now })
      .where('failed', '=', 0)
      .where('attempts', '>', 0)
      .executeTakeFirst()
    const failed = await db.updateTable('inbox').set(again).where('failed', '=', 1).executeTakeFirst()
    return { failed: Number(failed.numUpdatedRows), waiting: Number(waiting.numUpdatedRows) }
  })
}

/** Forgets the jobs of other bases: a copy of ours calls us too, for its webhooks were copied with it. */
export async function forgetElsewhere(store: Store, base: string): Promise<void> {
  await store.db.deleteFrom('inbox').where('base', '!=', base).execute()
}

/** Two writers of the same rows take them in the same order, so that neither blocks the other. */
async function insert(
  store: Store,
  jobs: readonly Job[],
  at: Date,
  again: (conflict: OnConflictBuilder<Tables, 'inbox'>) => OnConflictUpdateBuilder<Tables, 'inbox'>,
): Promise<void> {
  const now = at.toISOString()
  const rows = [...new Map(jobs.map((job) => [keyOf(job), job])).entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { base, about, record, event, notBefore }]) => ({
      ...{ base, about, record, event },
      receivedAt: now,
      version: 1,
      attempts: 0,
      nextTry: notBefore !== undefined && notBefore > at ? notBefore.toISOString() : now,
      failed: 0,
    }))
  const [only, more] = [...batches(rows)]
  if (only === undefined) return
  const statement = (db: Store['db'], some: typeof rows) =>
    db.insertInto('inbox').values(some).onConflict(again).execute()
  if (more === undefined) await statement(store.db, rows)
  else
    await store.db.transaction().execute(async (db) => {
      for (const some of batches(rows)) await statement(db, [...some])
    })
}

function keyOf({ base, about, record }: Job): string {
  return `${base} ${about} ${record}`
}
