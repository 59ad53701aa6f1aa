import { memo } from '../completeness/memo.ts'
import { letters, pieces } from '../completeness/text.ts'
import type { FieldName } from '../fields.ts'
import type { CompletenessRules } from '../rules/completeness.ts'

/** One piece of a field that takes values of a closed list; `value` null: none of the standard's. */
export type StandardPiece = { readonly written: string; readonly value: string | null }

/** Reads a field of a closed list piece by piece, in whatever known wording: « Médiathèque » is BIB. */
export function standardValues(
  field: FieldName,
  { fields }: Pick<CompletenessRules, 'fields'>,
): (value: string | null) => readonly StandardPiece[] {
  const accepted = fields.find((rule) => rule.field === field)?.accepted ?? {}
  const wordings = new Map(
    Object.entries(accepted).flatMap(([value, others]) =>
      [value, ...others].map((wording) => [letters(wording), value] as const),
    ),
  )
  const read = memo((value) =>
    pieces(value).map((written) => ({ written, value: wordings.get(letters(written)) ?? null })),
  )
  return (value) => (value === null ? NONE : read(value))
}

const NONE: readonly StandardPiece[] = Object.freeze([])
