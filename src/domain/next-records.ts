import type { ActorAssessment } from './assessment.ts'
import { progressOf } from './expected-records.ts'
import { FIELDS } from './fields.ts'
import type { FieldName } from './fields.ts'
import type { CompletenessRules } from './rules/completeness.ts'

/** One record « à faire ensuite »: its id in NocoDB and the labels of fields, never a value. */
export type NextRecord = {
  readonly record: number
  /** Fields to correct, then fields to fill, as they stand in a French sentence: « les horaires ». */
  readonly toCorrect: readonly string[]
  readonly toFill: readonly string[]
  /** Points of progress (0–100) that the EPCI gains once this record is pre-filled; null: nothing is expected. */
  readonly gain: number | null
}

/** The shortest way to make one record pre-filled. */
export type Gap = {
  readonly toCorrect: readonly FieldName[]
  readonly toFill: readonly FieldName[]
  /** 0–100, in profile `prefill`. */
  readonly completeness: number
}

/** Records of one EPCI that are not pre-filled; only the most useful are kept. */
export type NextRecords = {
  add(record: number, gap: Gap): void
  list(counts: { readonly prefilled: number; readonly expected: number | null }): NextRecord[]
}

/**
 * Compiles the rules into what one assessed record lacks to be pre-filled: every field with a blocking finding of profile
 * `prefill` must be corrected, every required one filled; then, one by one, the missing field that brings most, as few as
 * reach the threshold. Worked out from an assessment of any profile. (A field that only profile `prefill` counts is taken
 * as one that applies.)
 */
export function gapFinder(rules: CompletenessRules): (assessment: ActorAssessment) => Gap {
  const counted = countedFields(rules)
  const blocking = blockingCodes(rules)
  const measure = measurer(counted, rules)
  const state = new Uint8Array(FIELDS.length) // reused: this is walked for each record that is not pre-filled
  return ({ missing, filled, findings }) => {
    state.fill(UNSAID)
    for (const field of missing) state[INDEX[field]] = ABSENT
    for (const field of filled) state[INDEX[field]] = SAID
    for (const { field, severity } of findings) if (severity === 'blocking') state[INDEX[field]] = SAID // it says something: neither missing nor filled
    const toCorrect: FieldName[] = []
    for (const { field, code } of findings) {
      if (!blocking.has(code) || state[INDEX[field]] === WRONG) continue
      state[INDEX[field]] = WRONG
      toCorrect.push(field)
    }
    const completeness = measure(state)
    for (const field of toCorrect) state[INDEX[field]] = SAID
    const toFill = fewest(counted, state, rules.prefilled.completeness, measure)
    return { toCorrect, toFill, completeness }
  }
}

/** What an assessment says of a field. */
const [UNSAID, ABSENT, SAID, WRONG] = [0, 1, 2, 3]
const INDEX = Object.fromEntries(FIELDS.map((field, at) => [field, at])) as Readonly<
  Record<FieldName, number>
>

type CountedField = {
  readonly field: FieldName
  /** Its place in FIELDS. */
  readonly at: number
  readonly weight: number
  /** Whether the profile of the assessment counts it too, so that its absence there means that it does not apply. */
  readonly elsewhere: boolean
  /** Without it no record is pre-filled. */
  readonly required: boolean
}

/** The fields that count in profile `prefill`, the heaviest first. */
function countedFields({ fields, profiles, writeBack }: CompletenessRules): readonly CountedField[] {
  const counts = (profile: 'prefill' | typeof writeBack, { field, level }: (typeof fields)[number]) =>
    (profiles[profile].levels[field] ?? level) !== 'optional'
  return fields
    .filter((rule) => counts('prefill', rule))
    .toSorted((one, other) => other.weight - one.weight)
    .map((rule) => ({
      field: rule.field,
      at: INDEX[rule.field],
      weight: rule.weight,
      elsewhere: counts(writeBack, rule),
      required: (profiles.prefill.levels[rule.field] ?? rule.level) === 'required',
    }))
}

