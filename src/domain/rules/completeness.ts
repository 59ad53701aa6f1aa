import { z } from 'zod'
import { type CheckUse, PLAIN_CHECKS, reasonsOf, useOf } from '../completeness/checks.ts'
import { letters } from '../completeness/text.ts'
import { FIELDS, type FieldName } from '../fields.ts'

type PlainCheck = keyof typeof PLAIN_CHECKS

const FieldKey = z.enum(FIELDS)
const Severity = z.enum(['blocking', 'warning', 'info'])
const Level = z.enum(['required', 'expected', 'optional'])
const text = z.string().trim().min(1)
const Code = z.string().regex(/^[a-z_]+\.[a-z_]+$/, 'un code s’écrit champ.raison')

const Contradiction = z.strictObject({
  reason: z.string().regex(/^[a-z_]+$/),
  when: z.array(text).min(1).describe('values of this field'),
  only: z.boolean().optional().describe('only where this field says nothing else'),
  needs: FieldKey.optional().describe('a field that must then be filled'),
  without: FieldKey.optional().describe('a field that must then be empty'),
  against: z.array(text).min(1).optional().describe('values that cannot stand beside'),
  in: FieldKey.optional().describe('the field where `against` is looked for; this one by default'),
})

const degrees = z.number().min(-180).max(180)
const Box = z.tuple([degrees, degrees, degrees, degrees]).describe('[south, north, west, east]')

/** A check by its name, or by its name and what it is told. */
const CheckRule = z.union([
  z.enum(Object.keys(PLAIN_CHECKS) as [PlainCheck, ...PlainCheck[]]),
  z.strictObject({ url: z.strictObject({ several: z.boolean(), hosts: z.array(text).min(1).optional() }) }),
  z.strictObject({ coordinates: z.strictObject({ boxes: z.array(Box).min(1) }) }),
  z.strictObject({ capitals: z.strictObject({ keep: z.array(text), accents: z.array(text) }) }),
  z.strictObject({ max_length: z.strictObject({ signs: z.number().int().positive() }) }),
  z.strictObject({ contradictions: z.array(Contradiction).min(1) }),
])

const Example = z.strictObject({
  given: z.string(),
  with: z.partialRecord(FieldKey, z.string()).optional().describe('other fields of the same record'),
  epci: z.string().optional().describe('SIREN of the EPCI the record is linked to'),
  missing: z.boolean().optional(),
  findings: z.array(Code).describe('codes on this field'),
  suggestion: z.string().optional(),
})

const FieldRule = z.strictObject({
  field: FieldKey,
  label: text.describe('as it stands in « Il manque … »: « les horaires »'),
  level: Level,
  weight: z.number().positive(),
  none: z.boolean().optional().describe('« sans objet » is an answer here'),
  placeholders: z.array(text).optional().describe('values that say nothing in this field alone'),
  appliesUnless: z
    .strictObject({ field: FieldKey, says: z.array(text).min(1) })
    .optional()
    .describe('an empty field that does not apply leaves both sums'),
  accepted: z
    .record(text, z.array(text))
    .optional()
    .describe('accepted values, each with other wordings known for it'),
  checks: z.array(CheckRule).default([]),
  findings: z.record(z.string(), z.strictObject({ severity: Severity, message: text })).default({}),
  examples: z.array(Example).default([]),
})
export type FieldRule = z.infer<typeof FieldRule>

const ProfileRule = z.strictObject({
  levels: z.partialRecord(FieldKey, Level).default({}),
  severities: z.record(Code, Severity).default({}),
})
export type ProfileRule = z.infer<typeof ProfileRule>

const months = z.number().int().positive()

/** config/completeness.yaml: the 32 fields of a record, what each is worth, and what is said of it. */
export const CompletenessRules = z
  .strictObject({
    placeholders: z.strictObject({
      values: z.array(text).min(1),
      madeOf: z.string(),
      startsWith: z.array(text),
    }),
    noneAnswers: z.array(text).min(1),
    freshness: z
      .strictObject({ current: months, watch: months, verify: months })
      .describe('upper bounds of the national words, in months'),
    prefilled: z.strictObject({ completeness: z.number().min(0).max(100) }),
    writeBack: z.enum(['prefill', 'journee', 'publication']).describe('the profile of the columns in NocoDB'),
    profiles: z.strictObject({ prefill: ProfileRule, journee: ProfileRule, publication: ProfileRule }),
    together: z
      .array(z.strictObject({ label: text, fields: z.array(FieldKey).min(2) }))
      .default([])
      .describe('fields named as one in « Il manque … » when all of them are missing'),
    fields: z.array(FieldRule),
  })
  .superRefine((rules, context) => {
    for (const { path, message } of faults(rules)) context.addIssue({ code: 'custom', path, message })
  })
export type CompletenessRules = z.infer<typeof CompletenessRules>

