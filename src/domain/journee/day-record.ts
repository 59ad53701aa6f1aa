import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { FieldName } from '../fields.ts'
import { rowOf } from '../record-id.ts'
import { shownName } from '../shown-name.ts'

/** One record of the territory, as the people of a group complete it. */
export type DayRecord = {
  readonly id: number
  readonly name: string
  readonly commune: string | null
  readonly address: string | null
  /** What it lacks, of what is asked on the day, in that order. */
  readonly lacks: readonly FieldName[]
  /** Of what it lacks or has wrong, what a group has proposed already. */
  readonly proposed: readonly FieldName[]
  /** What stands there and cannot be what is meant, with the way to mend it, in French. */
  readonly wrong: readonly { readonly field: FieldName; readonly value: string; readonly message: string }[]
}

/** What of a record is asked for on the day; `asked`: the fields of config/day.yaml, in order. */
export function dayRecord(
  id: number,
  { fields }: Actor,
  { missing, findings }: Pick<ActorAssessment, 'missing' | 'findings'>,
  asked: readonly FieldName[],
  proposed: readonly FieldName[] = [],
): DayRecord {
  const wrong = findings.filter(({ field, severity }) => severity === 'blocking' && asked.includes(field))
  return {
    id,
    name: shownName(fields.nom ?? '') || `Fiche n° ${rowOf(id)}`,
    commune: fields.commune,
    address: fields.adresse,
    lacks: asked.filter((field) => missing.includes(field) && !proposed.includes(field)),
    proposed: asked.filter((field) => proposed.includes(field)),
    wrong: wrong.flatMap(({ field, message }) => {
      const value = fields[field]
      return value === null || proposed.includes(field) ? [] : [{ field, value, message }]
    }),
  }
}
