import { beforeEach, describe, expect, it } from 'vitest'
import { burstWatch } from '../../src/engine/burst.ts'
import type { Burst } from '../../src/engine/burst.ts'

describe('rows that come in by the dozen', () => {
  let at: number
  let burst: Burst
  const after = (milliseconds: number) => {
    at += milliseconds
  }
  beforeEach(() => {
    at = 1000
    burst = burstWatch(() => at)
  })

  it('are no burst where people write by hand, however long', () => {
    for (let second = 0; second < 200; second += 1) {
      for (let edit = 0; edit < 10; edit += 1) burst.dealt(1)
      after(1000)
      expect(burst.underWay()).toBe(false)
    }
  })

  it.each([
    ['one request of fifty', [50]],
    ['requests of ten', [10, 10, 10, 10, 10]],
  ])('are one: %s, until three seconds have passed without', (_, requests) => {
    for (const rows of requests) {
      burst.dealt(rows)
      after(200)
    }
    expect(burst.underWay()).toBe(true)
    after(1500)
    expect(burst.underWay()).toBe(true)
    after(1500)
    expect(burst.underWay()).toBe(false)
  })

  it('keep figures waiting for a minute at most, and again for the next burst', () => {
    const seen = new Set<boolean>()
    for (let second = 0; second < 59; second += 1) {
      burst.dealt(50)
      seen.add(burst.underWay())
      after(1000)
    }
    expect([...seen]).toEqual([true])
    burst.dealt(50)
    after(1000)
    expect(burst.underWay()).toBe(false)
    after(5000)
    expect(burst.underWay()).toBe(false)
    burst.dealt(50)
    expect(burst.underWay()).toBe(true)
  })
})
