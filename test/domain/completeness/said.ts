import type { Actor } from '../../../src/domain/actor.ts'
import type { FieldName } from '../../../src/domain/fields.ts'
import { actorOf, assessed } from './records.ts'

/** What is said of a value, in short: « ok », « missing », or each reason with what it proposes (`notation → 22000`). */
export function said(
  field: FieldName,
  value: string,
  others: Partial<Record<FieldName, string>> = {},
  rest: Partial<Actor> = {},
): string {
  const { findings, filled, missing } = assessed(actorOf({ ...others, [field]: value }, rest))
  const own = findings.filter((finding) => finding.field === field)
  if (own.length > 0)
    return own
      .map(({ code, suggestion }) => {
        const reason = code.slice(field.length + 1)
        return suggestion === null ? reason : `${reason} → ${suggestion}`
      })
      .join(' + ')
  if (filled.includes(field)) return 'ok'
  return missing.includes(field) ? 'missing' : 'empty'
}

/** The sentence of the one finding on a field. */
export function sentence(
  field: FieldName,
  value: string,
  others: Partial<Record<FieldName, string>> = {},
  rest: Partial<Actor> = {},
): string {
  const { findings } = assessed(actorOf({ ...others, [field]: value }, rest))
  const own = findings.filter((finding) => finding.field === field)
  return own.map(({ message }) => message).join(' + ')
}
