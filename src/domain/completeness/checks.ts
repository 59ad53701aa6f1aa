import type { CheckKind, Reasons } from './check.ts'
import { codeInsee, codePostal, communeName } from './check-commune.ts'

/** A check as the rules use it: its name and what it is told. */
export type CheckUse = { readonly name: CheckName; readonly params: unknown }

type Listed = { readonly plain: boolean; readonly kind: CheckKind<never> }

/** Every check that the rules may name; `plain`: it is told nothing. */
export const CHECKS = {
  code_insee: { plain: true, kind: codeInsee },
  code_postal: { plain: true, kind: codePostal },
  commune: { plain: true, kind: communeName },
} as const satisfies Record<string, Listed>

/** The name of a check in the rules. */
export type CheckName = keyof typeof CHECKS

/** `pivot` and `{ max_length: { signs: 280 } }` alike. */
export function useOf(rule: string | Readonly<Record<string, unknown>>): CheckUse {
  const [name, params] = typeof rule === 'string' ? [rule, null] : (Object.entries(rule)[0] ?? ['', null])
  return { name: name as CheckName, params }
}

/** The check behind a name. Its parameters were checked by the schema of the rules. */
export function kindOf(use: CheckUse): CheckKind<unknown> {
  return CHECKS[use.name].kind as unknown as CheckKind<unknown>
}

/** The reasons that a check may give, used in this way. */
export function reasonsOf(use: CheckUse): Reasons {
  return kindOf(use).reasons(use.params)
}
