import type { Rules } from '../config/rules-file.ts'
import { READ_OTHERWISE } from '../domain/reading/read-value.ts'
import type { Profile } from '../domain/assessment.ts'
import { type CheckUse, useOf } from '../domain/completeness/checks.ts'
import { FIELDS, type FieldName } from '../domain/fields.ts'
import type { Severity } from '../domain/finding.ts'
import { crossCodes } from '../domain/rules/completeness-faults.ts'
import type { CompletenessRules } from '../domain/rules/completeness.ts'
import type { FieldRule } from '../domain/rules/field-rule.ts'
import { typeset } from '../domain/typography.ts'

/** The moments that a record is judged for, in the order they come. */
export const PROFILES = ['prefill', 'journee', 'publication'] as const satisfies readonly Profile[]

/** One value for each moment. */
export type ByProfile<Value> = Readonly<Record<Profile, Value>>
type Level = FieldRule['level']

/** One code that a record may bear. */
export type RuleOfCode = {
  readonly code: string
  readonly severities: ByProfile<Severity>
  /** French; {value} is what was written, {label} the field, {…} what the check knows. */
  readonly message: string
  /** Whether it hangs on the other records. */
  readonly cross: boolean
}

/** All that the rules say of one field. */
export type RuleOfField = {
  readonly field: FieldName
  readonly label: string
  readonly weight: number
  readonly levels: ByProfile<Level>
  /** Whether « sans objet » is an answer. */
  readonly none: boolean
  readonly placeholders: readonly string[]
  readonly appliesUnless: { readonly field: FieldName; readonly says: readonly string[] } | null
  readonly checks: readonly CheckUse[]
  readonly accepted: Readonly<Record<string, readonly string[]>> | null
  readonly findings: readonly RuleOfCode[]
}

/** Every rule, as `portrea rules --json` prints it: what the files say, each moment worked out. */
export type RulesDocument = ReturnType<typeof rulesDocument>

/** Works out the level of each field and the severity of each code at each moment. */
export function rulesDocument({
  completeness,
  maturity,
  referentials,
  prefill,
  typology,
  fingerprint,
}: Rules) {
  const cross = new Set(crossCodes(completeness.fields))
  const { placeholders, noneAnswers, freshness, prefilled, writeBack } = completeness
  return {
    rules: fingerprint,
    profiles: PROFILES,
    writeBack,
    freshness,
    prefilled,
    placeholders,
    noneAnswers,
    readOtherwise: READ_OTHERWISE.map((reason) => ({
      reason,
      severity: completeness.readOtherwise[reason].severity,
      message: typeset(completeness.readOtherwise[reason].message),
    })),
    fields: FIELDS.map((field) => ruleOf(field, completeness, cross)),
    maturity,
    referentials,
    prefill: { expected: prefill.expected },
    typology,
  }
}

function ruleOf(field: FieldName, rules: CompletenessRules, cross: ReadonlySet<string>): RuleOfField {
  const rule = rules.fields.find((one) => one.field === field) as FieldRule
  return {
    field,
    label: typeset(rule.label),
    weight: rule.weight,
    levels: byProfile((profile) => rules.profiles[profile].levels[field] ?? rule.level),
    none: rule.none === true,
    placeholders: rule.placeholders ?? [],
    appliesUnless: rule.appliesUnless ?? null,
    checks: rule.checks.map((check) => useOf(check)),
    accepted: rule.accepted ?? null,
    findings: Object.entries(rule.findings).map(([reason, { severity, message }]) => {
      const code = `${field}.${reason}`
      return {
        code,
        severities: byProfile((profile) => rules.profiles[profile].severities[code] ?? severity),
        message: typeset(message),
        cross: cross.has(code),
      }
    }),
  }
}

function byProfile<Value>(of: (profile: Profile) => Value): ByProfile<Value> {
  return { prefill: of('prefill'), journee: of('journee'), publication: of('publication') }
}
