import type { Actor } from '../actor.ts'
import type { FieldName } from '../fields.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { useOf } from './checks.ts'
import { saidByAddress, saidByCode, saidByDate, saidByNumber, saidByPhone } from './said-by-figures.ts'
import { saidByHours } from './said-by-hours.ts'
import { saidByEmails, saidByPages } from './said-by-links.ts'
import { saidByList, saidByName, saidByText } from './said-by-words.ts'

/** Whether a value may take the place of another in a record: everything that the old one says, the new one says too. */
export type KeepsAll = (actor: Actor, field: FieldName, after: string) => boolean

/**
 * What is lost where `after` takes the place of `before`: each thing that the old value says and that can be read neither
 * in the new one nor, where a field leaves things to others (an address its commune), in those; empty: nothing.
 */
export type Lost = (before: string, after: string, actor: Actor) => readonly string[]

/**
 * The last word on a fix, whatever check proposes it: it reads both values by itself, a field in its own way, and refuses
 * whatever it cannot read. A check may thus be generous in what it proposes; what is written over is not.
 */
export function fixGuard(rules: CompletenessRules): KeepsAll {
  const readers = new Map(rules.fields.map((rule) => [rule.field, readerOf(rule)]))
  return (actor, field, after) => {
    const before = actor.fields[field]
    return before === null || (readers.get(field) as Lost)(before, after, actor).length === 0
  }
}

/** How a field is read: as the checks that it bears take it. */
function readerOf({ field, checks, accepted }: FieldRule): Lost {
  if (accepted !== undefined) return saidByList(accepted)
  if (field === 'pivot' || field === 'code_postal' || field === 'code_insee') return saidByCode
  for (const use of checks.map((check) => useOf(check))) {
    if (use.name === 'phone') return saidByPhone
    if (use.name === 'email') return saidByEmails
    if (use.name === 'url') return saidByPages
    if (use.name === 'opening_hours') return saidByHours
    if (use.name === 'coordinates') return saidByNumber
    if (use.name === 'date') return saidByDate
    if (use.name === 'address') return saidByAddress
    if (use.name === 'capitals') return saidByName(use.params as { readonly keep: readonly string[] })
  }
  return saidByText
}
