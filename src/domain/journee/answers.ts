import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { FieldName } from '../fields.ts'
import type { FieldChange } from '../import/proposal.ts'
import { readValue } from '../reading/read-value.ts'
import { typeset } from '../typography.ts'

/** What people said of one record, as they wrote it; several values are one by line or between `|`. */
export type Answers = Readonly<Partial<Record<FieldName, string>>>

/** What becomes of it: changes to propose, or why a value cannot be what is meant, in French, by field. */
export type Heard = {
  readonly changes: readonly FieldChange[]
  readonly faults: readonly { readonly field: FieldName; readonly message: string }[]
}

/** Longer is no answer: a description of a place is some lines. */
const LONGEST = 4000

/**
 * Hears what people say of a record: read as every value is; what says nothing (« je ne sais pas ») or what stands there
 * already changes nothing; what is right but for its writing is written as the standard has it; what blocks is refused
 * with the way to mend it.
 */
export function hear(
  answers: Answers,
  actor: Actor,
  assess: (actor: Actor) => Pick<ActorAssessment, 'findings' | 'missing'>,
): Heard {
  const read = (Object.entries(answers) as [FieldName, string][]).flatMap(([field, written]) => {
    const value = readValue(field, written.slice(0, LONGEST).trim())?.trim() ?? ''
    return value === '' || value === actor.fields[field] ? [] : [[field, value] as const]
  })
  const fields = { ...actor.fields, ...Object.fromEntries(read) }
  const { findings, missing } = assess({ ...actor, fields })
  const changes: FieldChange[] = []
  const faults: { field: FieldName; message: string }[] = []
  for (const [field, value] of read) {
    if (missing.includes(field)) continue
    const own = findings.filter((one) => one.field === field)
    const blocking = own.find(({ severity }) => severity === 'blocking')
    if (blocking !== undefined) {
      faults.push({ field, message: typeset(blocking.message) })
      continue
    }
    const normal = own.find(({ severity, suggestion }) => severity === 'info' && suggestion !== null)
    const after = normal?.suggestion ?? value
    if (after !== actor.fields[field]) changes.push({ field, before: actor.fields[field], after })
  }
  return { changes, faults }
}
