import type { FastifyBaseLogger } from 'fastify'
import type { Store } from '../store/database.ts'
import { eventBounds, eventsAfter } from '../store/events.ts'
import type { StoredEvent } from '../store/events.ts'

/** The live feed: what was told, as server-sent events, to many listeners. */
export type EventFeed = {
  /** Frames after that event (null: from now on), until `listener` or the feed ends them; null: too many listen already. */
  listen(after: number | null, listener: AbortSignal): AsyncGenerator<string> | null
  readonly listeners: number
  /** Ends every listener; nothing can be opened afterwards. */
  close(): void
}

/** More would be a mistake of somebody's. */
export const MOST_LISTENERS = 200
/** Events read at a time for one listener: it is given no more before it has taken these. */
const PAGE = 100
/** How often the store is asked whether anything is new, once for all listeners of this process. */
const POLL_MS = 500
/** A comment, so that proxies keep the line open and a dead listener is noticed. */
const HEARTBEAT_MS = 15_000
/** How long a listener waits before it comes back. */
const RETRY = 'retry: 3000\n\n'

/**
 * A feed over the events of the store: whatever replica or command made them, in the order of their ids. A listener
 * that is slow holds back only itself, and nothing is kept in memory for it. `heartbeatMs` is for impatient tests.
 */
export function createEventFeed(
  store: Store,
  log: FastifyBaseLogger,
  { heartbeatMs = HEARTBEAT_MS }: { readonly heartbeatMs?: number } = {},
): EventFeed {
  const news = newsOf(store, log)
  const closing = new AbortController()
  let listeners = 0
  async function* frames(after: number | null, signal: AbortSignal): AsyncGenerator<string> {
    yield RETRY
    const start = await startOf(store, after)
    if (start.gap !== null) yield start.gap
    let cursor = start.after
    while (!signal.aborted) {
      const events = await eventsAfter(store, cursor, PAGE)
      for (const event of events) yield frame(event)
      cursor = events.at(-1)?.id ?? cursor
      if (events.length < PAGE && !(await news.after(cursor, heartbeatMs, signal)) && !signal.aborted)
        yield ': still here\n\n'
    }
  }
  return {
    listen(after, listener) {
      const signal = AbortSignal.any([listener, closing.signal])
      if (signal.aborted || listeners >= MOST_LISTENERS) return null
      listeners += 1 // at once: a thousand may ask before the first frame leaves
      signal.addEventListener('abort', () => void (listeners -= 1), { once: true })
      return frames(after, signal)
    },
    get listeners() {
      return listeners
    },
    close: () => closing.abort(),
  }
}

/** Where a listener begins. One whose events were forgotten meanwhile is told so: it must fetch the state again. */
async function startOf(store: Store, after: number | null): Promise<{ after: number; gap: string | null }> {
  const { oldest, last } = await eventBounds(store)
  if (after === null || after === last) return { after: last, gap: null }
  const known = after >= oldest - 1 && after < last
  if (known) return { after, gap: null }
  const from = after > last ? last : oldest - 1
  const gap = { type: 'feed.gap', timestamp: new Date().toISOString(), data: { after, oldest } }
  return { after: from, gap: text(from, gap) }
}

function frame({ id, type, at, data }: StoredEvent): string {
  return text(id, { type, timestamp: at, data })
}

/** JSON is one line: no break inside can be taken for the end of the frame. */
function text(
  id: number,
  content: { readonly type: string; readonly timestamp: string; readonly data: unknown },
): string {
  return `id: ${id}\nevent: ${content.type}\ndata: ${JSON.stringify(content)}\n\n`
}

/** Tells those who wait that there is something after what they have seen. */
function newsOf(store: Store, log: FastifyBaseLogger) {
  const waiting = new Set<{ readonly after: number; readonly wake: () => void }>()
  let timer: NodeJS.Timeout | null = null
  const poll = async () => {
    try {
      const { last } = await eventBounds(store)
      for (const one of waiting) if (last !== one.after) one.wake()
    } catch (cause) {
      if (waiting.size > 0) log.warn({ err: cause }, 'the live feed cannot read the store')
    }
    timer = waiting.size === 0 ? null : setTimeout(() => void poll(), POLL_MS)
  }
  return {
    /** Whether there is; false after `limitMs`, or when `signal` says that nobody cares any more. */
    after(after: number, limitMs: number, signal: AbortSignal): Promise<boolean> {
      if (signal.aborted) return Promise.resolve(false)
      return new Promise((resolve) => {
        const end = (found: boolean) => {
          clearTimeout(limit)
          signal.removeEventListener('abort', stop)
          waiting.delete(one)
          resolve(found)
        }
        const stop = () => end(false)
        const limit = setTimeout(stop, limitMs)
        const one = { after, wake: () => end(true) }
        signal.addEventListener('abort', stop)
        waiting.add(one)
        timer ??= setTimeout(() => void poll(), POLL_MS)
      })
    },
  }
}
