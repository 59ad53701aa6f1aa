import { QUESTIONS } from './answer-changes.ts'
import type { Decision } from './decision.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Answers, Drivers, Observed, Referential, Situation } from './diagnostic.ts'
import { outcomeOf as decided } from './scoring.ts'
import { OBSERVED_KEYS } from './rules/maturity.ts'
import type { RecommendationRules, RuleSet } from './rules/recommendation.ts'

/** One result of one EPCI: what it rests on, and what was decided. */
export type Moment = {
  /** 'YYYY-MM-DD' */
  readonly day: string
  readonly situation: Situation
  readonly retained: Referential | null
  readonly decision: Decision
  readonly rules: RuleSet
}

/** Why a result changed; `program`: this program computes otherwise than the one that made the older result. */
export type Cause = 'answers' | 'data' | 'rules' | 'program'

/** A value before and after. */
export type Shift<Value> = { readonly before: Value; readonly after: Value }

/** What moves the référents' days, in the order in which it is told. */
export const DRIVER_KEYS = [
  'expectedParticipationRate',
  'actors',
] as const satisfies readonly (keyof Drivers)[]

type Figure = string | number | null

/** What changed between two results of one EPCI, and why. */
export type Changes = {
  /** The day of the older result, and that of the newer. */
  readonly since: string
  readonly until: string
  readonly recommended: Shift<Referential>
  readonly confidence: Shift<Decision['confidence']['level']>
  readonly scores: Shift<Decision['scores']>
  readonly retained: Shift<Referential | null> | null
  readonly answers: readonly (Shift<Figure> & { readonly key: keyof Answers })[]
  readonly observed: readonly (Shift<Figure> & { readonly key: keyof Observed })[]
  readonly drivers: readonly (Shift<Figure> & { readonly key: keyof Drivers })[]
  /** The files of rules that changed; null: the rules are the same. */
  readonly rules: (Shift<string> & { readonly files: readonly string[] }) | null
  /**
   * Points that each cause brought to each référentiel; they sum to what the scores moved by. null: the rules of one of
   * the two can no longer be read.
   */
  readonly effects: Readonly<Record<Cause, Readonly<Record<Referential, number>>>> | null
  /** The causes that turned the recommendation, each alone or, where none does alone, the fewest together. */
  readonly decisive: readonly Cause[]
}

/** The causes that can be applied one by one. */
const INPUTS = ['answers', 'data', 'rules'] as const
type Input = (typeof INPUTS)[number]

/**
 * Compares two results. What each cause brought is its Shapley value (L. S. Shapley, « A value for n-person games »,
 * 1953): the mean of what it adds over every order in which the causes may be applied, so that none is favoured and the
 * parts sum to the whole.
 */
export function changesBetween(before: Moment, after: Moment): Changes {
  const [old, recent] = [before.situation, after.situation]
  const rules =
    before.rules.fingerprint === after.rules.fingerprint ? null : ruleShift(before.rules, after.rules)
  const shift = <Value>(of: (moment: Moment) => Value) => ({ before: of(before), after: of(after) })
  return {
    since: before.day,
    until: after.day,
    recommended: shift(({ decision }) => decision.recommended),
    confidence: shift(({ decision }) => decision.confidence.level),
    scores: shift(({ decision }) => decision.scores),
    retained: before.retained === after.retained ? null : shift(({ retained }) => retained),
    answers: shifts(QUESTIONS, old.answers, recent.answers),
    observed: shifts(OBSERVED_KEYS, old.observed, recent.observed),
    drivers: shifts(DRIVER_KEYS, old.drivers, recent.drivers),
    rules,
    ...attribution(before, after),
  }
}

function shifts<Key extends string>(
  keys: readonly Key[],
  before: Readonly<Record<Key, Figure>>,
  after: Readonly<Record<Key, Figure>>,
): (Shift<Figure> & { readonly key: Key })[] {
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, before: before[key], after: after[key] }))
}

function ruleShift(before: RuleSet, after: RuleSet): NonNullable<Changes['rules']> {
  const names = new Set([...Object.keys(before.files), ...Object.keys(after.files)])
  const files = [...names].filter((name) => before.files[name] !== after.files[name]).sort()
  return { before: before.fingerprint, after: after.fingerprint, files }
}

type Outcome = Pick<Decision, 'recommended' | 'scores'>

function attribution(before: Moment, after: Moment): Pick<Changes, 'effects' | 'decisive'> {
  const [old, recent] = [before.rules.decides, after.rules.decides]
  if (old === null || recent === null) return { effects: null, decisive: [] }
  const known = new Map<string, Outcome>()
  const outcome = (applied: readonly Input[]): Outcome => {
    const key = INPUTS.filter((one) => applied.includes(one)).join()
    const found = known.get(key) ?? outcomeOf(before.situation, after.situation, applied, old, recent)
    known.set(key, found)
    return found
  }
  const effect = (of: (key: Referential) => number) =>
    Object.fromEntries(REFERENTIALS.map((key) => [key, of(key)])) as Record<Referential, number>
  const shapley = (input: Input) => effect((key) => shareOf(input, (applied) => outcome(applied).scores[key]))
  const drift = (key: Referential) =>
    outcome([]).scores[key] -
    before.decision.scores[key] +
    (after.decision.scores[key] - outcome(INPUTS).scores[key])
  const effects = {
    answers: shapley('answers'),
    data: shapley('data'),
    rules: shapley('rules'),
    program: effect(drift),
  }
  return { effects, decisive: decisive(before.decision, after.decision, outcome) }
}

/** The older situation with some inputs of the newer one. */
function outcomeOf(
  before: Situation,
  after: Situation,
  applied: readonly Input[],
  old: RecommendationRules,
  recent: RecommendationRules,
): Outcome {
  const data = applied.includes('data') ? after : before
  const rules = applied.includes('rules') ? recent : old
  const { answers } = applied.includes('answers') ? after : before
  const { observed, drivers, listed } = data
  const situation = { answers, observed, drivers, listed }
  return decided(situation, rules)
}

/** The six orders in which three causes may be applied. */
const ORDERS: readonly (readonly Input[])[] = [
  ['answers', 'data', 'rules'],
  ['answers', 'rules', 'data'],
  ['data', 'answers', 'rules'],
  ['data', 'rules', 'answers'],
  ['rules', 'answers', 'data'],
  ['rules', 'data', 'answers'],
]

function shareOf(input: Input, score: (applied: readonly Input[]) => number): number {
  const added = ORDERS.map((order) => {
    const at = order.indexOf(input)
    return score(order.slice(0, at + 1)) - score(order.slice(0, at))
  })
  return added.reduce((sum, one) => sum + one, 0) / ORDERS.length
}

function decisive(
  before: Decision,
  after: Decision,
  outcome: (applied: readonly Input[]) => Outcome,
): Cause[] {
  if (before.recommended === after.recommended) return []
  const leads = (applied: readonly Input[]) => outcome(applied).recommended === after.recommended
  if (leads([])) return ['program']
  const alone = INPUTS.filter((one) => leads([one]))
  if (alone.length > 0) return alone
  const pairs = INPUTS.map((left) => INPUTS.filter((one) => one !== left)).reverse()
  return pairs.find(leads) ?? (leads(INPUTS) ? [...INPUTS] : ['program'])
}
