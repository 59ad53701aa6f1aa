import { describe, expect, it } from 'vitest'
import { goneFrom } from '../../../src/domain/import/gone.ts'
import { rules } from '../../helpers/rules.ts'

const { matching } = rules.duplicates
const keys = (count: number, from = 0) =>
  new Set(Array.from({ length: count }, (_, at) => `k${String(at + from).padStart(3, '0')}`))
const gone = (before: number, now: ReadonlySet<string>, unreadable = 0) =>
  goneFrom({ before: keys(before), now, unreadable }, matching)

describe('what a source no longer holds', () => {
  it('are the keys of the last reading that are not in this one', () => {
    expect(gone(10, keys(10, 2))).toEqual({ kind: 'gone', keys: ['k000', 'k001'] })
    expect(gone(0, keys(3))).toEqual({ kind: 'gone', keys: [] })
  })

  it('is not said of a reading that lost half of its rows and more', () => {
    expect(gone(100, keys(50))).toMatchObject({ kind: 'gone' })
    expect(gone(100, keys(49))).toEqual({ kind: 'partial', why: 'shrunk' })
    expect(gone(100, keys(0))).toEqual({ kind: 'partial', why: 'shrunk' })
  })

  it('is not said of a reading of which many rows could not be read', () => {
    expect(gone(100, keys(95), 5)).toMatchObject({ kind: 'gone' })
    expect(gone(100, keys(95), 6)).toEqual({ kind: 'partial', why: 'unreadable' })
  })
})
