import { type CheckUse, crossKind, isCross, reasonsOf, useOf } from '../completeness/checks.ts'
import { letters } from '../completeness/text.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { ReadOtherwise } from '../reading/read-value.ts'
import type { FieldRule, FindingRule, ProfileRule } from './field-rule.ts'

/** What is wrong with the rules, and where. */
export type Fault = { readonly path: (string | number)[]; readonly message: string }
type CheckedRules = {
  readonly fields: readonly FieldRule[]
  readonly readOtherwise: Readonly<Record<ReadOtherwise, FindingRule>>
  readonly freshness: { readonly current: number; readonly watch: number; readonly verify: number }
  readonly profiles: Readonly<Record<string, ProfileRule>>
}

/** What the shape alone cannot hold: every field once, every reason with its sentence, no code that nobody emits. */
export function faults(rules: CheckedRules): Fault[] {
  const { current, watch, verify } = rules.freshness
  const rising = current < watch && watch < verify
  return [
    ...(rising
      ? []
      : [{ path: ['freshness'], message: 'les bornes doivent croître : current < watch < verify' }]),
    ...Object.entries(rules.readOtherwise).flatMap(([reason, { message }]) =>
      sentenceFaults(['readOtherwise', reason], message, [], ['value', 'label']),
    ),
    ...fieldListFaults(rules.fields),
    ...rules.fields.flatMap((rule, at) => findingFaults(rule, at)),
    ...Object.entries(rules.profiles).flatMap(([name, profile]) => profileFaults(name, profile, rules)),
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
  const cross = new Set(uses.filter(isCross).map((use) => crossKind(use.name).reason))
  const without = [...reasons.keys()]
    .filter((reason) => rule.findings[reason] === undefined)
    .map((reason) => ({
      path: ['fields', at, 'findings', reason],
      message: `les contrôles de ${rule.field} peuvent dire « ${reason} » : donnez-lui une gravité et un message`,
    }))
  const written = Object.entries(rule.findings).flatMap(([reason, { message, severity }]) => {
    const path = ['fields', at, 'findings', reason]
    const grave = cross.has(reason) && severity === 'blocking'
    return [
      ...sentenceFaults(
        path,
        message,
        reasons.get(reason),
        cross.has(reason) ? ['label'] : ['value', 'label'],
      ),
      ...(grave ? [{ path: [...path, 'severity'], message: NEVER_BLOCKS }] : []),
    ]
  })
  return [...without, ...written, ...enumerationFaults(rule, uses, at), ...strayFaults(rule, uses, at)]
}

/** A check against the others reads the field it is made for. */
function strayFaults({ field }: FieldRule, uses: readonly CheckUse[], at: number): Fault[] {
  return uses.filter(isCross).flatMap(({ name }) => {
    const home = crossKind(name).field
    const message = `le contrôle \`${name}\` est celui du champ ${home} ; retirez-le d’ici`
    return home === field ? [] : [{ path: ['fields', at, 'checks'], message }]
  })
}

/** The completeness of a record must not hang on what others wrote. */
const NEVER_BLOCKS = 'ce que disent les autres fiches ne bloque jamais une fiche : warning ou info'

function sentenceFaults(
  path: Fault['path'],
  message: string,
  facts: readonly string[] | undefined,
  always: readonly string[],
): Fault[] {
  if (facts === undefined) return [{ path, message: 'aucun contrôle de ce champ ne dit cela ; retirez-le' }]
  const known = [...always, ...facts]
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
  return [...ambiguities(rule.accepted ?? {}), ...strangeTypes(rule)].map((message) => ({ path, message }))
}

/** What is proposed must be accepted. */
function strangeTypes({ checks, accepted = {} }: FieldRule): string[] {
  return checks.flatMap((check) =>
    typeof check === 'object' && 'from_name' in check
      ? check.from_name.types
          .filter(({ type }) => !Object.hasOwn(accepted, type))
          .map(
            ({ type }) =>
              `le contrôle \`from_name\` propose « ${type} », qui n’en est pas ; retirez-le de là`,
          )
      : [],
  )
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

function profileFaults(name: string, profile: ProfileRule, { fields, readOtherwise }: CheckedRules): Fault[] {
  const codes = new Set(
    fields.flatMap((rule) =>
      Object.keys({ ...readOtherwise, ...rule.findings }).map((reason) => `${rule.field}.${reason}`),
    ),
  )
  const cross = new Set(crossCodes(fields))
  const unknown = Object.entries(profile.severities).flatMap(([code, severity]) => {
    const path = ['profiles', name, 'severities', code]
    if (!codes.has(code)) return [{ path, message: 'aucun champ n’a ce code ; retirez-le' }]
    return cross.has(code) && severity === 'blocking' ? [{ path, message: NEVER_BLOCKS }] : []
  })
  const counts = fields.some((rule) => (profile.levels[rule.field] ?? rule.level) !== 'optional')
  return counts
    ? unknown
    : [...unknown, { path: ['profiles', name], message: 'tous les champs sont facultatifs : rien ne compte' }]
}

/** The codes that hang on the other records. */
export function crossCodes(fields: readonly FieldRule[]): readonly string[] {
  return fields.flatMap(({ field, checks }) =>
    checks
      .map((check) => useOf(check))
      .filter(isCross)
      .map(({ name }) => `${field}.${crossKind(name).reason}`),
  )
}
