import type { ActorFields } from '../actor.ts'
import type { FieldName } from '../fields.ts'
import type { Geography } from '../geography.ts'
import type { Place } from './place.ts'

/** What a check found in a value: the rules give it severity and sentence. */
export type Found = {
  readonly reason: string
  /** What to write instead, where it can be computed. */
  readonly suggestion: string | null
  /** What the sentence may name beside {value}: {commune}, {epci} … */
  readonly facts?: Readonly<Record<string, string>>
}

/** The record a value stands in, for the checks that look beyond it. */
export type CheckedRecord = { readonly fields: ActorFields; readonly place: Place }

/** One value that is there → what is wrong with it; `NOTHING` where nothing is. */
export type Check = (value: string, record: CheckedRecord) => readonly Found[]

/** What a check is made with, once, before any record is seen. */
export type CheckSetting<Params = null> = {
  readonly field: FieldName
  readonly params: Params
  readonly geography: Geography
  /** 'YYYY-MM-DD'. */
  readonly today: string
  /** The accepted values of an enumeration, each with the other wordings known for it; empty elsewhere. */
  readonly accepted: Readonly<Record<string, readonly string[]>>
  /** Whether a value answers: there, and no placeholder. */
  readonly answered: (value: string | null) => boolean
}

/** The reasons a check may give, each with the facts its sentence may name. */
export type Reasons = Readonly<Record<string, readonly string[]>>

/** A check by its name in the rules. */
export type CheckKind<Params = null> = {
  readonly reasons: (params: Params) => Reasons
  /** Worth remembering by value: the answer hangs on the value alone, and values recur or cost much to read. */
  readonly remember: boolean
  /** Asked where the field says nothing (its value is then ''), and only there. */
  readonly whenMissing?: true
  readonly make: (setting: CheckSetting<Params>) => Check
}

/** No finding; one shared list, so that a faultless value costs nothing. */
export const NOTHING: readonly Found[] = Object.freeze([])

/** One finding. */
export function found(
  reason: string,
  suggestion: string | null = null,
  facts?: Readonly<Record<string, string>>,
): readonly Found[] {
  return [facts === undefined ? { reason, suggestion } : { reason, suggestion, facts }]
}