type Fault = { readonly path: (string | number)[]; readonly message: string }
type Parts = {
  readonly fields: readonly FieldRule[]
  readonly freshness: { readonly current: number; readonly watch: number; readonly verify: number }
  readonly profiles: Readonly<Record<string, ProfileRule>>
}

/** What the shape alone cannot hold: every field once, every reason with its sentence, no code that nobody emits. */
function faults(rules: Parts): Fault[] {
  const { current, watch, verify } = rules.freshness
  const rising = current < watch && watch < verify
  return [
    ...(rising
      ? []
      : [{ path: ['freshness'], message: 'les bornes doivent croître : current < watch < verify' }]),
    ...fieldListFaults(rules.fields),
    ...rules.fields.flatMap((rule, at) => findingFaults(rule, at)),
    ...Object.entries(rules.profiles).flatMap(([name, profile]) =>
      profileFaults(name, profile, rules.fields),
    ),
  ]
}

function fieldListFaults(fields: readonly FieldRule[]): Fault[] {
  const seen = new Set<FieldName>()
  const twice = fields.flatMap(({ field }, at) => {
    if (seen.has(field))
      return [{ path: ['fields', at, 'field'], message: `${field} y est deux fois ; gardez-en un` }]
    seen.add(field)
    return []
  })
  const absent = FIELDS.filter((field) => !seen.has(field))
  const lacking = absent.length === 0 ? [] : [{ path: ['fields'], message: `ajoutez ${absent.join(', ')}` }]
  return [...twice, ...lacking]
}

function findingFaults(rule: FieldRule, at: number): Fault[] {
  const uses = rule.checks.map((check) => useOf(check))
  const reasons = new Map(uses.flatMap((use) => Object.entries(reasonsOf(use))))
  const without = [...reasons.keys()]
    .filter((reason) => rule.findings[reason] === undefined)
    .map((reason) => ({
      path: ['fields', at, 'findings', reason],
      message: `les contrôles de ${rule.field} peuvent dire « ${reason} » : donnez-lui une gravité et un message`,
    }))
  const written = Object.entries(rule.findings).flatMap(([reason, { message }]) =>
    sentenceFaults(['fields', at, 'findings', reason], message, reasons.get(reason)),
  )
  return [...without, ...written, ...enumerationFaults(rule, uses, at)]
}

function sentenceFaults(path: Fault['path'], message: string, facts: readonly string[] | undefined): Fault[] {
  if (facts === undefined) return [{ path, message: 'aucun contrôle de ce champ ne dit cela ; retirez-le' }]
  const known = ['value', 'label', ...facts]
  return [...message.matchAll(/\{(\w+)\}/gu)]
    .filter(([, name = '']) => !known.includes(name))
    .map(([name]) => ({
      path: [...path, 'message'],
      message: `${name} est inconnu ici ; écrivez ${braced(known)}`,
    }))
}

function braced(names: readonly string[]): string {
  return names.map((name) => `{${name}}`).join(', ')
}

function enumerationFaults(rule: FieldRule, uses: readonly CheckUse[], at: number): Fault[] {
  const path = ['fields', at, 'accepted']
  const needs = uses.some((use) => use.name === 'enumeration')
  if (needs && rule.accepted === undefined)
    return [{ path, message: 'le contrôle `enumeration` demande les valeurs acceptées' }]
  if (!needs && rule.accepted !== undefined)
    return [{ path, message: 'ajoutez le contrôle `enumeration`, ou retirez ceci' }]
  return ambiguities(rule.accepted ?? {}).map((message) => ({ path, message }))
}

/** A wording that stands for two values could be read as either. */
function ambiguities(accepted: Readonly<Record<string, readonly string[]>>): string[] {
  const known = new Map<string, string>()
  return Object.entries(accepted).flatMap(([value, others]) =>
    [value, ...others].flatMap((wording) => {
      const before = known.get(letters(wording)) ?? value
      known.set(letters(wording), before)
      return before === value ? [] : [`« ${wording} » vaut pour ${before} et pour ${value} ; gardez-en un`]
    }),
  )
}

function profileFaults(name: string, profile: ProfileRule, fields: readonly FieldRule[]): Fault[] {
  const codes = new Set(
    fields.flatMap((rule) => Object.keys(rule.findings).map((reason) => `${rule.field}.${reason}`)),
  )
  const unknown = Object.keys(profile.severities)
    .filter((code) => !codes.has(code))
    .map((code) => ({
      path: ['profiles', name, 'severities', code],
      message: 'aucun champ n’a ce code ; retirez-le',
    }))
  const counts = fields.some((rule) => (profile.levels[rule.field] ?? rule.level) !== 'optional')
  return counts
    ? unknown
    : [...unknown, { path: ['profiles', name], message: 'tous les champs sont facultatifs : rien ne compte' }]
}
