import { randomUUID } from 'node:crypto'
import type { NocodbSettings } from '../config/nocodb-file.ts'
import type { BrakeReason } from '../domain/brake.ts'
import { PortreaError } from '../errors.ts'
import type { Base } from '../nocodb/base.ts'
import { readBrake } from '../store/brake.ts'
import { leaseJobs, LEASE_MS, nextDue, releaseLeases, renewLeases } from '../store/leases.ts'
import type { Worker } from '../store/leases.ts'
import { burstWatch } from './burst.ts'
import { processJobs } from './process-jobs.ts'
import type { Handler } from './process-jobs.ts'
import { processRowJobs } from './process-row-jobs.ts'
import { watchedFit } from './known-base.ts'
import type { LiveCounts } from './live-counts.ts'
import { liveMemory } from './live-memory.ts'
import type { LiveSync } from './live-memory.ts'
import { writeLock } from './write-lock.ts'
import type { SyncContext } from './sync-context.ts'
import { reconcileLoop } from './reconcile-loop.ts'
import { processEpcis } from './process-epcis.ts'
import { baseConnection } from './base-connection.ts'
import { allKnown } from './whole-due.ts'
import { workLoop } from './work-loop.ts'
import type { WorkLoop } from './work-loop.ts'

/** What live work needs; the caller owns the store. */
export type LiveContext = Omit<SyncContext, 'base'> & {
  readonly settings: NocodbSettings['live']
  readonly open: () => Promise<Base>
  /** A whole run was found whose process had died. */
  readonly abandoned: () => void
  /** The base looks wrong: a whole run is to look at it, and tell. */
  readonly suspected: () => void
  /** The base stopped fitting, fits again, or otherwise than before: a whole run is due. */
  readonly drifted: () => void
}

/** Live work under way. */
export type Live = {
  notify(): void
  resync(): void
  counts(): LiveCounts
  /** Ends what is under way, and lets go of the rest: another replica, or the next start, takes it up. */
  stop(): Promise<void>
}

/** Without a hint here, we look for those of other replicas, and for those whose next try is due. */
const POLL_MS = 1000
/** While a whole run is at work. */
const ASIDE_MS = 200
/** Rows in one piece of work: few enough to be quick, many enough for a burst. */
const ROWS = 50
const EPCIS = 6
/** What came of a look at the inbox. */
type Look = 'nothing' | 'dealt' | 'held'
/** After a look: a base may be held for days. */
const WAIT_MS = { dealt: 0, held: 1000 } as const
/** A base where nothing happens is looked at all the same: what is wrong there is told before it is needed. */
const IDLE_LOOK_MS = 30_000
/** A base that goes on looking wrong is looked at by a run once in a while. */
const SUSPECT_MS = 10 * 60_000
/** The run that is to read all records is mostly about to begin. */
const UNREAD_MS = 30_000
/** How long a stop waits for NocoDB to answer. */
const PATIENCE_MS = 10_000

/**
 * Works on the inbox: the record's own figures at once, those of its EPCI right after, at most once a second; looks now
 * and then for what no hint told. NocoDB, or the store, may be away: nothing is lost, work goes on when it is back.
 */
export function startLive(parts: LiveContext): Live {
  const { store, log } = parts
  const id = randomUUID()
  const memory = liveMemory()
  const turn = writeLock(parts, parts.abandoned)
  const suspect = oncePer(SUSPECT_MS, (reasons: readonly BrakeReason[]) => suspected(parts, reasons))
  const unread = unreadFor(parts)
  const fit = watchedFit(store, parts.open, parts.drifted)
  const base = baseConnection(() => fit.open().catch(resting(turn)))
  const burst = burstWatch()
  const counts = { done: 0, postponed: 0, failed: 0 }
  const names: string[] = []
  const drain = (kind: 'rows' | 'figures', limit: number, handle: Handler): WorkLoop => {
    const by = `${id} ${kind}`
    names.push(by)
    const work = async (sync: LiveSync, who: Worker): Promise<Look> => {
      if (kind === 'figures' && (burst.underWay() || (await readBrake(store, who.base)).held !== null))
        return 'held'
      if (kind === 'figures' && unread(!(await allKnown(sync)))) return 'held'
      const leases = await leaseJobs(store, who, { kind, limit, at: parts.now() })
      const idle = leases.length === 0
      if (!(await base.stands(idle ? IDLE_LOOK_MS : undefined))) return putBack(sync, who)
      if (idle) return 'nothing'
      await processJobs(sync, who, leases, { handle, counts, retrySeconds: parts.settings.retrySeconds })
      if (kind === 'rows') {
        burst.dealt(leases.length)
        figures.wake()
      }
      return 'dealt'
    }
    return workLoop(kind, log, async () => {
      const opened = await base.get()
      const who = { base: opened.id, by }
      try {
        const look = await turn.during(() => work({ ...parts, base: opened, memory, suspect }, who))
        if (look === null) memory.forget() // a whole run needs the room
        if (look === null) return ASIDE_MS
        if (look === 'nothing') return waitFor(await nextDue(store, opened.id, kind), parts.now())
        return WAIT_MS[look]
      } catch (cause) {
        await releaseLeases(store, who).catch(() => undefined) // the store is away: the lease will end
        const code = cause instanceof PortreaError ? cause.code : null
        if (code === 'SYNC_HELD') return WAIT_MS.held
        base.forget()
        if (code === 'SCHEMA_MISMATCH') memory.forget() // it may hold what was read under other names
        throw cause
      }
    })
  }
  const figures = drain('figures', EPCIS, processEpcis)
  const rows = drain('rows', ROWS, processRowJobs)
  const looking = reconcileLoop({ ...parts, memory, suspect }, base, turn, () => rows.wake())
  const heart = heartbeat(parts, base, names)
  return {
    notify: () => rows.wake(),
    resync: () => looking.resync(),
    counts: () => counts,
    stop: () => stopAll([looking, rows, figures], { base, turn, heart }),
  }
}

