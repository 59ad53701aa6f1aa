import type { Actor } from '../actor.ts'
import type { ActorAssessment, Profile } from '../assessment.ts'
import { FIELDS, type FieldName, valuesOf } from '../fields.ts'
import type { Finding } from '../finding.ts'
import type { Geography } from '../geography.ts'
import type { Written } from '../reading/read-fields.ts'
import type { CompletenessRules } from '../rules/completeness.ts'
import { type DateParams, readDay } from './check-date.ts'
import type { CheckedRecord } from './check.ts'
import { useOf } from './checks.ts'
import { compileField, type FieldJudge, ownPlaceholders } from './field-judge.ts'
import { freshnessOn } from './freshness.ts'
import { placeFinder } from './place.ts'
import { answerReader } from './placeholders.ts'
import type { Raised } from './raise.ts'

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
  const saidDay = saidDays(rules, today)
  const freshness = freshnessOn(today, rules.freshness)
  const sort = sorter(judges, rules.oneNeed)
  return (actor) => {
    const place = placeOf(actor)
    const seen = sort(valuesOf(actor.fields), { fields: actor.fields, place }, actor)
    return {
      id: actor.id,
      epci: place.epci,
      completeness: seen.completeness,
      missing: seen.missing,
      filled: seen.filled,
      findings: seen.findings,
      blocking: seen.blocking,
      publishable: !seen.blocking && !seen.lacks,
      freshness: freshness(actor.changedOn ?? saidDay(actor.fields.date_maj)),
      prefilled:
        seen.inPrefill >= rules.prefilled.completeness && !seen.blockingInPrefill && !seen.lacksInPrefill,
    }
  }
}

type Seen = {
  readonly completeness: number
  /** Completeness in profile `prefill`. */
  readonly inPrefill: number
  readonly missing: readonly FieldName[]
  readonly filled: readonly FieldName[]
  readonly findings: readonly Finding[]
  readonly blocking: boolean
  readonly blockingInPrefill: boolean
  /** A required field is empty, or its value blocks. */
  readonly lacks: boolean
  readonly lacksInPrefill: boolean
}

/**
 * Sorts the fields of a record into missing, filled and faulty, and sums their weights. An empty field that does not
 * apply leaves both sums; a filled one counts whether it applies or not. The sums are kept in local variables and the
 * lists in two reused ones: this loop is walked for each field of each record of the base.
 */
function sorter(judges: readonly FieldJudge[], oneNeed: CompletenessRules['oneNeed']) {
  const missing: FieldName[] = judges.map(({ field }) => field)
  const filled: FieldName[] = judges.map(({ field }) => field)
  const needs = needTally(oneNeed)
  return (
    values: readonly (string | null)[],
    record: CheckedRecord,
    { verified, written = null }: Words,
  ): Seen => {
    let [missed, kept, weight, filledWeight, prefillWeight, prefillFilledWeight] = [0, 0, 0, 0, 0, 0]
    let [lacks, lacksInPrefill] = [false, false]
    let raised: Raised[] | null = null
    needs.begin()
    for (let at = 0; at < judges.length; at++) {
      const judge = judges[at] as FieldJudge
      const value = values[at] as string | null
      let said = value === null ? null : judge.verdict(value, record, written?.[judge.field])
      if (written !== null && said !== null) said = withReading(said, judge, value as string, written)
      if (said === null && (!judge.counts || !judge.applies(record))) continue
      weight += judge.weight
      prefillWeight += judge.prefillWeight
      if (said === null) {
        if (judge.weight > 0) missing[missed++] = judge.field
        if (judge.required) lacks = true
        if (judge.prefillRequired) lacksInPrefill = true
        if (judge.need !== -1) needs.empty(judge)
        const proposed = judge.proposal === null ? NOTHING_RAISED : silenced(judge.proposal(record), verified)
        if (proposed.length > 0) (raised ??= []).push(...proposed)
        continue
      }
      const faults = said.length === 0 ? said : silenced(said, verified)
      if (faults.length > 0) (raised ??= []).push(...faults)
      if (faults.length === 0 || !faults.some(blocks)) {
        filledWeight += judge.weight
        filled[kept++] = judge.field
        if (judge.need !== -1) needs.met(judge)
      } else if (judge.required) lacks = true
      if (faults.length === 0 || !faults.some(blocksPrefill)) prefillFilledWeight += judge.prefillWeight
      else if (judge.prefillRequired) lacksInPrefill = true
    }
    return {
      completeness: share(filledWeight, weight - needs.spared()),
      inPrefill: share(prefillFilledWeight, prefillWeight - needs.sparedInPrefill()),
      missing: missing.slice(0, missed),
      filled: filled.slice(0, kept),
      findings: raised === null ? NO_FINDINGS : raised.map(({ finding }) => finding),
      blocking: raised !== null && raised.some(blocks),
      blockingInPrefill: raised !== null && raised.some(blocksPrefill),
      lacks,
      lacksInPrefill,
    }
  }
}

/** The weight that the empty fields of a need lose where another field answers it; one tally serves every record. */
function needTally(oneNeed: CompletenessRules['oneNeed']) {
  const needs = oneNeed.map(({ others }) => ({ lost: 1 - others, met: false, weight: 0, prefillWeight: 0 }))
  const sum = (key: 'weight' | 'prefillWeight') => {
    let total = 0
    for (const need of needs) if (need.met) total += need.lost * need[key]
    return total
  }
  return {
    begin() {
      for (const need of needs) {
        need.met = false
        need.weight = 0
        need.prefillWeight = 0
      }
    },
    empty({ need, weight, prefillWeight }: FieldJudge) {
      needs[need]!.weight += weight
      needs[need]!.prefillWeight += prefillWeight
    },
    met({ need }: FieldJudge) {
      needs[need]!.met = true
    },
    spared: () => sum('weight'),
    sparedInPrefill: () => sum('prefillWeight'),
  }
}

/** What people wrote and said beside the values themselves. */
type Words = { readonly verified: readonly string[]; readonly written?: Written | null }

/** A cell that is read otherwise than written is told, unless another finding already says how to write it. */
function withReading(
  said: readonly Raised[],
  { field, readAs }: FieldJudge,
  value: string,
  written: Written,
): readonly Raised[] {
  const cell = written[field]
  if (cell === undefined || said.some(({ finding }) => finding.severity === 'info')) return said
  return [readAs(value, cell), ...said]
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([])
const NOTHING_RAISED: readonly Raised[] = Object.freeze([])

function blocks({ finding }: Raised): boolean {
  return finding.severity === 'blocking'
}

function blocksPrefill(raised: Raised): boolean {
  return raised.blocksPrefill
}

/** A person's word is final: codes they accepted for good are not raised again. */
function silenced(raised: readonly Raised[], verified: readonly string[]): readonly Raised[] {
  if (verified.length === 0) return raised
  return raised.filter(({ finding }) => !verified.includes(finding.code))
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole
}

/** The day ('YYYY-MM-DD') a record gives for its last change, where it is one that can be; else null. */
export function saidDays(rules: CompletenessRules, today: string): (value: string | null) => string | null {
  const rule = rules.fields.find(({ field }) => field === 'date_maj')
  const placeholder = rule === undefined ? null : ownPlaceholders(rule)
  const check = rule?.checks.map((one) => useOf(one)).find(({ name }) => name === 'date')
  const since = (check?.params as DateParams | undefined)?.since ?? ''
  return (value) => {
    const day = value === null || placeholder?.(value) === true ? null : readDay(value)
    return day === null || day > today || day < since ? null : day
  }
}
