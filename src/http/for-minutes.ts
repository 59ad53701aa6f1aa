/**
 * What is asked of NocoDB, kept in memory for so many minutes and nowhere else: a page asks once for all that it shows,
 * and a person who was taken out of the base is gone from it soon. A failure is not kept.
 */
export function forMinutes<Value>(
  ask: () => Promise<Value>,
  minutes: number,
  now: () => number,
): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly until: number } | null = null
  return () => {
    if (kept !== null && now() < kept.until) return kept.value
    const value = ask()
    const mine = { value, until: now() + minutes * 60_000 }
    kept = mine
    value.catch(() => {
      if (kept === mine) kept = null
    })
    return value
  }
}
