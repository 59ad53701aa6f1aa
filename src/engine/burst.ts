/**
 * Rows that come in by the dozen, as an import or an edit of a whole column makes them: what they end in is known once they
 * are all there. Until then the figures of EPCI would be those of a base half changed, and past the brake.
 */
export type Burst = {
  /** So many rows were dealt with just now. */
  dealt(rows: number): void
  /** Whether more are likely to follow at once. */
  underWay(): boolean
}

/** Faster than people write by hand. */
const ROWS = 50
const WITHIN_MS = 3000
/** An import may take hours: figures then follow it, as far as it has come. */
const LONGEST_MS = 60_000

/** @param now milliseconds of a clock that never goes back */
export function burstWatch(now: () => number = () => performance.now()): Burst {
  let recent: { readonly at: number; readonly rows: number }[] = []
  let since: number | null = null
  return {
    dealt: (rows) => void recent.push({ at: now(), rows }),
    underWay() {
      const at = now()
      recent = recent.filter((one) => at - one.at < WITHIN_MS)
      const rows = recent.reduce((sum, one) => sum + one.rows, 0)
      if (rows < ROWS) since = null
      else since ??= at
      return since !== null && at - since < LONGEST_MS
    },
  }
}
