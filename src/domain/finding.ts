import type { FieldName } from './fields.ts'

/** blocking: the value counts as not filled; warning: look again; info: right in substance, to be normalised. */
export type Severity = 'blocking' | 'warning' | 'info'

/** A value that is there and fails a check. `code` is `field.reason`, permanent; `message` is French and free. */
export type Finding = {
  readonly field: FieldName
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** What to write instead, where it can be computed. */
  readonly suggestion: string | null
}
