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
  /** Fields that say nothing, or what stands there already. */
  readonly nothing: number
  readonly same: number
  readonly changes: readonly FieldChange[]
  readonly faults: readonly { readonly field: FieldName; readonly message: string }[]
}

/** Longer is no answer: a description of a place is some lines. */
export const LONGEST = 4000
const TOO_LONG = typeset(`Plus de ${LONGEST} signes : raccourcissez.`)

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
  let [nothing, same] = [0, 0]
  const long = (Object.entries(answers) as [FieldName, string][]).filter(
    ([, written]) => written.length > LONGEST,
  )
  const read = (Object.entries(answers) as [FieldName, string][]).flatMap(([field, written]) => {
    if (written.length > LONGEST) return []
    const value = readValue(field, written.trim())?.trim() ?? ''
    if (value !== '' && value === actor.fields[field]) same += 1
    return value === '' || value === actor.fields[field] ? [] : [[field, value] as const]
  })
  const fields = { ...actor.fields, ...Object.fromEntries(read) }
  const { findings, missing } = assess({ ...actor, fields })
  const changes: FieldChange[] = []
  const faults: { field: FieldName; message: string }[] = long.map(([field]) => ({
    field,
    message: TOO_LONG,
  }))
  for (const [field, value] of read) {
    if (missing.includes(field)) {
      nothing += 1 // « je ne sais pas »
      continue
    }
    const own = findings.filter((one) => one.field === field)
    const blocking = own.find(({ severity }) => severity === 'blocking')
    if (blocking !== undefined) {
      faults.push({ field, message: typeset(blocking.message) })
      continue
    }
    const normal = own.find(({ severity, suggestion }) => severity === 'info' && suggestion !== null)
    const after = normal?.suggestion ?? value
    if (after === actor.fields[field]) same += 1
    else changes.push({ field, before: actor.fields[field], after })
  }
  return { changes, faults, nothing, same }
}
