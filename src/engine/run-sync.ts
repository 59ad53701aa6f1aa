import { randomUUID } from 'node:crypto'
import type { EpciReport } from '../domain/epci-report.ts'
import { PortreaError } from '../errors.ts'
import { assertFits, assertMayWrite } from '../nocodb/drift.ts'
import { countActors } from '../nocodb/read-actors.ts'
import { readBrake } from '../store/brake.ts'
import { forgetDead } from '../store/deliveries.ts'
import { forgetEvents } from '../store/events.ts'
import type { Lock } from '../store/engine.ts'
import { tryLock } from '../store/locks.ts'
import { recountRecords } from '../store/record-counts.ts'
import { abandonRuns, finishRun, startRun, updateProgress } from '../store/runs.ts'
import type { NewRun, RunCounts, RunHeld } from '../store/runs.ts'
import { judge } from './brake.ts'
import type { Verdict } from './brake.ts'
import { decideAll } from './import/decide.ts'
import { newGate } from './gate.ts'
import { heldWords, keepHeld } from './hold.ts'
import { failureOf, interruptible, unlessInterrupted } from './interrupt.ts'
import { keepRun } from './keep-run.ts'
import { readAgainOnce } from './known-base.ts'
import { endEvent, eventUnlessDry, publishing, runData } from './event-publishing.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncContext } from './sync-context.ts'
import { readBase, writable } from './read-base.ts'
import type { BaseReading } from './read-base.ts'
import { withRecordView } from './record-view.ts'
import type { RecordView } from './record-view.ts'
import type { DataIssue } from './data-issues.ts'
import { recordFailure, recordRun } from './record-run.ts'
import { afterLiveWork, holding } from './hold-lock.ts'
import { keepCopy, storeNotes } from './store-notes.ts'
import { wholeDue } from './whole-due.ts'
import { writeAll } from './write-all.ts'
import { collector, NOTHING_WRITTEN, writer } from './write-plan.ts'
import type { PlannedTable, Refused, SinkReport } from './write-plan.ts'

/** Where a run is; `total` null while it is not known. */
export type SyncProgress = {
  readonly phase: 'actors' | 'epcis' | 'done'
  readonly done: number
  readonly total: number | null
}

/** How to run: which EPCI (null: all), by whom it was started, and whether only to print the plan. */
export type SyncOptions = {
  readonly trigger: NewRun['trigger']
  readonly dryRun: boolean
  readonly epcis: readonly string[] | null
  /** Whether every record is read, whatever is known of it. */
  readonly whole?: boolean
  /** Whether a person accepts what the brake would hold. */
  readonly accept?: boolean
  /** Asked when no other run can begin any more: whether none has done it meanwhile. */
  readonly needed?: () => Promise<boolean>
  readonly onProgress?: (progress: SyncProgress) => void
  /** Interrupts it between two requests: the next run takes up what it leaves. */
  readonly signal?: AbortSignal
}

/** What a run did: what it wrote, what NocoDB refused, what it found odd, the reports, and the plan of a dry run. */
export type SyncResult = {
  readonly id: string
  readonly counts: RunCounts
  readonly refused: readonly Refused[]
  readonly reported: readonly DataIssue[]
  readonly reports: readonly EpciReport[]
  /** What a dry run would write, by table; null for a run that wrote it. */
  readonly plan: readonly PlannedTable[] | null
  /** Why the brake held it, or would hold a dry run; null: it did not. */
  readonly held: RunHeld | null
  /** Why a base that was held is no more. */
  readonly released: Verdict['released']
}

/** The options of a run, and the lock that it holds. */
type Locked = SyncOptions & { readonly lock: Lock }

/** A run that has begun: it holds the lock until `finished` settles. */
export type StartedSync = { readonly id: string; readonly finished: Promise<SyncResult> }

/**
 * The main job: read → assess → plan → write only the cells that change → verify → record the run. Running it twice
 * changes nothing; stopped anywhere, the next run ends in the same state.
 * Throws SYNC_RUNNING while another run (of any process on this store) is in progress, or has done what was `needed`.
 */
