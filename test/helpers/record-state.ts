import type { RecordState } from '../../src/store/record-rows.ts'

/** A record as the store remembers it: nothing but what is given. */
export function recordState(known: Partial<RecordState> = {}): RecordState {
  return {
    ...{ epci: null, fingerprint: 'f', changedOn: null, filled: null, linked: null },
    ...{ stamp: null, via: null, facts: null, assessedBy: null, nextTurn: null, compared: null },
    ...{ issues: [], marks: null, told: {} },
    ...known,
  }
}
