import { createHmac, randomBytes } from 'node:crypto'
import type { FormSettings } from '../config/forms-file.ts'
import { networkOf } from './sign-in-limit.ts'

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000]
/** Networks remembered at once: the oldest is forgotten, so that no flood of addresses fills the memory. */
const MOST_KEYS = 20_000

/** Whether another answer may come. */
export type FormLimit = {
  /** Why not: too many from this network within a minute, or too many kept of this address within a day; null: it may. */
  refuses(ip: string, key: string): 'minute' | 'day' | null
  /** One more is kept: what is sent back to be corrected, or was empty, closes no address. */
  kept(key: string): void
}

/** By network, of which only a mark is kept in the memory that nothing can be read from, and by address. */
export function formLimit(
  { perMinute, perDay }: Pick<FormSettings, 'perMinute' | 'perDay'>,
  now: () => number,
): FormLimit {
  const [networks, addresses] = [counter(MINUTE_MS, now), counter(DAY_MS, now)]
  const secret = randomBytes(32)
  const marked = (ip: string) => createHmac('sha256', secret).update(networkOf(ip)).digest('base64url')
  return {
    refuses(ip, key) {
      if (networks(marked(ip), 1) > perMinute) return 'minute'
      return addresses(key, 0) >= perDay ? 'day' : null
    },
    kept: (key) => void addresses(key, 1),
  }
}

/** How often a key came within a window, with those that come now. */
function counter(windowMs: number, now: () => number): (key: string, more: 0 | 1) => number {
  const seen = new Map<string, { since: number; count: number }>()
  return (key, more) => {
    const at = now()
    // Those that came first stand first.
    for (const [known, { since }] of seen) {
      if (since >= at - windowMs && seen.size <= MOST_KEYS) break
      seen.delete(known)
    }
    const found = seen.get(key) ?? { since: at, count: 0 }
    if (more === 0) return found.count
    found.count += 1
    seen.set(key, found)
    return found.count
  }
}
