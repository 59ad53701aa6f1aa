import type { ActorFields } from '../actor.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import { readValue } from './read-value.ts'

/** The cells of a record that are read otherwise than they are written, as they are written. */
export type Written = Readonly<Partial<Record<FieldName, string>>>

/** What a record says, and what of it was written otherwise; null: nothing, as in nearly every record. */
export type ReadFields = { readonly fields: ActorFields; readonly written: Written | null }

/** The one door by which the values of a record come in, whether from a file or from a base: see `readValue`. */
export function readFields(cellOf: (field: FieldName) => string | null): ReadFields {
  const fields: Partial<Record<FieldName, string | null>> = {}
  let written: Partial<Record<FieldName, string>> | null = null
  for (const field of FIELDS) {
    const cell = cellOf(field)
    const value = cell === null ? null : readValue(field, cell)
    fields[field] = value
    if (value !== cell && cell !== null) (written ??= {})[field] = cell
  }
  return { fields: fields as ActorFields, written }
}
