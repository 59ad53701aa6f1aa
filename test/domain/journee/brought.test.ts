import { expect, it } from 'vitest'
import { brought } from '../../../src/domain/journee/brought.ts'

it('counts what each group brought, what waits, and what was not taken, those of no group last', () => {
  const made = brought([
    { group: null, kind: 'new', state: 'pending', record: null },
    { group: 2, kind: 'completion', state: 'applied', record: '1' },
    { group: 2, kind: 'completion', state: 'applied', record: '1' },
    { group: 2, kind: 'conflict', state: 'refused', record: '3' },
    { group: 1, kind: 'new', state: 'applied', record: '9' },
    { group: 1, kind: 'completion', state: 'undone', record: '9' },
  ])
  expect(made).toEqual([
    { group: 1, records: 0, places: 1, applied: 1, pending: 0, other: 1 },
    { group: 2, records: 1, places: 0, applied: 2, pending: 0, other: 1 },
    { group: null, records: 0, places: 0, applied: 0, pending: 1, other: 0 },
  ])
})
