import type { CheckKind, Reasons } from './check.ts'
import { codeInsee, codePostal, communeName } from './check-commune.ts'
import { contradictions } from './check-contradictions.ts'
import { coordinates } from './check-coordinates.ts'
import { day } from './check-date.ts'
import { email } from './check-email.ts'
import { enumeration } from './check-enumeration.ts'
import { maxLength } from './check-length.ts'
import { capitals } from './check-name.ts'
import { openingHours } from './check-opening-hours.ts'
import { phone } from './check-phone.ts'
import { pivot } from './check-pivot.ts'
import { url } from './check-url.ts'

/** A check as the rules use it: its name and what it is told, null where it is told nothing. */
export type CheckUse = { readonly name: CheckName; readonly params: unknown }

/** The checks that are told nothing. */
export const PLAIN_CHECKS = {
  pivot,
  code_insee: codeInsee,
  code_postal: codePostal,
  commune: communeName,
  phone,
  email,
  date: day,
  enumeration,
  opening_hours: openingHours,
} as const satisfies Record<string, CheckKind>

/** Every check that the rules may name. */
export const CHECKS = {
  ...PLAIN_CHECKS,
  url,
  coordinates,
  capitals,
  max_length: maxLength,
  contradictions,
} as const

/** The name of a check in the rules. */
export type CheckName = keyof typeof CHECKS

/** `pivot` and `{ max_length: { signs: 280 } }` alike. */
export function useOf(rule: string | Readonly<Record<string, unknown>>): CheckUse {
  const [name, params] = typeof rule === 'string' ? [rule, null] : (Object.entries(rule)[0] ?? ['', null])
  return { name: name as CheckName, params }
}

/** The check behind a name; the schema of the rules has checked what it is told. */
export function kindOf(use: CheckUse): CheckKind<unknown> {
  return CHECKS[use.name] as CheckKind<unknown>
}

/** The reasons that a check may give, used in this way. */
export function reasonsOf(use: CheckUse): Reasons {
  return kindOf(use).reasons(use.params)
}
