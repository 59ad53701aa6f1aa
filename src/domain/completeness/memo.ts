/** Values longer than this seldom recur, and would fill the memory. */
const LONG = 1000

/** Of values that seldom recur so few are kept: they take memory, and save nothing. */
const FEW = 64

/**
 * Remembers what a pure function said of a value. At most `limit` values, and fewer where they do not recur: a full memory
 * starts again from nothing, which costs one computation each and never changes an answer. The last value is asked first:
 * neighbours in a census are often alike, and comparing is cheaper than hashing.
 */
export function memo<T>(compute: (value: string) => T, limit = 4096): (value: string) => T {
  const known = new Map<string, T>()
  let room = Math.min(limit, 1024)
  let met = 0
  let lastValue: string | undefined
  let lastAnswer: T | undefined
  const makeRoom = () => {
    if (2 * met >= room) room = Math.min(limit, 4 * room)
    else if (16 * met < room) room = Math.min(room, Math.max(FEW, room / 4))
    known.clear()
    met = 0
  }
  return (value) => {
    if (value.length > LONG) return compute(value)
    if (value === lastValue) return lastAnswer as T
    let answer = known.get(value)
    if (answer === undefined) {
      answer = compute(value)
      if (known.size >= room) makeRoom()
      known.set(value, answer)
    } else met += 1
    lastValue = value
    lastAnswer = answer
    return answer
  }
}

/** The same for a function of two values; `limit` bounds the first ones, and the second ones of each. */
export function memoOfPair<T>(
  compute: (one: string, other: string) => T,
  limit = 1024,
): (one: string, other: string) => T {
  const known = memo((one) => memo((other) => compute(one, other), limit), limit)
  return (one, other) => known(one)(other)
}