/** Ends the loops, then what they worked with; a NocoDB that does not answer is not waited for. */
async function stopAll(
  loops: readonly { stop(): Promise<void> }[],
  held: {
    readonly base: ReturnType<typeof baseConnection>
    readonly turn: ReturnType<typeof writeLock>
    readonly heart: ReturnType<typeof heartbeat>
  },
): Promise<void> {
  const late = setTimeout(() => held.base.forget(), PATIENCE_MS)
  await Promise.all(loops.map((loop) => loop.stop()))
  clearTimeout(late)
  clearInterval(held.heart)
  await held.turn.close()
  held.base.forget()
}

/** Renews the leases of these names, some of which come later; to be cleared. */
function heartbeat(
  parts: LiveContext,
  base: ReturnType<typeof baseConnection>,
  names: readonly string[],
): NodeJS.Timeout {
  const beat = (by: string) => base.known().then((known) => known && renewed(parts, known, by))
  return setInterval(() => void names.map(beat), LEASE_MS / 4)
}

function suspected(parts: LiveContext, reasons: readonly BrakeReason[]): void {
  const what = 'live: the base looks wrong, a whole run is asked for; no figures of EPCI are written'
  parts.log.warn({ reasons }, what)
  parts.suspected()
}

/** Other rules, columns or key than those of the last whole run: what is known of the records says nothing of figures. */
function wholeWanted(parts: LiveContext): void {
  parts.log.info('live: not every record was read by these rules and columns: a whole run is asked for')
  parts.suspected()
}

/** Tells what it is told, whether records are unread; where that lasts, a run is asked for. */
function unreadFor(parts: LiveContext): (unread: boolean) => boolean {
  const ask = oncePer(SUSPECT_MS, () => wholeWanted(parts))
  let since: number | null = null
  return (unread) => {
    since = unread ? (since ?? performance.now()) : null
    if (since !== null && performance.now() - since > UNREAD_MS) ask(null)
    return unread
  }
}

/** Does it at most once in `milliseconds`. */
function oncePer<Fact>(milliseconds: number, act: (fact: Fact) => void): (fact: Fact) => void {
  let next = 0
  return (fact) => {
    const now = performance.now()
    if (now < next) return
    next = now + milliseconds
    act(fact)
  }
}

/** Of a base that changed: what is remembered of its records bears the former columns; what waits is taken up on the new ones. */
async function putBack({ store, memory }: LiveSync, who: Worker): Promise<Look> {
  memory.forget()
  await releaseLeases(store, who)
  return 'dealt'
}

/** A base that cannot be opened keeps no whole run waiting, which would tell why. */
function resting(turn: ReturnType<typeof writeLock>): (cause: unknown) => Promise<never> {
  return async (cause) => {
    await turn.rest()
    throw cause
  }
}

function waitFor(due: Date | null, now: Date): number {
  return due === null ? POLL_MS : Math.min(POLL_MS, Math.max(1, due.getTime() - now.getTime()))
}

/** A renewal that fails is tried again at the next beat. */
async function renewed({ store, log, now }: LiveContext, base: Base, by: string): Promise<void> {
  await renewLeases(store, { base: base.id, by }, now()).catch((err: unknown) =>
    log.debug({ err }, 'live: leases not renewed'),
  )
}