export async function runSync(parts: SyncContext, options: SyncOptions): Promise<SyncResult> {
  const { finished } = await startSync(parts, options)
  return finished
}

/** Starts the same and answers as soon as it has begun; `finished` must be awaited or its failure handled. */
export async function startSync(parts: SyncContext, options: SyncOptions): Promise<StartedSync> {
  const lock = await tryLock(parts.store, 'sync')
  if (lock === null)
    throw new PortreaError('SYNC_RUNNING', 'Une autre synchronisation est en cours : attendez sa fin.')
  const id = randomUUID()
  const startedAt = parts.now()
  try {
    if ((await options.needed?.()) === false)
      throw new PortreaError('SYNC_RUNNING', 'Une autre synchronisation vient de faire ce travail.')
    await abandonRuns(parts.store, publishing(parts))
    await forgetOld(parts)
    await begin(parts, options, id, startedAt)
  } catch (cause) {
    await lock.release()
    throw cause
  }
  return { id, finished: holding(lock, recorded(parts, { ...options, lock }, id, startedAt)) }
}

/** Events and deliveries past their time: each run sweeps, so that they stay few even where it always fails. */
async function forgetOld({ store, webhooks, now }: SyncContext): Promise<void> {
  const before = (days: number) => new Date(now().getTime() - days * 86_400_000)
  await forgetEvents(store, before(Math.max(webhooks.events.keepDays, webhooks.events.quietDays)))
  await forgetDead(store, before(webhooks.delivery.deadDays))
}

async function begin(parts: SyncContext, options: SyncOptions, id: string, startedAt: Date): Promise<void> {
  const { store, rules, base, log } = parts
  const { trigger, dryRun, epcis } = options
  const run = {
    id,
    startedAt: startedAt.toISOString(),
    trigger,
    dryRun,
    rules: rules.fingerprint,
    epcis,
    base: base.id,
  }
  await startRun(
    store,
    run,
    eventUnlessDry(parts, options, { type: 'sync.started', key: null, data: runData(id, options) }),
  )
  log.info({ run: id, trigger, dryRun }, 'sync started')
}

/** Runs and leaves a trace of it in the store, whatever happens. */
async function recorded(
  parts: SyncContext,
  options: Locked,
  id: string,
  startedAt: Date,
): Promise<SyncResult> {
  const { store, log, now } = parts
  try {
    const viewed = (view: RecordView) => run(parts, { ...options, view }, id, startedAt)
    const result = await afterLiveWork(parts, options, () =>
      readAgainOnce(parts, () => withRecordView(parts, viewed)),
    )
    const { counts, held } = result
    const status = held === null || options.dryRun ? 'done' : 'held'
    await finishRun(
      store,
      id,
      { finishedAt: now().toISOString(), status, counts, error: null, held },
      eventUnlessDry(parts, options, endEvent(parts, runData(id, options), result)),
    )
    log.info({ run: id, ...counts }, `sync ${status}`)
    if (status === 'done' && !options.dryRun && options.epcis === null) keepCopy(parts)
    options.onProgress?.({ phase: 'done', done: 1, total: 1 })
    return result
  } catch (cause) {
    const failure = failureOf(cause, options.signal)
    const { code, message, faults } = failure
    const error = { code, message, ...(faults.length === 0 ? {} : { faults }) }
    const status = code === 'INTERRUPTED' ? 'interrupted' : 'failed'
    log.error({ run: id, code, err: cause }, `sync ${status}`)
    const finishedAt = now().toISOString()
    const end = { finishedAt, status, counts: null, error } as const
    const data = { ...runData(id, options), code }
    const key = `sync.failed ${code} ${parisDay(now())}` // an outage is tried again every few minutes: told once a day
    const news = eventUnlessDry(parts, options, { type: 'sync.failed', key, data })
    await finishRun(store, id, end, news).catch((err: unknown) =>
      log.error({ run: id, err }, 'failure not recorded'),
    )
    if (!options.dryRun && status === 'failed')
      await recordFailure(parts, { id, startedAt, trigger: options.trigger }, failure)
    throw cause
  }
}

