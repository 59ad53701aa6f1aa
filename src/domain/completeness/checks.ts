import type { CheckKind, Reasons } from './check.ts'
import { address } from './check-address.ts'
import { communeName } from './check-commune.ts'
import { contradictions } from './check-contradictions.ts'
import { coordinates } from './check-coordinates.ts'
import { day } from './check-date.ts'
import { email } from './check-email.ts'
import { enumeration } from './check-enumeration.ts'
import { maxLength } from './check-length.ts'
import { fromName } from './check-from-name.ts'
import { capitals } from './check-name.ts'
import { openingHours } from './check-opening-hours.ts'
import { phone } from './check-phone.ts'
import { codeInsee, codePostal } from './check-place-codes.ts'
import { pivot } from './check-pivot.ts'
import { prose, text } from './check-text.ts'
import { url } from './check-url.ts'
import { type CrossCheckKind, outlier, shared, sharedPhone, unique } from './cross-checks.ts'

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
  enumeration,
  opening_hours: openingHours,
  address,
  text,
  prose,
} as const satisfies Record<string, CheckKind>

/** The checks that hold a record against the others, which `crossIndex` makes; told nothing. */
export const PLAIN_CROSS_CHECKS = { unique, shared, shared_phone: sharedPhone } as const satisfies Record<
  string,
  CrossCheckKind
>

/** Every check of one record that the rules may name. */
const CHECKS = {
  ...PLAIN_CHECKS,
  url,
  coordinates,
  capitals,
  date: day,
  from_name: fromName,
  max_length: maxLength,
  contradictions,
} as const

/** Every check of a record against the others. */
const CROSS_CHECKS = { ...PLAIN_CROSS_CHECKS, outlier } as const

/** The name of a check in the rules. */
export type CheckName = keyof typeof CHECKS | CrossCheckName
/** The name of a check of a record against the others. */
export type CrossCheckName = keyof typeof CROSS_CHECKS

/** `pivot` and `{ max_length: { signs: 280 } }` alike. */
export function useOf(rule: string | Readonly<Record<string, unknown>>): CheckUse {
  const [name, params] = typeof rule === 'string' ? [rule, null] : (Object.entries(rule)[0] ?? ['', null])
  return { name: name as CheckName, params }
}

/** The check of one record behind a name, null for one that needs the others; the schema has checked what it is told. */
export function kindOf(use: CheckUse): CheckKind<unknown> | null {
  return isCross(use) ? null : (CHECKS[use.name as keyof typeof CHECKS] as CheckKind<unknown>)
}

/** Whether a check holds a record against the others. */
export function isCross(use: CheckUse): use is CheckUse & { readonly name: CrossCheckName } {
  return use.name in CROSS_CHECKS
}

/** The check against the others behind a name. */
export function crossKind(name: CrossCheckName): CrossCheckKind {
  return CROSS_CHECKS[name]
}

/** The reasons that a check may give, used in this way. */
export function reasonsOf(use: CheckUse): Reasons {
  if (!isCross(use)) return kindOf(use)?.reasons(use.params) ?? {}
  const { reason, facts } = crossKind(use.name)
  return { [reason]: facts }
}
