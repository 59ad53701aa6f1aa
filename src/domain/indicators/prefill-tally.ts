import type { Gap, NextRecords } from '../next-records.ts'
import type { Named } from '../referent-names.ts'
import type { Step } from './tally.ts'

/** Records present, those of them that are pre-filled, and those that people confirmed since the last journée. */
export type PrefillCounts = {
  readonly present: number
  readonly prefilled: number
  readonly confirmed: number
}

/** When a record last changed, and what its EPCI is held against; days are 'YYYY-MM-DD', null: unknown. */
export type RecordTimes = {
  /** The last journée of its EPCI, where it is consolidated; null: it is not. */
  readonly since: string | null
  readonly changedOn: string | null
  readonly step: Step | null
}

/** What the pre-fill asks of one record; `gap` null: it is pre-filled. */
export type Prefillable = { readonly prefilled: boolean; readonly gap: Gap | null }

/** Gathers the records of one EPCI for its pre-fill: who follows them, what the last journée brought, which to do next. */
export type PrefillTally = {
  add(record: number, one: Prefillable, named: Named, times: RecordTimes): void
  /** By id of the row of « Référents »: those who follow at least one record. */
  ofReferent(id: number): PrefillCounts
  readonly withoutReferent: PrefillCounts
  readonly all: PrefillCounts
  readonly next: NextRecords
}

type Counts = { -readonly [Key in keyof PrefillCounts]: number }

/** A tally that counts a record for each référent·e it names, and lists it where it is not pre-filled. */
export function prefillTally(next: NextRecords): PrefillTally {
  const byReferent = new Map<number, Counts>()
  const [without, all] = [noRecords(), noRecords()]
  const of = (id: number) => {
    const known = byReferent.get(id)
    if (known !== undefined) return known
    const made = noRecords()
    byReferent.set(id, made)
    return made
  }
  return {
    add(record, one, { ids }, times) {
      count(all, one, times)
      for (const counts of ids.length === 0 ? [without] : ids.map(of)) count(counts, one, times)
      if (one.gap !== null) next.add(record, one.gap)
    },
    ofReferent: (id) => byReferent.get(id) ?? noRecords(),
    withoutReferent: without,
    all,
    next,
  }
}

function noRecords(): Counts {
  return { present: 0, prefilled: 0, confirmed: 0 }
}

function count(counts: Counts, { prefilled }: Prefillable, times: RecordTimes): void {
  const { since, changedOn, step } = times
  counts.present += 1
  if (prefilled) counts.prefilled += 1
  const changed = since !== null && changedOn !== null && changedOn >= since
  if (changed && step === 'validated') counts.confirmed += 1
}
