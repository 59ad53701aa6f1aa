import type { Kysely } from 'kysely'
import type { Store } from './database.ts'
import { publish } from './events.ts'
import type { Publishing, EventsToPublish } from './events.ts'
import type { RunRow, Tables } from './tables.ts'

/** What a run did. `seconds` is its whole duration; `refused` counts rows, `reported` the lines of its report. */
export type RunCounts = {
  readonly actorsRead: number
  readonly epcisRead: number
  readonly rowsWritten: number
  readonly cellsWritten: number
  /** Records linked to their EPCI by the run; not there in runs of before this was counted. */
  readonly linked?: number | undefined
  readonly refused: number
  readonly reported: number
  /** Records of which the store said something else than the base, though nobody touched them; a run that read them all tells. */
  readonly differing?: number | undefined
  readonly seconds: number
}

/** How far a run is; `total` null: not known yet. */
export type RunProgress = { readonly phase: string; readonly done: number; readonly total: number | null }

/** Why a run failed: a code of errors.ts, its sentence, and `faults` for people; without personal data. */
export type RunError = {
  readonly code: string
  readonly message: string
  readonly faults?: readonly string[] | undefined
}

/** Why the brake held a run: codes of domain/brake.ts with their French sentences, and what is said of it all. */
export type RunHeld = {
  readonly message: string
  readonly reasons: readonly { readonly code: string; readonly sentence: string }[]
}

/** A run as it begins: `epcis` are the SIREN it is limited to, null for all; `rules` is the fingerprint of the rules. */
export type NewRun = {
  readonly id: string
  readonly startedAt: string
  readonly trigger: RunRow['trigger']
  readonly dryRun: boolean
  readonly rules: string
  readonly epcis: readonly string[] | null
  readonly base: string
}

/** A run of the job. One whose process died has no end: nobody saw it. */
export type Run = NewRun & {
  readonly finishedAt: string | null
  readonly status: RunRow['status']
  readonly progress: RunProgress | null
  readonly counts: RunCounts | null
  readonly error: RunError | null
  /** Why the brake held it, or would have held a dry one. */
  readonly held: RunHeld | null
}

/** How a run ended. */
export type RunEnd = {
  readonly finishedAt: string
  /** `interrupted`: the service was asked to stop. */
  readonly status: 'done' | 'held' | 'failed' | 'interrupted'
  /** null: it failed before anything was counted. */
  readonly counts: RunCounts | null
  readonly error: RunError | null
  /** Why the brake held it. */
  readonly held?: RunHeld | null
}

/** Records that a run begins, with what is to be told of it. */
export async function startRun(store: Store, run: NewRun, news?: EventsToPublish): Promise<void> {
  const { id, startedAt, trigger, dryRun, rules, epcis, base } = run
  await telling(store, news, (db) =>
    db
      .insertInto('runs')
      .values({
        id,
        startedAt,
        status: 'running',
        trigger,
        dryRun: dryRun ? 1 : 0,
        rules,
        epcis: text(epcis),
        base,
      })
      .execute(),
  )
}

/** Records how far a run is. */
export async function updateProgress(
  store: Store,
  id: string,
  progress: RunProgress,
  news?: EventsToPublish,
): Promise<void> {
  await telling(store, news, (db) =>
    db
      .updateTable('runs')
      .set({ progress: text(progress) })
      .where('id', '=', id)
      .execute(),
  )
}

/** Records how a run ended. */
export async function finishRun(
  store: Store,
  id: string,
  end: RunEnd,
  news?: EventsToPublish,
): Promise<void> {
  const { finishedAt, status, counts, error, held = null } = end
  await telling(store, news, (db) =>
    db
      .updateTable('runs')
      .set({ finishedAt, status, counts: text(counts), error: text(error), held: text(held) })
      .where('id', '=', id)
      .execute(),
  )
}

/**
 * Marks as interrupted the runs whose process died, and tells that those that were no dry run failed; answers how many.
 * Call it with the lock `sync` in hand: then none is alive.
 */
export async function abandonRuns(store: Store, announcing?: Publishing): Promise<number> {
  return store.db.transaction().execute(async (db) => {
    const gone = await db
      .updateTable('runs')
      .set({ status: 'interrupted' })
      .where('status', '=', 'running')
      .returning(['id', 'trigger', 'epcis', 'dryRun'])
      .execute()
    const events = gone
      .filter(({ dryRun }) => dryRun === 0)
      .map(({ id, trigger, epcis }) => ({
        type: 'sync.failed' as const,
        key: null,
        data: { run: id, trigger, epcis: value<string[]>(epcis), code: 'INTERRUPTED' },
      }))
    if (announcing !== undefined) await publish(db, { ...announcing, events })
    return gone.length
  })
}

/** One statement, and in the same transaction what it makes known. */
async function telling(
  { db }: Store,
  news: EventsToPublish | undefined,
  write: (db: Kysely<Tables>) => Promise<unknown>,
): Promise<void> {
  if (news === undefined) return void (await write(db))
  await db.transaction().execute(async (transaction) => {
    await write(transaction)
    await publish(transaction, news)
  })
}

/** Whether a run that writes is under way, or died without saying so (see `abandonRuns`). */
export async function isRunning(store: Store): Promise<boolean> {
  const row = await store.db
    .selectFrom('runs')
    .select('id')
    .where('status', '=', 'running')
    .where('dryRun', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}

/** The run of that id; null: there is none. */
export async function getRun(store: Store, id: string): Promise<Run | null> {
  const row = await store.db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toRun(row)
}

/** The last `limit` runs, the newest first. */
export async function listRuns(store: Store, limit: number): Promise<Run[]> {
  return (await newestFirst(store).limit(limit).execute()).map(toRun)
}

/** The last run that did the whole job: done, not dry, not limited to some EPCI; null: none ever did. */
export async function lastDoneRun(store: Store): Promise<Run | null> {
  const row = await newestFirst(store)
    .where('status', '=', 'done')
    .where('dryRun', '=', 0)
    .where('epcis', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : toRun(row)
}

/** The last run that was to do the whole job, however it ended; null: there was none. */
export async function lastWholeRun(store: Store): Promise<Run | null> {
  const row = await newestFirst(store).where('dryRun', '=', 0).where('epcis', 'is', null).executeTakeFirst()
  return row === undefined ? null : toRun(row)
}

/** How many runs there are of each status, dry ones aside. */
export async function countRuns(store: Store): Promise<Record<RunRow['status'], number>> {
  const rows = await store.db
    .selectFrom('runs')
    .select(({ fn }) => ['status', fn.countAll<number>().as('runs')])
    .where('dryRun', '=', 0)
    .groupBy('status')
    .execute()
  const counted = Object.fromEntries(rows.map(({ status, runs }) => [status, Number(runs)]))
  return { running: 0, done: 0, held: 0, failed: 0, interrupted: 0, ...counted }
}

function newestFirst(store: Store) {
  return store.db.selectFrom('runs').selectAll().orderBy('startedAt', 'desc').orderBy('id', 'desc')
}

function toRun(row: RunRow): Run {
  return {
    ...row,
    dryRun: row.dryRun === 1,
    epcis: value<string[]>(row.epcis),
    progress: value<RunProgress>(row.progress),
    counts: value<RunCounts>(row.counts),
    error: value<RunError>(row.error),
    held: value<RunHeld>(row.held),
  }
}

function text(content: object | null): string | null {
  return content === null ? null : JSON.stringify(content)
}

/** Our own text, written by `text` above. */
function value<T>(stored: string | null): T | null {
  return stored === null ? null : (JSON.parse(stored) as T)
}
