import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWebhookSettings } from '../../src/config/webhooks-file.ts'
import { nextTry } from '../../src/outbox/retry-schedule.ts'
import { CONFIG } from '../helpers/rules.ts'

const settings = readWebhookSettings(CONFIG)
const HOUR = 3_600_000
const START = Date.parse('2026-05-20T01:00:00.000Z')
const chance = fc.double({ min: 0, max: 1, noNaN: true })
/** What a receiver answers at each attempt: how long it asks to be left alone (seconds), or nothing. */
const asked = fc.option(fc.integer({ min: 0, max: 999_999 }))

/** The instants of every attempt at one message whose receiver never takes it. */
function attempts(chances: readonly number[], asks: readonly (number | null)[]): number[] {
  const all = [START]
  for (;;) {
    const now = new Date(all.at(-1)!)
    const next = nextTry(all.length, asks[all.length - 1] ?? null, settings, {
      now,
      chance: chances[all.length - 1] ?? 0,
    })
    if (next === null) return all
    all.push(next.getTime())
  }
}
const many = [fc.array(chance, { maxLength: 20 }), fc.array(asked, { maxLength: 20 })] as const

describe('the attempts at one message', () => {
  it('span 27 hours at least, whatever chance and the receiver say', () => {
    fc.assert(
      fc.property(...many, (chances, asks) => {
        const all = attempts(chances, asks)
        expect(all.at(-1)! - START).toBeGreaterThanOrEqual(27 * HOUR)
      }),
    )
  })

  it('are never sooner than planned or asked (within six hours), and a tenth later at most', () => {
    fc.assert(
      fc.property(...many, (chances, asks) => {
        const all = attempts(chances, asks)
        settings.delivery.retryAfterSeconds.forEach((planned, at) => {
          const wait = (all[at + 1]! - all[at]!) / 1000
          const least = Math.max(planned, Math.min(asks[at] ?? 0, 6 * 3600))
          expect(wait).toBeGreaterThanOrEqual(Math.floor(least * 1000) / 1000)
          expect(wait).toBeLessThanOrEqual(least * 1.1 + 0.001)
        })
      }),
    )
  })

  it('are as many as the schedule says, whatever happens', () => {
    fc.assert(
      fc.property(...many, (chances, asks) => {
        expect(attempts(chances, asks)).toHaveLength(settings.delivery.retryAfterSeconds.length + 1)
      }),
    )
  })

  it('come early at first: a restart of the receiver costs seconds, not hours', () => {
    const [, second, third, fourth] = attempts([], [])
    expect([second, third, fourth].map((at) => (at! - START) / 1000)).toEqual([5, 305, 2105])
  })
})
