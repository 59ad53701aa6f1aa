import { describe, expect, it } from 'vitest'
import { findingTally } from '../../../src/domain/indicators/finding-tally.ts'
import { prefillTally } from '../../../src/domain/indicators/prefill-tally.ts'
import type { Step } from '../../../src/domain/indicators/tally.ts'
import type { Gap, NextRecords } from '../../../src/domain/next-records.ts'

describe('how many records have each finding', () => {
  const found = (code: string) => ({ field: 'telephone', code, severity: 'warning', value: '06' }) as const

  it('counts a record once a code, the most frequent first, then by code; never a value', () => {
    const tally = findingTally()
    expect(tally.counts()).toEqual([])
    tally.add([found('telephone.b'), found('telephone.c'), found('telephone.c')])
    tally.add([found('telephone.c')])
    tally.add([])
    tally.add([found('telephone.a')])
    expect(tally.counts()).toEqual([
      { field: 'telephone', code: 'telephone.c', severity: 'warning', records: 2 },
      { field: 'telephone', code: 'telephone.a', severity: 'warning', records: 1 },
      { field: 'telephone', code: 'telephone.b', severity: 'warning', records: 1 },
    ])
  })
})

const NEVER = { since: null, changedOn: null, step: null }
const shown = ({ present, prefilled }: { present: number; prefilled: number }) => ({ present, prefilled })

describe('the records of one EPCI for its pre-fill', () => {
  const gap: Gap = { toCorrect: [], toFill: ['horaires'], completeness: 40 }
  const record = (prefilled: boolean) => ({ prefilled, gap: prefilled ? null : gap })

  it('counts each for all who follow it, and lists those that are not pre-filled', () => {
    const listed: unknown[] = []
    const next = { add: (...one: unknown[]) => listed.push(one) } as unknown as NextRecords
    const tally = prefillTally(next)
    tally.add(1, record(true), { ids: [7, 8], unknown: false }, NEVER)
    tally.add(2, record(false), { ids: [7], unknown: false }, NEVER)
    tally.add(3, record(false), { ids: [], unknown: true }, NEVER)
    tally.add(4, record(true), { ids: [], unknown: false }, NEVER)
    expect(shown(tally.ofReferent(7))).toEqual({ present: 2, prefilled: 1 })
    expect(shown(tally.ofReferent(8))).toEqual({ present: 1, prefilled: 1 })
    expect(shown(tally.ofReferent(9))).toEqual({ present: 0, prefilled: 0 })
    expect(shown(tally.withoutReferent)).toEqual({ present: 2, prefilled: 1 })
    expect(listed).toEqual([
      [2, gap],
      [3, gap],
    ])
    expect(tally.next).toBe(next)
  })

  it('tells those that people confirmed since the last journée, in all and by référent·e', () => {
    const tally = prefillTally({ add: () => {} } as unknown as NextRecords)
    const add = (changedOn: string | null, step: Step | null, since: string | null = '2026-05-04') =>
      tally.add(1, record(true), { ids: [7], unknown: false }, { since, changedOn, step })
    add('2026-05-04', 'validated')
    add('2026-05-03', 'validated')
    add('2026-06-01', 'other')
    add(null, 'validated')
    expect(tally.all).toEqual({ present: 4, prefilled: 4, confirmed: 1 })
    expect(tally.ofReferent(7)).toEqual(tally.all)
    add('2026-06-01', 'validated', null)
    expect(tally.all.confirmed).toBe(1)
  })
})