/** The completeness (0–100) of a state; of a need that one field answers, the absent others keep a share of their weight. */
function measurer(
  counted: readonly CountedField[],
  { oneNeed }: CompletenessRules,
): (state: Uint8Array) => number {
  const weights = new Map(counted.map(({ at, weight }) => [at, weight]))
  const needs = oneNeed.map(({ fields, others }) => ({
    lost: 1 - others,
    fields: fields.map((field) => INDEX[field]),
  }))
  return (state) => {
    let [kept, total] = [0, 0]
    for (const { at, weight, elsewhere } of counted) {
      const seen = state[at]
      if (seen === UNSAID && elsewhere) continue // it does not apply
      total += weight
      if (seen === SAID) kept += weight
    }
    for (const { lost, fields } of needs)
      if (fields.some((at) => state[at] === SAID))
        for (const at of fields) if (state[at] === ABSENT) total -= lost * (weights.get(at) ?? 0)
    return total === 0 ? 100 : (100 * kept) / total
  }
}

/** The required fields that are empty, then those that bring most, until the threshold is reached; `state` is used up. */
function fewest(
  counted: readonly CountedField[],
  state: Uint8Array,
  threshold: number,
  measure: (state: Uint8Array) => number,
): FieldName[] {
  const empty = ({ at, elsewhere }: CountedField) =>
    state[at] === ABSENT || (state[at] === UNSAID && !elsewhere)
  const fields: FieldName[] = []
  const fill = ({ field, at }: CountedField) => {
    fields.push(field)
    state[at] = SAID
  }
  for (const one of counted) if (one.required && empty(one)) fill(one)
  while (measure(state) < threshold - EPSILON) {
    let best: CountedField | null = null
    let most = -1
    for (const one of counted) {
      if (!empty(one)) continue
      const before = state[one.at]!
      state[one.at] = SAID
      const reached = measure(state)
      state[one.at] = before
      if (reached > most + EPSILON) [best, most] = [one, reached]
    }
    if (best === null) return fields
    fill(best)
  }
  return fields
}

/** Sums of weights are compared as sums of floating numbers are. */
const EPSILON = 1e-9

/** The codes that block in profile `prefill`. */
function blockingCodes({ fields, profiles: { prefill } }: CompletenessRules): ReadonlySet<string> {
  const codes = fields.flatMap(({ field, findings }) =>
    Object.entries(findings).map(([reason, { severity }]) => ({ code: `${field}.${reason}`, severity })),
  )
  return new Set(
    codes
      .filter(({ code, severity }) => (prefill.severities[code] ?? severity) === 'blocking')
      .map(({ code }) => code),
  )
}

/**
 * Gathers the records of one EPCI and keeps the `limit` most useful ones. One more record pre-filled is worth the same
 * whichever it is: the gain for each field still to do is highest where fewest are; then the most complete, then the
 * lowest id.
 */
export function nextRecords(limit: number, rules: CompletenessRules): NextRecords {
  const labels = new Map(rules.fields.map(({ field, label }) => [field, label]))
  const best: Candidate[] = []
  return {
    add(record, gap) {
      const candidate = { record, gap, fields: gap.toCorrect.length + gap.toFill.length }
      let at = best.length
      while (at > 0 && before(candidate, best[at - 1]!)) at -= 1
      if (at >= limit) return
      best.splice(at, 0, candidate)
      if (best.length > limit) best.pop()
    },
    list({ prefilled, expected }) {
      const gain = gainOf(prefilled, expected)
      const named = (fields: readonly FieldName[]) => fields.map((field) => labels.get(field) ?? field)
      return best.map(({ record, gap }) => ({
        record,
        toCorrect: named(gap.toCorrect),
        toFill: named(gap.toFill),
        gain,
      }))
    },
  }
}

type Candidate = { readonly record: number; readonly gap: Gap; readonly fields: number }

function before(one: Candidate, other: Candidate): boolean {
  if (one.fields !== other.fields) return one.fields < other.fields
  if (one.gap.completeness !== other.gap.completeness) return one.gap.completeness > other.gap.completeness
  return one.record < other.record
}

function gainOf(prefilled: number, expected: number | null): number | null {
  const [now, then] = [progressOf(prefilled, expected), progressOf(prefilled + 1, expected)]
  return now === null || then === null ? null : then - now
}
