import type { Actor } from '../actor.ts'
import type { ActorAssessment } from '../assessment.ts'
import type { FieldName } from '../fields.ts'
import type { Finding } from '../finding.ts'
import { isFormula } from '../formula.ts'
import type { KeepsAll } from './fix-guard.ts'

/** One value replaced by what a finding proposes. */
export type Fix = {
  readonly field: FieldName
  readonly code: string
  readonly before: string
  readonly after: string
}

/** A field is mended this often at most: each fix may uncover another (a space, then capitals). */
const ROUNDS = 4

/**
 * What may be mended in a record without asking anybody: a value that is right in substance (severity info), by the
 * value that its finding proposes, where that says all that the old one said, and where the record then no longer has
 * that finding, has no graver one that it had not before, and stays in its EPCI. In the order in which they are to be
 * made; each is seen after those before it.
 */
export function safeFixes(
  actor: Actor,
  judge: (actor: Actor) => ActorAssessment,
  keepsAll: KeepsAll,
): readonly Fix[] {
  const fixes: Fix[] = []
  let [current, seen] = [actor, judge(actor)]
  for (let round = 0; round < ROUNDS; round++) {
    const before = fixes.length
    const done = new Set<FieldName>()
    for (const { field, code, severity, suggestion } of seen.findings) {
      const value = current.written?.[field] ?? current.fields[field]
      if (severity !== 'info' || suggestion === null || value === null || done.has(field)) continue
      // What is missing is for people to say, whatever may be proposed.
      if (seen.missing.includes(field)) continue
      if (!keepsAll(current, field, suggestion)) continue
      if (isFormula(suggestion) && !isFormula(value)) continue // a space before it kept spreadsheets from computing it
      const mended = rewritten(current, field, suggestion)
      const after = judge(mended)
      if (!isBetter(seen, after, code)) continue
      fixes.push({ field, code, before: value, after: suggestion })
      done.add(field)
      ;[current, seen] = [mended, after]
    }
    if (fixes.length === before) break
  }
  return fixes
}

/** The record with another value in one cell. */
function rewritten(actor: Actor, field: FieldName, value: string): Actor {
  const { [field]: _, ...written } = actor.written ?? {}
  return { ...actor, fields: { ...actor.fields, [field]: value }, written }
}

function isBetter(before: ActorAssessment, after: ActorAssessment, code: string): boolean {
  const graver = ({ severity }: Finding): boolean => severity !== 'info'
  const had = new Set(before.findings.filter(graver).map((finding) => finding.code))
  return (
    after.findings.every((finding) => finding.code !== code && (!graver(finding) || had.has(finding.code))) &&
    (before.epci === null || after.epci === before.epci)
  )
}