type Viewing = Locked & { readonly view: RecordView }

async function run(parts: SyncContext, options: Viewing, id: string, startedAt: Date): Promise<SyncResult> {
  const { base, columns, store } = parts
  const { dryRun, epcis, trigger, view } = options
  assertFits(base)
  if (!dryRun) assertMayWrite(base)
  // What people accepted is theirs: no brake holds it, and the run reads it as it reads the rest.
  if (!dryRun && epcis === null) await decideAll(parts)
  const sink = interruptible(dryRun ? collector() : writer(base), options.signal)
  const progress = progressOf(parts, options, id)
  const memory = await readBrake(store, base.id)
  const written = writable(epcis)
  const learns = dryRun ? 'never' : memory.seen === null ? 'at once' : 'once open'
  const gate = newGate({ ...parts, sink, view, learns })
  const whole = options.whole === true || (await wholeDue(parts))
  if (whole && !dryRun) await recountRecords(store, base.id) // what is kept of the counts is held against the records
  const expected = await countActors(base, columns)
  const onPage = (done: number) => {
    unlessInterrupted(options.signal)
    return progress({ phase: 'actors', done, total: expected })
  }
  const isMoved = () => base.moved()
  const alone = learns === 'once open'
  const read = await readBase(parts, { epcis, written, view, whole, gate, onPage, alone, isMoved })
  await progress({ phase: 'epcis', done: 0, total: read.reports.length })
  const { differing } = read.records
  if (differing !== null && differing.length > 0)
    parts.log.error(
      { run: id, records: differing.slice(0, 20), count: differing.length },
      'the store was wrong',
    )
  const { reasons, released } = await judge(parts, memory, read, options.accept ?? false)
  const held = heldWords(parts, reasons, read, gate)
  const goes = dryRun || held === null
  if (!dryRun && !options.lock.held())
    throw new PortreaError('STORE_UNAVAILABLE', 'Le verrou de la synchronisation a été perdu : réessayez.')
  if (goes) await gate.open(read.again)
  const done = goes ? await writeAll(parts, sink, read) : NOTHING_WRITTEN
  const { notes, told: memoryTold } = await storeNotes(parts)
  const reported = [...notes, ...read.reported]
  const counts = countsOf(parts, startedAt, { read, done, reported })
  const result = { reported, reports: read.reports, held, released }
  const end = { id, startedAt, trigger, counts, ...result }
  if (!dryRun && held === null) {
    await keepRun(parts, { read, done, startedAt, whole: epcis === null, allRecords: whole, released })
    await recordRun(parts, end)
  } else if (!dryRun && held !== null)
    await keepHeld(parts, { ...end, held }, { memory, reasons, counts: read.counts })
  if (!dryRun && epcis === null) await memoryTold()
  return { id, counts, refused: done.refused, plan: done.plan, ...result }
}

function countsOf(
  { now }: SyncContext,
  startedAt: Date,
  found: {
    readonly read: BaseReading
    readonly done: SinkReport
    readonly reported: readonly DataIssue[]
  },
): RunCounts {
  const { read, done, reported } = found
  return {
    actorsRead: read.records.rows,
    epcisRead: read.epcis,
    rowsWritten: done.rows,
    cellsWritten: done.cells,
    linked: done.filled.length,
    refused: done.refused.length,
    reported: reported.reduce((sum, one) => sum + one.count, 0),
    ...(read.records.differing === null ? {} : { differing: read.records.differing.length }),
    seconds: (now().getTime() - startedAt.getTime()) / 1000,
  }
}

/** Tells the caller at once, and the store at most once a second. */
function progressOf(parts: SyncContext, options: SyncOptions, id: string) {
  const { store, now } = parts
  let last = 0
  return async (progress: SyncProgress): Promise<void> => {
    options.onProgress?.(progress)
    if (now().getTime() - last < 1000) return
    last = now().getTime()
    const news = eventUnlessDry(parts, options, {
      type: 'sync.progress',
      key: null,
      data: { run: id, ...progress },
    })
    await updateProgress(store, id, progress, news)
  }
}
