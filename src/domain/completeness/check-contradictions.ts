import type { FieldName } from '../fields.ts'
import { type CheckKind, type CheckSetting, type Found, NOTHING } from './check.ts'
import { memo } from './memo.ts'
import { fold, pieces } from './text.ts'

/** When this field says one of `when`, another must be filled (`needs`), empty (`without`), or not say `against`. */
export type Contradiction = {
  readonly reason: string
  readonly when: readonly string[]
  /** Only where the field says nothing else. */
  readonly only?: boolean | undefined
  readonly needs?: FieldName | undefined
  readonly without?: FieldName | undefined
  readonly against?: readonly string[] | undefined
  /** Where `against` is looked for; the field itself by default. */
  readonly in?: FieldName | undefined
}

/** Answers that cannot both be right; each contradiction has a reason of its own. */
export const contradictions: CheckKind<readonly Contradiction[]> = {
  reasons: (params) => Object.fromEntries(params.map(({ reason }) => [reason, []])),
  remember: false,
  make: (setting) => {
    const rules = setting.params.map((params) => compile(params, setting))
    /** The rules that a value wakes: most values wake none. */
    const awake = memo((value) => {
      const said = new Set(pieces(value).map(fold))
      return rules.filter(({ when, only }) => when.some((one) => said.has(one)) && (!only || said.size === 1))
    })
    return (value, { fields }) => {
      const woken = awake(value)
      if (woken.length === 0) return NOTHING
      return woken.filter(({ holds }) => holds(fields)).map(({ finding }) => finding)
    }
  },
}

type Compiled = {
  readonly only: boolean
  readonly when: readonly string[]
  readonly holds: (fields: Readonly<Record<FieldName, string | null>>) => boolean
  readonly finding: Found
}

function compile(rule: Contradiction, { field, answered }: CheckSetting<unknown>): Compiled {
  const against = new Set((rule.against ?? []).map(fold))
  const says = memo((value) => pieces(value).some((piece) => against.has(fold(piece))))
  const looked = rule.in ?? field
  return {
    only: rule.only === true,
    when: rule.when.map(fold),
    finding: { reason: rule.reason, suggestion: null },
    holds: (fields) =>
      (rule.needs !== undefined && !answered(fields[rule.needs])) ||
      (rule.without !== undefined && answered(fields[rule.without])) ||
      (against.size > 0 && says(fields[looked] ?? '')),
  }
}
