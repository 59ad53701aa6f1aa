import type { ActorAssessment } from '../assessment.ts'
import type { Gap, NextRecords } from '../next-records.ts'
import type { Named } from '../referent-names.ts'

/** Records present, and those of them that are pre-filled. */
export type PrefillCounts = { readonly present: number; readonly prefilled: number }

/** Gathers the records of one EPCI for its pre-fill: who follows them, and which to do next. */
export type PrefillTally = {
  add(record: number, assessment: ActorAssessment, named: Named): void
  /** By id of the row of « Référents »: those who follow at least one record. */
  ofReferent(id: number): PrefillCounts
  readonly withoutReferent: PrefillCounts
  readonly next: NextRecords
}

/** A tally that counts a record for each référent·e it names, and lists it where it is not pre-filled. */
export function prefillTally(gapOf: (assessment: ActorAssessment) => Gap, next: NextRecords): PrefillTally {
  const byReferent = new Map<number, { present: number; prefilled: number }>()
  const without = { present: 0, prefilled: 0 }
  const of = (id: number) => {
    const known = byReferent.get(id)
    if (known !== undefined) return known
    const made = { present: 0, prefilled: 0 }
    byReferent.set(id, made)
    return made
  }
  return {
    add(record, assessment, { ids }) {
      for (const counts of ids.length === 0 ? [without] : ids.map(of)) {
        counts.present += 1
        if (assessment.prefilled) counts.prefilled += 1
      }
      if (!assessment.prefilled) next.add(record, gapOf(assessment))
    },
    ofReferent: (id) => byReferent.get(id) ?? { present: 0, prefilled: 0 },
    withoutReferent: without,
    next,
  }
}
