import type { FormSettings } from '../config/forms-file.ts'
import { networkOf } from './sign-in-limit.ts'

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000]
/** Networks remembered at once: the oldest is forgotten, so that no flood of addresses fills the memory. */
const MOST_KEYS = 20_000

/**
 * Whether another answer may come: from one network, of which nothing is kept beyond a minute and outside the memory, and by
 * one address.
 */
export function formLimit(
  { perMinute, perDay }: Pick<FormSettings, 'perMinute' | 'perDay'>,
  now: () => number,
): (ip: string, key: string) => boolean {
  const [networks, addresses] = [counter(MINUTE_MS, now), counter(DAY_MS, now)]
  return (ip, key) => networks(networkOf(ip)) <= perMinute && addresses(key) <= perDay
}

/** How often a key came within a window, this time included. */
function counter(windowMs: number, now: () => number): (key: string) => number {
  const seen = new Map<string, { since: number; count: number }>()
  return (key) => {
    const at = now()
    // Those that came first stand first.
    for (const [known, { since }] of seen) {
      if (since >= at - windowMs && seen.size <= MOST_KEYS) break
      seen.delete(known)
    }
    const found = seen.get(key) ?? { since: at, count: 0 }
    found.count += 1
    seen.set(key, found)
    return found.count
  }
}
