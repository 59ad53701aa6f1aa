import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { complete, retryLater } from '../store/leases.ts'
import type { Lease, Worker } from '../store/leases.ts'
import type { Failures } from './process-row-jobs.ts'
import type { LiveSync } from './live-memory.ts'
import { PACE_MS } from './stale-epcis.ts'

/** Does what the leases ask for; throws what concerns them all. */
export type Handler = (parts: LiveSync, leases: readonly Lease[]) => Promise<Failures>

type Processing = {
  readonly handle: Handler
  readonly counts: { done: number; postponed: number; failed: number }
  /** Waits between one try and the next; after the last, it is given up. */
  readonly retrySeconds: readonly number[]
}

/** Not the fault of a row: all wait until it is over. */
const EVERYBODY: readonly ErrorCode[] = [
  'NOCODB_UNAVAILABLE',
  'NOCODB_FORBIDDEN',
  'SCHEMA_MISMATCH',
  'SYNC_HELD',
  'STORE_UNAVAILABLE',
]

/**
 * Processes leased jobs: those done leave the inbox, those that failed wait for their next try, or are given up with
 * their reason. Where one of many spoils the rest, each is tried alone. Throws what concerns them all.
 */
export async function processJobs(
  parts: LiveSync,
  who: Worker,
  leases: readonly Lease[],
  processing: Processing,
): Promise<void> {
  const since = parts.now()
  let failures: Failures
  try {
    failures = await processing.handle(parts, leases)
  } catch (cause) {
    if (cause instanceof PortreaError && EVERYBODY.includes(cause.code)) throw cause
    if (leases.length > 1) return oneByOne(parts, who, leases, processing, cause)
    parts.log.error({ ...leases[0], err: cause }, 'live: a row could not be processed')
    failures = new Map(leases.map((lease) => [lease, reasonOf(cause)]))
  }
  const done = leases.filter((lease) => !failures.has(lease))
  await complete(parts.store, who, done, { at: parts.now(), notBefore: new Date(since.getTime() + PACE_MS) })
  processing.counts.done += done.length
  if (failures.size > 0) await retryFailures(parts, who, failures, processing)
}

/** Where every one of them fails alone too, the cause is not in the rows. */
async function oneByOne(
  parts: LiveSync,
  who: Worker,
  leases: readonly Lease[],
  processing: Processing,
  cause: unknown,
): Promise<void> {
  const before = processing.counts.done
  for (const [index, lease] of leases.entries()) {
    if (index === ENOUGH && processing.counts.done === before) throw cause
    await processJobs(parts, who, [lease], processing)
  }
}

const ENOUGH = 5

async function retryFailures(
  { store, log, now }: LiveSync,
  who: Worker,
  failures: Failures,
  { counts, retrySeconds }: Processing,
): Promise<void> {
  const wait = ({ attempts }: Lease) => retrySeconds[attempts]
  const at = now().getTime()
  const outcomes = [...failures].map(([lease, reason]) => {
    const seconds = wait(lease)
    return [lease, { reason, nextTry: seconds === undefined ? null : new Date(at + seconds * 1000) }] as const
  })
  await retryLater(store, who, new Map(outcomes))
  for (const [lease, { reason, nextTry }] of outcomes) {
    const { about, record, attempts } = lease
    const facts = { about, record, attempts: attempts + 1, reason }
    if (nextTry === null) log.error(facts, 'live: given up; see `portrea doctor`, then `portrea retry`')
    else log.warn({ ...facts, seconds: wait(lease) }, 'live: failed, tried again later')
    counts[nextTry === null ? 'failed' : 'postponed'] += 1
  }
}

/** What a fault of ours says may hold anything: it stays in the log. */
function reasonOf(cause: unknown): string {
  return cause instanceof PortreaError ? cause.message : 'internal fault: see the log'
}
