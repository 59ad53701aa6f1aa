/**
 * Remembers what a pure function said of a value. At most `limit` values: a full memory starts again from
 * nothing, which costs one computation each and never changes an answer.
 */
export function memo<T>(compute: (value: string) => T, limit = 4096): (value: string) => T {
  const known = new Map<string, T>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const now = compute(value)
    if (known.size >= limit) known.clear()
    known.set(value, now)
    return now
  }
}
