import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { finish, postpone } from '../store/claims.ts'
import type { Claim, Claimant } from '../store/claims.ts'
import type { Failures } from './drain-rows.ts'
import type { LiveSync } from './live-memory.ts'
import { PACE_MS } from './stale-epcis.ts'

/** Does what the claims ask for; throws what concerns them all. */
export type Handler = (parts: LiveSync, claims: readonly Claim[]) => Promise<Failures>

type Dealing = {
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
 * Deals with claims in hand: those done leave the inbox, those that failed wait for their next try, or are given up with
 * their reason. Where one of many spoils the rest, each is tried alone. Throws what concerns them all.
 */
export async function dealWith(
  parts: LiveSync,
  who: Claimant,
  claims: readonly Claim[],
  dealing: Dealing,
): Promise<void> {
  const since = parts.now()
  let failures: Failures
  try {
    failures = await dealing.handle(parts, claims)
  } catch (cause) {
    if (cause instanceof PortreaError && EVERYBODY.includes(cause.code)) throw cause
    if (claims.length > 1) return oneByOne(parts, who, claims, dealing, cause)
    parts.log.error({ ...claims[0], err: cause }, 'live: a row could not be dealt with')
    failures = new Map(claims.map((claim) => [claim, reasonOf(cause)]))
  }
  const done = claims.filter((claim) => !failures.has(claim))
  await finish(parts.store, who, done, { at: parts.now(), notBefore: new Date(since.getTime() + PACE_MS) })
  dealing.counts.done += done.length
  if (failures.size > 0) await putOff(parts, who, failures, dealing)
}

/** Where every one of them fails alone too, the cause is not in the rows. */
async function oneByOne(
  parts: LiveSync,
  who: Claimant,
  claims: readonly Claim[],
  dealing: Dealing,
  cause: unknown,
): Promise<void> {
  const before = dealing.counts.done
  for (const [index, claim] of claims.entries()) {
    if (index === ENOUGH && dealing.counts.done === before) throw cause
    await dealWith(parts, who, [claim], dealing)
  }
}

const ENOUGH = 5

async function putOff(
  { store, log, now }: LiveSync,
  who: Claimant,
  failures: Failures,
  { counts, retrySeconds }: Dealing,
): Promise<void> {
  const wait = ({ attempts }: Claim) => retrySeconds[attempts]
  const at = now().getTime()
  const outcomes = [...failures].map(([claim, reason]) => {
    const seconds = wait(claim)
    return [claim, { reason, nextTry: seconds === undefined ? null : new Date(at + seconds * 1000) }] as const
  })
  await postpone(store, who, new Map(outcomes))
  for (const [claim, { reason, nextTry }] of outcomes) {
    const { about, record, attempts } = claim
    const facts = { about, record, attempts: attempts + 1, reason }
    if (nextTry === null) log.error(facts, 'live: given up; see `portrea doctor`, then `portrea retry`')
    else log.warn({ ...facts, seconds: wait(claim) }, 'live: failed, tried again later')
    counts[nextTry === null ? 'failed' : 'postponed'] += 1
  }
}

/** What a fault of ours says may hold anything: it stays in the log. */
function reasonOf(cause: unknown): string {
  return cause instanceof PortreaError ? cause.message : 'internal fault: see the log'
}
