import { answerChanges } from './answer-changes.ts'
import { REFERENTIALS } from './diagnostic.ts'
import type { Answers, Observed, Referential, Situation } from './diagnostic.ts'
import { HALF, indicatorScore } from './maturity.ts'
import { outcomeOf } from './scoring.ts'
import { OBSERVED_KEYS } from './rules/maturity.ts'
import type { IndicatorKey, IndicatorRule, ObservedKey } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'

/** One answer, or one observed figure, with another value. */
export type SingleChange = Partial<Answers> & Partial<Observed>

/** A change of one answer or figure that changes the recommendation. */
export type Counterfactual = {
  readonly change: SingleChange
  readonly recommended: Referential
  /** 0–1: how far its indicator moves; what is unknown moves from the middle. */
  readonly distance: number
  /** How far ahead the new recommendation would be, in points. */
  readonly margin: number
}

/**
 * Tries each other value of each answer, and finds of each observed figure the nearest whole percent on either side at
 * which the recommendation turns; keeps, of each and each référentiel that it can lead to, the nearest one: smallest
 * move, then the clearest result, then the order of référentiels and of questions. The aim's come last: it is a choice of
 * people, not a fact to learn. None: no single answer or figure changes the recommendation.
 */
export function counterfactuals(
  situation: Situation,
  recommended: Referential,
  rules: RecommendationRules,
): Counterfactual[] {
  const indicators = indicatorsOf(rules)
  const answers = answerChanges(situation.answers, rules.maturity).map(({ key, value }) => ({ key, value }))
  const figures = OBSERVED_KEYS.flatMap((key) => tippingValues(key, situation, recommended, rules))
  const found = [...answers, ...figures].flatMap(({ key, value }): Candidate[] => {
    const outcome = outcomeOf(changed(situation, key, value), rules)
    if (outcome.recommended === recommended) return []
    const distance = moved(key, value, situation, indicators)
    const change: SingleChange = { [key]: value }
    return [{ key, change, recommended: outcome.recommended, distance, margin: outcome.margin }]
  })
  const nearest = new Map<string, Candidate>()
  for (const one of found.sort(byNearness)) {
    const kind = `${one.key} ${one.recommended}`
    if (!nearest.has(kind)) nearest.set(kind, one)
  }
  return [...nearest.values()].map(({ key: _key, ...one }) => one)
}

/** Whether a change is one of the aim. */
export function isAimChange({ change }: Pick<Counterfactual, 'change'>): boolean {
  return 'aim' in change
}

type Candidate = Counterfactual & { readonly key: IndicatorKey }

/** 0 leaves two in the order of questions, in which they were found. */
function byNearness(one: Candidate, other: Candidate): number {
  return (
    Number(one.key === 'aim') - Number(other.key === 'aim') ||
    one.distance - other.distance ||
    other.margin - one.margin ||
    REFERENTIALS.indexOf(one.recommended) - REFERENTIALS.indexOf(other.recommended)
  )
}

function indicatorsOf({ maturity }: RecommendationRules): ReadonlyMap<IndicatorKey, IndicatorRule> {
  const all = Object.values(maturity.factors).flatMap(({ indicators }) => indicators)
  return new Map(all.map((rule) => [rule.key, rule]))
}

function moved(
  key: IndicatorKey,
  value: string | number,
  { answers, observed }: Situation,
  indicators: ReadonlyMap<IndicatorKey, IndicatorRule>,
): number {
  const rule = indicators.get(key)
  if (rule === undefined) return 1
  const before = key in answers ? answers[key as keyof Answers] : observed[key as ObservedKey]
  const from = before === null ? HALF : (indicatorScore(rule, before) ?? HALF)
  return Math.abs((indicatorScore(rule, value) ?? HALF) - from) / 100
}

function changed(situation: Situation, key: IndicatorKey, value: string | number): Situation {
  return key in situation.answers
    ? { ...situation, answers: { ...situation.answers, [key]: value } }
    : { ...situation, observed: { ...situation.observed, [key]: value } }
}

/**
 * The whole percents nearest to the figure, below and above it, at which the recommendation is another. A référentiel
 * leads on one stretch only of a figure (its lead over the best of the others is concave, every score being linear in
 * it), so that each side is searched by halves.
 */
function tippingValues(
  key: ObservedKey,
  situation: Situation,
  recommended: Referential,
  rules: RecommendationRules,
): { readonly key: ObservedKey; readonly value: number }[] {
  const unit = key === 'completeness' || key === 'freshness' ? 1 : 0.01
  const at = (percent: number) => (unit === 1 ? percent : percent / 100)
  const turns = (percent: number) =>
    outcomeOf(changed(situation, key, at(percent)), rules).recommended !== recommended
  const now = situation.observed[key]
  const percent = now === null ? HALF : now / unit
  const start = { down: Math.floor(percent), up: Math.ceil(percent) }
  const found = [search(start.up, 100, turns), search(start.down, 0, turns)]
  return found.flatMap((one) => (one === null ? [] : [{ key, value: at(one) }]))
}

/** The whole number nearest to `from`, towards `end`, that turns; null: none does. */
function search(from: number, end: number, turns: (percent: number) => boolean): number | null {
  if (turns(from)) return from
  if (!turns(end)) return null
  let [stays, other] = [from, end]
  while (Math.abs(other - stays) > 1) {
    const middle = Math.trunc((stays + other) / 2)
    if (turns(middle)) other = middle
    else stays = middle
  }
  return other
}
