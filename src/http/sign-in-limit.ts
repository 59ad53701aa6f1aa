import { isIPv6 } from 'node:net'

/** More wrong passwords than this, within the window, would be a guess at them. */
const MOST = 10
const WINDOW_MS = 60_000
/** More who wait their turn behind one address would be no people. */
const MOST_WAITING = 200
/** Kept at once: the oldest is forgotten, so that no flood of addresses fills the memory. */
const MOST_KEYS = 20_000

type Gate = { failures: number[]; running: number; readonly waiting: (() => void)[] }

/** Lets attempts through, by a key, while few of them failed lately. */
export type AttemptLimit = {
  /** 'often' where too many failed; attempts that could yet fail too many count, and others wait for them. */
  attempt<Outcome>(
    key: string,
    act: () => Promise<Outcome>,
    failed: (outcome: Outcome) => boolean,
  ): Promise<Outcome | 'often'>
}

/**
 * Counts failures, not attempts: thirty people of one room, behind one address, sign in at once; who guesses is stopped
 * at the tenth wrong password, and cannot outrun the count by guessing side by side.
 */
export function attemptLimit(now: () => number): AttemptLimit {
  const gates = new Map<string, Gate>()
  return {
    async attempt(key, act, failed) {
      const gate = gateOf(gates, key)
      while (true) {
        gate.failures = gate.failures.filter((at) => at > now() - WINDOW_MS)
        if (gate.failures.length >= MOST || gate.waiting.length >= MOST_WAITING) return 'often'
        if (gate.failures.length + gate.running < MOST) break
        await new Promise<void>((resolve) => gate.waiting.push(resolve))
      }
      gate.running += 1
      try {
        const outcome = await act()
        if (failed(outcome)) gate.failures.push(now())
        return outcome
      } finally {
        gate.running -= 1
        for (const wake of gate.waiting.splice(0)) wake()
      }
    },
  }
}

function gateOf(gates: Map<string, Gate>, key: string): Gate {
  const gate = gates.get(key) ?? { failures: [], running: 0, waiting: [] }
  gates.delete(key)
  gates.set(key, gate)
  const [oldest] = gates.keys()
  if (gates.size > MOST_KEYS && oldest !== undefined) gates.delete(oldest)
  return gate
}

/** Whom an address stands for: of IPv6, where everyone has a whole network, the network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - first.length - last.length }, () => '0')
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':')
}
