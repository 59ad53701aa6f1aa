import type { Profile } from '../assessment.ts'
import type { Finding, Severity } from '../finding.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { typeset } from '../typography.ts'
import type { Found } from './check.ts'
import { quoted } from './text.ts'

/** A finding, and whether it would block in profile `prefill` too. */
export type Raised = { readonly finding: Finding; readonly blocksPrefill: boolean }

/** What a check found in a value → what is said of it. */
export type Raise = (value: string, found: Found) => Raised

/** What the rules say of each reason of a field, ready to be said of a value; throws for a reason they do not hold. */
export function raiser(
  rule: FieldRule,
  { rules, profile }: { readonly rules: CompletenessRules; readonly profile: Profile },
): Raise {
  const severityIn = (name: Profile, reason: string, base: Severity): Severity =>
    rules.profiles[name].severities[`${rule.field}.${reason}`] ?? base
  const label = heading(rule.label)
  const known = new Map(
    Object.entries({ ...rules.readOtherwise, ...rule.findings }).map(([reason, { severity, message }]) => [
      reason,
      {
        code: `${rule.field}.${reason}`,
        severity: severityIn(profile, reason, severity),
        blocksPrefill: severityIn('prefill', reason, severity) === 'blocking',
        say: sayer(typeset(message.replaceAll('{label}', label))),
      },
    ]),
  )
  return (value, { reason, suggestion, facts }) => {
    const entry = known.get(reason)
    if (entry === undefined) throw new Error(`${rule.field}.${reason} is not in the rules`)
    const { code, severity, blocksPrefill } = entry
    const message = entry.say(value, facts)
    return { finding: { field: rule.field, code, severity, message, suggestion }, blocksPrefill }
  }
}

/** A field's label as the head of a sentence, without its article: « la latitude » → « Latitude ». */
export function heading(label: string): string {
  const bare = label.replace(/^(?:l['’]|l[ae] |les )/u, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}

type Say = (value: string, facts: Found['facts']) => string

/** Between « » stands what was written, as it was. */
const OPENED = '«\u202f'

/** A sentence of the rules, cut once where it names something. */
function sayer(template: string): Say {
  const cut = template.split(/\{(\w+)\}/u)
  if (cut.length === 1) return () => template
  return (value, facts) =>
    cut
      .map((part, at) => {
        if (at % 2 === 0) return part
        if (part === 'value') return quoted(value)
        const fact = facts?.[part] ?? ''
        return cut[at - 1]?.endsWith(OPENED) || !fact.includes("'") ? fact : typeset(fact)
      })
      .join('')
}
