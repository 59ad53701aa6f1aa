import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import { FIELDS, type FieldName } from '../fields.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import type { CheckedRecord } from './check.ts'
import { compileField, type FieldJudge, type Raised } from './field-judge.ts'
import { freshnessOn, realDay } from './freshness.ts'
import { answerReader } from './placeholders.ts'
import { placeFinder } from './place.ts'

/**
 * Compiles the rules once into the judge of one record: what is missing, what is wrong, how complete it is.
 * `today` is 'YYYY-MM-DD'. Findings and missing fields come in the order of the national standard.
 */
export function compileActorRules(
  rules: CompletenessRules,
  geography: Geography,
  today: string,
  profile: Profile,
): (actor: Actor) => ActorAssessment {
  const answer = answerReader(rules)
  const judges = FIELDS.map((field) => compileField(field, { rules, geography, today, profile, answer }))
  const placeOf = placeFinder(geography)
  const freshness = freshnessOn(today, rules.freshness)
  return (actor) => {
    const place = placeOf(actor)
    const seen = judgeFields(judges, actor, { fields: actor.fields, place })
    const completeness = share(seen.filledWeight, seen.weight)
    const inPrefill = share(seen.prefillFilledWeight, seen.prefillWeight)
    return {
      id: actor.id,
      epci: place.epci,
      completeness,
      missing: seen.missing,
      filled: seen.filled,
      findings: seen.findings,
      blocking: seen.blocking,
      freshness: freshness(actor.changedOn ?? saidDay(actor.fields.date_maj, today)),
      prefilled: inPrefill >= rules.prefilled.completeness && !seen.blockingInPrefill,
    }
  }
}

type Seen = {
  readonly missing: FieldName[]
  readonly filled: FieldName[]
  readonly findings: Finding[]
  blocking: boolean
  blockingInPrefill: boolean
  filledWeight: number
  weight: number
  prefillFilledWeight: number
  prefillWeight: number
}

function judgeFields(judges: readonly FieldJudge[], actor: Actor, record: CheckedRecord): Seen {
  const seen: Seen = {
    missing: [],
    filled: [],
    findings: [],
    blocking: false,
    blockingInPrefill: false,
    filledWeight: 0,
    weight: 0,
    prefillFilledWeight: 0,
    prefillWeight: 0,
  }
  for (const judge of judges) {
    const value = actor.fields[judge.field]
    const verdict = value === null ? null : judge.verdict(value, record)
    if (verdict === null) countEmpty(seen, judge, record)
    else countValue(seen, judge, silenced(verdict, actor.verified))
  }
  return seen
}

/** An empty field that does not apply leaves both sums; a filled one counts whether it applies or not. */
function countEmpty(seen: Seen, judge: FieldJudge, record: CheckedRecord): void {
  if (judge.weight === 0 && judge.prefillWeight === 0) return
  if (!judge.applies(record)) return
  seen.weight += judge.weight
  seen.prefillWeight += judge.prefillWeight
  if (judge.weight > 0) seen.missing.push(judge.field)
}

function countValue(seen: Seen, judge: FieldJudge, raised: readonly Raised[]): void {
  let blocks = false
  let blocksPrefill = false
  for (const one of raised) {
    seen.findings.push(one.finding)
    blocks ||= one.finding.severity === 'blocking'
    blocksPrefill ||= one.blocksPrefill
  }
  seen.weight += judge.weight
  seen.prefillWeight += judge.prefillWeight
  if (blocks) seen.blocking = true
  else {
    seen.filledWeight += judge.weight
    seen.filled.push(judge.field)
  }
  if (blocksPrefill) seen.blockingInPrefill = true
  else seen.prefillFilledWeight += judge.prefillWeight
}

/** A person's word is final: codes they accepted for good are not raised again. */
function silenced(raised: readonly Raised[], verified: readonly string[]): readonly Raised[] {
  if (raised.length === 0 || verified.length === 0) return raised
  return raised.filter(({ finding }) => !verified.includes(finding.code))
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole
}

/** The day a record gives for its last change, where it is a real one that has come; 1970-01-01 is no date. */
function saidDay(value: string | null, today: string): string | null {
  const iso = value === null ? null : /^(\d{4})-(\d\d)-(\d\d)(?:$|[T ])/u.exec(value.trim())
  const day = iso === null ? null : realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  return day === null || day > today || day === '1970-01-01' ? null : day
}
