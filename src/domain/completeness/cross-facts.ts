import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import { hash } from '../hash.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { FieldRule } from '../rules/field-rule.ts'
import { readNumber } from './check-coordinates.ts'
import { isSiret, plainPivot, RNA } from './check-pivot.ts'
import { type CrossCheckName, crossKind, useOf } from './checks.ts'
import { placeFinder, wholeCommune } from './place.ts'
import { raiser } from './raise.ts'

/** What of a record the others are held against: numbers and codes, 0 or null where it has none. */
export type CrossFacts = {
  /** Its identifier, its SIRET or RNA, its telephone, each as a number that only says whether two are the same. */
  readonly id: number
  readonly pivot: number
  readonly phone: number
  readonly latitude: number | null
  readonly longitude: number | null
  /** INSEE code of its commune, that of the whole city where it is an arrondissement. */
  readonly commune: string | null
  readonly epci: string | null
  /** What a person accepted for good: bit n for the nth check. */
  readonly accepted: number
}

/** Reads the facts of records. */
export type CrossFactsReader = (actor: Actor, assessment: ActorAssessment) => CrossFacts

/** Compiles the reading of facts. */
export function crossFactsReader(
  rules: CompletenessRules,
  geography: Geography,
  profile: Profile,
): CrossFactsReader {
  const checks = crossChecks(rules, profile)
  const placeOf = placeFinder(geography)
  return (actor, assessment) => {
    const { commune } = placeOf(actor)
    return {
      id: idNumber(actor, assessment),
      pivot: pivotNumber(actor, assessment),
      phone: phoneNumber(actor, assessment),
      ...pointOf(actor, assessment),
      commune: commune === null ? null : wholeCommune(commune, geography).code,
      epci: assessment.epci,
      accepted: acceptedBits(actor.verified, checks),
    }
  }
}

/** A check that holds records against each other, as the rules use it; null: they do not. */
export type CrossCheck = {
  readonly code: string
  readonly params: unknown
  readonly raise: (facts: Readonly<Record<string, string>>) => Finding
} | null

/** A check as the rules use it; null: they do not. */
function crossCheck(name: CrossCheckName, rules: CompletenessRules, profile: Profile): CrossCheck {
  const { field, reason } = crossKind(name)
  const rule = rules.fields.find((one) => one.field === field) as FieldRule
  const use = rule.checks.map((check) => useOf(check)).find((one) => one.name === name)
  if (use === undefined) return null
  const raise = raiser(rule, { rules, profile })
  return {
    code: `${field}.${reason}`,
    params: use.params,
    raise: (facts) => raise('', { reason, suggestion: null, facts }).finding,
  }
}

/** Those of the rules, in the order of their bits in `accepted`. */
export function crossChecks(rules: CompletenessRules, profile: Profile) {
  const of = (name: CrossCheckName) => crossCheck(name, rules, profile)
  return [of('unique'), of('shared'), of('outlier'), of('shared_phone')] as const
}

function acceptedBits(verified: readonly string[], checks: readonly CrossCheck[]): number {
  if (verified.length === 0) return 0
  return checks.reduce((bits, check, nth) => {
    return check !== null && verified.includes(check.code) ? bits | (1 << nth) : bits
  }, 0)
}

function idNumber({ fields }: Actor, { filled }: ActorAssessment): number {
  return fields.id === null || !filled.includes('id') ? 0 : hash(fields.id.trim())
}

/** A SIRET as it is, an RNA read in base 36, which is above any SIRET; 0: neither, or one that blocks. */
function pivotNumber({ fields: { pivot } }: Actor, { filled }: ActorAssessment): number {
  if (pivot === null || !filled.includes('pivot')) return 0
  const plain = isSiret(pivot) ? pivot : plainPivot(pivot)
  if (isSiret(plain)) return Number(plain)
  return RNA.test(plain) ? Number.parseInt(plain, 36) : 0
}

/** Numbers that are dialled from everywhere for one service, and so are nobody's own. */
const SERVICE = /^\+338/u

/** A telephone as it is written, or as it is proposed to be; 0: none, or of a record without EPCI. */
function phoneNumber({ fields: { telephone } }: Actor, { filled, findings, epci }: ActorAssessment): number {
  if (telephone === null || epci === null || !filled.includes('telephone')) return 0
  const said = findings.find(({ field }) => field === 'telephone')?.suggestion ?? telephone
  return /^\+\d{8,14}$/u.test(said) && !SERVICE.test(said) ? Number(said.slice(1)) : 0
}

const NOWHERE = { latitude: null, longitude: null }

/** Only a point that no check doubts: the others are told already, and must not be a yardstick. */
function pointOf({ fields }: Actor, { filled, findings }: ActorAssessment) {
  if (fields.latitude === null || fields.longitude === null) return NOWHERE
  if (!filled.includes('latitude') || !filled.includes('longitude')) return NOWHERE
  for (const { field, severity } of findings)
    if (severity !== 'info' && (field === 'latitude' || field === 'longitude')) return NOWHERE
  return {
    latitude: readNumber(fields.latitude),
    longitude: readNumber(fields.longitude),
  }
}
