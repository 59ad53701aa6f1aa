import type { Profile } from '../assessment.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Finding, Severity } from '../finding.ts'
import type { Geography } from '../geography.ts'
import { typeset } from '../typography.ts'
import type { CompletenessRules, FieldRule } from '../rules/completeness.ts'
import type { Check, CheckedRecord, Found } from './check.ts'
import { kindOf, useOf } from './checks.ts'
import { memo } from './memo.ts'
import type { Answer } from './placeholders.ts'
import { fold, pieces, quoted } from './text.ts'

/** A finding, and whether it would block in profile `prefill` too. */
export type Raised = { readonly finding: Finding; readonly blocksPrefill: boolean }

/** One field, compiled. Weights are 0 where the field is optional in the profile. */
export type FieldJudge = {
  readonly field: FieldName
  readonly weight: number
  readonly prefillWeight: number
  readonly applies: (record: CheckedRecord) => boolean
  /** null: nothing is said (a placeholder); else what is wrong with the value, often nothing. */
  readonly verdict: (value: string, record: CheckedRecord) => readonly Raised[] | null
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
  const weightIn = (name: Profile): number =>
    (rules.profiles[name].levels[field] ?? rule.level) === 'optional' ? 0 : rule.weight
  return {
    field,
    weight: weightIn(profile),
    prefillWeight: weightIn('prefill'),
    applies: applies(rule),
    verdict: verdict(rule, setting),
  }
}

function applies(rule: FieldRule): FieldJudge['applies'] {
  const unless = rule.appliesUnless
  if (unless === undefined) return () => true
  const says = new Set(unless.says.map(fold))
  return ({ fields }) => !pieces(fields[unless.field]).some((piece) => says.has(fold(piece)))
}

function verdict(rule: FieldRule, setting: FieldSetting): FieldJudge['verdict'] {
  const own = new Set(rule.placeholders)
  const checks = compileChecks(rule, setting)
  const raise = raiser(rule, setting)
  const plain = (value: string): readonly Raised[] | null => {
    const said = setting.answer(value)
    if (said === 'none' && rule.none === true) return FAULTLESS
    if (said !== 'value' || own.has(value.trim())) return null
    return run(checks.ofValue, value, NOWHERE, raise)
  }
  const ofValue = checks.ofValue.length === 0 ? plain : memo(plain)
  if (checks.ofRecord.length === 0) return ofValue
  return (value, record) => {
    const raised = ofValue(value)
    if (raised === null) return null
    const more = run(checks.ofRecord, value, record, raise)
    return more === FAULTLESS ? raised : [...raised, ...more]
  }
}

type Checks = { readonly ofValue: readonly Check[]; readonly ofRecord: readonly Check[] }

function compileChecks(rule: FieldRule, { geography, today, answer }: FieldSetting): Checks {
  const answered = (value: string | null): boolean => value !== null && answer(value) === 'value'
  const accepted = rule.accepted ?? {}
  const made = rule.checks.map((check) => {
    const use = useOf(check)
    const kind = kindOf(use)
    const setting = { field: rule.field, params: use.params, geography, today, accepted, answered }
    return { scope: kind.scope, check: kind.make(setting) }
  })
  return {
    ofValue: made.filter(({ scope }) => scope === 'value').map(({ check }) => check),
    ofRecord: made.filter(({ scope }) => scope === 'record').map(({ check }) => check),
  }
}

type Raise = (value: string, found: Found) => Raised

function run(
  checks: readonly Check[],
  value: string,
  record: CheckedRecord,
  raise: Raise,
): readonly Raised[] {
  let raised: Raised[] | null = null
  for (const check of checks)
    for (const found of check(value, record)) (raised ??= []).push(raise(value, found))
  return raised ?? FAULTLESS
}

/** What the rules say of each reason, ready to be said of a value. */
function raiser(rule: FieldRule, { rules, profile }: FieldSetting): Raise {
  const severityIn = (name: Profile, reason: string, base: Severity): Severity =>
    rules.profiles[name].severities[`${rule.field}.${reason}`] ?? base
  const label = rule.label.charAt(0).toUpperCase() + rule.label.slice(1)
  const known = new Map(
    Object.entries(rule.findings).map(([reason, { severity, message }]) => [
      reason,
      {
        code: `${rule.field}.${reason}`,
        severity: severityIn(profile, reason, severity),
        blocksPrefill: severityIn('prefill', reason, severity) === 'blocking',
        message: typeset(message.replaceAll('{label}', label)),
      },
    ]),
  )
  return (value, { reason, suggestion, facts }) => {
    const entry = known.get(reason)
    if (entry === undefined) throw new Error(`${rule.field}.${reason} is not in the rules`)
    const { code, severity, blocksPrefill } = entry
    const message = sentence(entry.message, value, facts)
    return { finding: { field: rule.field, code, severity, message, suggestion }, blocksPrefill }
  }
}

function sentence(template: string, value: string, facts: Found['facts']): string {
  return template.replace(/\{(\w+)\}/gu, (_, name: string) =>
    name === 'value' ? quoted(value) : (facts?.[name] ?? ''),
  )
}

const NOWHERE: CheckedRecord = {
  fields: Object.fromEntries(FIELDS.map((field) => [field, null])) as CheckedRecord['fields'],
  place: { commune: null, by: null, linked: null, epci: null },
}
