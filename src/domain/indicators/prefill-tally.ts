import type { ActorAssessment } from '../assessment.ts'
import type { Gap, NextRecords } from '../next-records.ts'
import type { Named } from '../referent-names.ts'

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
  /** « Étape » of the record. */
  readonly step: string | null
}

/** Gathers the records of one EPCI for its pre-fill: who follows them, what the last journée brought, which to do next. */
export type PrefillTally = {
  add(record: number, assessment: ActorAssessment, named: Named, times: RecordTimes): void
  /** By id of the row of « Référents »: those who follow at least one record. */
  ofReferent(id: number): PrefillCounts
  readonly withoutReferent: PrefillCounts
  readonly all: PrefillCounts
  readonly next: NextRecords
}

type Counts = { -readonly [Key in keyof PrefillCounts]: number }

/** The option of « Étape » by which people say that a record is right. */
const VALIDATED = 'Validée'

/** A tally that counts a record for each référent·e it names, and lists it where it is not pre-filled. */
export function prefillTally(gapOf: (assessment: ActorAssessment) => Gap, next: NextRecords): PrefillTally {
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
    add(record, assessment, { ids }, times) {
      count(all, assessment, times)
      for (const counts of ids.length === 0 ? [without] : ids.map(of)) count(counts, assessment, times)
      if (!assessment.prefilled) next.add(record, gapOf(assessment))
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

function count(counts: Counts, { prefilled }: ActorAssessment, times: RecordTimes): void {
  const { since, changedOn, step } = times
  counts.present += 1
  if (prefilled) counts.prefilled += 1
  const changed = since !== null && changedOn !== null && changedOn >= since
  if (changed && step === VALIDATED) counts.confirmed += 1
}
