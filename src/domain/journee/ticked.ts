import type { CompletenessRules } from '../rules/completeness.ts'
import { listReader } from '../completeness/said-by-words.ts'
import { ONE_ANSWER } from '../import/same-value.ts'
import type { FieldChange } from '../import/proposal.ts'

/**
 * What somebody ticks who does not see what stands there: of a list of several answers it comes beside these, for nobody
 * unticks what they are not shown; null: it is all there. Any other change, as it is; `adds`: it takes nothing away.
 */
export function beside(
  change: FieldChange,
  { fields }: CompletenessRules,
): { readonly change: FieldChange; readonly adds: boolean } | null {
  const { field, before, after } = change
  const accepted = ONE_ANSWER.has(field) ? undefined : fields.find((rule) => rule.field === field)?.accepted
  if (before === null || accepted === undefined) return { change, adds: before === null }
  const read = listReader(accepted)
  const has = new Set(read(before))
  const more = read(after).filter((value) => !has.has(value))
  return more.length === 0
    ? null
    : { change: { ...change, after: [before, ...new Set(more)].join('|') }, adds: true }
}
