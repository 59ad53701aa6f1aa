import type { Profile } from '../assessment.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { type Check, type CheckedRecord, type Found, NOTHING } from './check.ts'
import { dayKey } from './check-date.ts'
import { kindOf, useOf } from './checks.ts'
import { memo } from './memo.ts'
import type { Answer } from './placeholders.ts'
import { type Raise, type Raised, raiser } from './raise.ts'
import { readOtherwise } from '../reading/read-value.ts'
import { fold, pieces, quoted } from './text.ts'

/** One field, compiled. Weights are 0 where the field is optional in the profile. */
export type FieldJudge = {
  readonly field: FieldName
  readonly weight: number
  readonly prefillWeight: number
  /** Without it no record is publishable, or pre-filled. */
  readonly required: boolean
  readonly prefillRequired: boolean
  /** The need that it answers with others (an index of `oneNeed`); −1: none. */
  readonly need: number
  /** Whether one of the two weights is not 0. */
  readonly counts: boolean
  readonly applies: (record: CheckedRecord) => boolean
  /** null: nothing is said (a placeholder); else what is wrong with the value, often nothing. */
  readonly verdict: (
    value: string,
    record: CheckedRecord,
    written: string | undefined,
  ) => readonly Raised[] | null
  /** What may be proposed where nothing is said; null: nothing ever. */
  readonly proposal: ((record: CheckedRecord) => readonly Raised[]) | null
  /** What is said of a cell that is read otherwise than it is written. */
  readonly readAs: (value: string, written: string) => Raised
}

/** What every field is compiled with. */
export type FieldSetting = {
  readonly rules: CompletenessRules
  readonly geography: Geography
  readonly today: string
  readonly profile: Profile
  readonly answer: (value: string) => Answer
}

const FAULTLESS: readonly Raised[] = Object.freeze([])

/** Compiles one field of the rules, which hold every field. */
export function compileField(field: FieldName, setting: FieldSetting): FieldJudge {
  const rule = setting.rules.fields.find((one) => one.field === field) as FieldRule
  const { profile, rules } = setting
  const levelIn = (name: Profile) => rules.profiles[name].levels[field] ?? rule.level
  const weightIn = (name: Profile): number => (levelIn(name) === 'optional' ? 0 : rule.weight)
  const raise = raiser(rule, setting)
  const [weight, prefillWeight] = [weightIn(profile), weightIn('prefill')]
  return {
    field,
    weight,
    prefillWeight,
    required: levelIn(profile) === 'required',
    prefillRequired: levelIn('prefill') === 'required',
    need: rules.oneNeed.findIndex(({ fields }) => fields.includes(field)),
    counts: weight > 0 || prefillWeight > 0,
    applies: applies(rule),
    ...compileVerdict(rule, setting, raise),
    readAs: (value, written) => raise(written, { reason: readOtherwise(field, written), suggestion: value }),
  }
}

function applies(rule: FieldRule): FieldJudge['applies'] {
  const unless = rule.appliesUnless
  if (unless === undefined) return () => true
  const says = new Set(unless.says.map(fold))
  const excused = memo((value) => pieces(value).some((piece) => says.has(fold(piece))))
  return ({ fields }) => {
    const value = fields[unless.field]
    return value === null || !excused(value)
  }
}

function compileVerdict(
  rule: FieldRule,
  setting: FieldSetting,
  raise: Raise,
): Pick<FieldJudge, 'verdict' | 'proposal'> {
  const checks = compileChecks(rule, setting)
  const propose = checks.missing.length === 0 ? null : allOf(checks.missing)
  return {
    verdict: verdict(rule, setting, checks, raise),
    proposal: propose === null ? null : (record) => propose('', record).map((one) => raise('', one)),
  }
}

