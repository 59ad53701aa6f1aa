import type { ActorFields } from '../actor.ts'
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
  /** One of these is enough. */
  readonly needs?: readonly FieldName[] | undefined
  /** What needs to be filled must hold one of these words (by how they begin, without case and accents). */
  readonly mentions?: readonly string[] | undefined
  readonly without?: FieldName | undefined
  readonly against?: readonly string[] | undefined
  /** Where `against` is looked for; the field itself by default. */
  readonly in?: FieldName | undefined
  /** What to write instead. */
  readonly suggests?: string | undefined
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
  readonly holds: (fields: ActorFields) => boolean
  readonly finding: Found
}

function compile(rule: Contradiction, setting: CheckSetting<unknown>): Compiled {
  const { field, answered } = setting
  const against = new Set((rule.against ?? []).map(fold))
  const says = memo((value) => pieces(value).some((piece) => against.has(fold(piece))))
  const looked = rule.in ?? field
  const lacks = lacking(rule, setting)
  return {
    only: rule.only === true,
    when: rule.when.map(fold),
    finding: { reason: rule.reason, suggestion: rule.suggests ?? null },
    holds: (fields) =>
      lacks(fields) ||
      (rule.without !== undefined && answered(fields[rule.without])) ||
      (against.size > 0 && says(fields[looked] ?? '')),
  }
}

/** Whether none of the needed fields is filled as it must be. */
function lacking({ needs, mentions }: Contradiction, { answered }: CheckSetting<unknown>) {
  const words = mentions === undefined ? null : new RegExp(`\\b(?:${mentions.map(fold).join('|')})`, 'u')
  return (fields: ActorFields): boolean =>
    needs !== undefined &&
    !needs.some((field) => {
      const value = fields[field]
      return answered(value) && (words === null || words.test(fold(value ?? '')))
    })
}