function verdict(
  rule: FieldRule,
  setting: FieldSetting,
  checks: Checks,
  raise: Raise,
): FieldJudge['verdict'] {
  const placeholder = ownPlaceholders(rule)
  const raiseOf = (written: string, found: Found) => raise(written, asWritten(found, written))
  const toRead = (found: readonly Found[], written: string): Read =>
    found.length === 0 ? OPEN : { raised: found.map((one) => raiseOf(written, one)), settled: false }
  const first = (value: string, written = value): Read => {
    const said = setting.answer(value)
    if (said !== 'value') return said === 'none' && rule.none === true ? SETTLED : NOT_SAID
    if (placeholder !== null && placeholder(value)) return NOT_SAID
    return checks.remembered.length === 0
      ? OPEN
      : toRead(
          checks.remembered.flatMap((check) => check(value, NOWHERE)),
          written,
        )
  }
  const known = checks.remembered.length === 0 ? first : memo((value) => first(value))
  const read = (value: string, written?: string): Read =>
    written === undefined ? known(value) : first(value, written)
  const [only] = checks.others
  if (only === undefined) return (value, _, written) => read(value, written).raised
  const look = checks.others.length === 1 ? only : allOf(checks.others)
  return (value, record, written) => {
    const { raised, settled } = read(value, written)
    if (raised === null || settled) return raised
    const found = look(value, record)
    return found.length === 0 ? raised : [...raised, ...found.map((one) => raiseOf(written ?? value, one))]
  }
}

/** Facts that are a part of what was written. */
const PARTS = ['one', 'address', 'spans', 'rule'] as const

/** A check may name a part of a value that it read otherwise than it is written: then all of it is quoted, as it stands. */
function asWritten(found: Found, written: string): Found {
  const { facts } = found
  const made = PARTS.filter((part) => facts?.[part]?.split(', ').some((one) => !written.includes(one)))
  if (made.length === 0) return found
  return { ...found, facts: { ...facts, ...Object.fromEntries(made.map((part) => [part, quoted(written)])) } }
}

/** What says nothing in this field alone; a day in whatever way it is written. null: nothing such. */
export function ownPlaceholders({
  placeholders = [],
  checks,
}: FieldRule): ((value: string) => boolean) | null {
  if (placeholders.length === 0) return null
  const values = new Set(placeholders)
  if (!checks.some((check) => useOf(check).name === 'date')) return (value) => values.has(value)
  const days = new Set(placeholders.map(dayKey))
  return (value) => days.has(dayKey(value)) && dayKey(value) !== null
}

/** Several checks as one; a list is made only where more than one finds something. */
function allOf(checks: readonly Check[]): Check {
  return (value, record) => {
    let all = NOTHING
    for (const check of checks) {
      const found = check(value, record)
      if (found.length > 0) all = all.length === 0 ? found : [...all, ...found]
    }
    return all
  }
}

/** What is known of a value by itself; settled: no check need look further. */
type Read = { readonly raised: readonly Raised[] | null; readonly settled: boolean }
const NOT_SAID: Read = { raised: null, settled: true }
const SETTLED: Read = { raised: FAULTLESS, settled: true }
const OPEN: Read = { raised: FAULTLESS, settled: false }

type Checks = {
  readonly remembered: readonly Check[]
  readonly others: readonly Check[]
  /** Those asked where nothing is said. */
  readonly missing: readonly Check[]
}

function compileChecks(rule: FieldRule, { geography, today, answer }: FieldSetting): Checks {
  const answered = (value: string | null): boolean => value !== null && answer(value) === 'value'
  const accepted = rule.accepted ?? {}
  const made = rule.checks.flatMap((check) => {
    const use = useOf(check)
    const kind = kindOf(use)
    if (kind === null) return []
    const setting = { field: rule.field, params: use.params, geography, today, accepted, answered }
    const when = kind.whenMissing === true ? 'missing' : kind.remember ? 'remembered' : 'others'
    return [{ when, check: kind.make(setting) }]
  })
  const asked = (when: keyof Checks): Check[] =>
    made.filter((one) => one.when === when).map(({ check }) => check)
  return { remembered: asked('remembered'), others: asked('others'), missing: asked('missing') }
}

const NOWHERE: CheckedRecord = {
  fields: Object.fromEntries(FIELDS.map((field) => [field, null])) as CheckedRecord['fields'],
  place: { commune: null, by: null, meant: null, elsewhere: null, linked: null, epci: null },
}
