import { ANSWER_VALUES, FACTORS } from './diagnostic.ts'
import type { Situation } from './diagnostic.ts'
import { factorSpread, HALF, indicatorScore, overallCoverage, overallMaturity, valueOf } from './maturity.ts'
import type { Maturity, Spread } from './maturity.ts'
import { need } from './need.ts'
import type { Need, NeedFacts } from './need.ts'
import type { MaturityRules } from './rules/maturity.ts'
import { UNKNOWN_TYPE } from './rules/typology.ts'
import type { ConditionRule, TypeRule, TypologyRules } from './rules/typology.ts'

/** How far a condition is met, or a type belonged to: 0–1, each unknown at half; its range with each at its ends. */
export type Degree = { readonly degree: number; readonly range: readonly [low: number, high: number] }

/** One condition of a type. */
export type ConditionDegree = Degree & {
  readonly label: string
  /** 0–1: the share of what it looks at that is known. */
  readonly knownShare: number
  /** Whether that is enough for the type to be told. */
  readonly known: boolean
}

/** How far an EPCI belongs to one type: as far as its least met condition. */
export type TypeDegree = Degree & {
  readonly type: string
  readonly label: string
  readonly conditions: readonly ConditionDegree[]
}

/** Which type of territory an EPCI is. */
export type Typology = {
  /** The key of its type; 'unknown': too little is known; null: it belongs to none far enough. */
  readonly type: string | null
  /** What « Type de territoire » shows; null: an empty cell. */
  readonly label: string | null
  /** Of its type; null where none is told. */
  readonly degree: number | null
  /** Whether no completion of what is unknown would give another type. */
  readonly firm: boolean
  /** The type of the highest degree, told or not. */
  readonly nearest: string
  /** 0–1: the known share of the four factors. */
  readonly coverage: number
  readonly need: Need
  /** Every type, in the order of config/typology.yaml. */
  readonly degrees: readonly TypeDegree[]
}

/** What decides on a type. */
export type TypologyContext = {
  readonly maturity: MaturityRules
  readonly typology: TypologyRules
}

/**
 * Situation and need → type of territory (DOMAIN.md section 3). The highest degree names it; of equals the one that asks
 * for most, then the order of the rules. No more is said than is known: too little known of the four factors, or of what
 * the nearest type asks for, and no type is told. Pure: same input, same bytes.
 */
export function typology(
  situation: Situation,
  factors: Maturity,
  facts: NeedFacts,
  rules: TypologyContext,
): Typology {
  const { coverage: enough, least, types, unknown } = rules.typology
  const seen: Seen = { situation, factors, need: need(facts, rules.typology.need), rules: rules.maturity }
  const degrees = types.map((type) => typeDegree(type, seen, enough))
  const ahead = (one: TypeDegree, first: TypeDegree, by = one.degree - first.degree) =>
    by > 0 || (by === 0 && one.conditions.length > first.conditions.length)
  const nearest = degrees.reduce((first, one) => (ahead(one, first) ? one : first))
  const coverage = overallCoverage(factors)
  const common = { nearest: nearest.type, coverage, need: seen.need, degrees }
  if (coverage < enough || nearest.conditions.some(({ known }) => !known))
    return { type: UNKNOWN_TYPE, label: unknown.label, degree: null, firm: false, ...common }
  if (nearest.degree < least) return { type: null, label: null, degree: null, firm: false, ...common }
  const [lowest] = nearest.range
  const before = new Set(degrees.slice(0, degrees.indexOf(nearest)))
  const firm = degrees.every((one) => {
    const by = one.range[1] - lowest
    return one === nearest || (before.has(one) ? ahead(nearest, one, -by) : !ahead(one, nearest, by))
  })
  const { type, label, degree } = nearest
  return { type, label, degree, firm: firm && lowest >= least, ...common }
}

/** What conditions look at. */
type Seen = {
  readonly situation: Situation
  readonly factors: Maturity
  readonly need: Need
  readonly rules: MaturityRules
}

/** What a condition looks at: a figure of 0–100, its range, and how much of it is known. */
type Sight = Spread & { readonly knownShare: number }

function typeDegree({ key, label, conditions }: TypeRule, seen: Seen, enough: number): TypeDegree {
  const met = conditions.map((rule) => conditionDegree(rule, seen, enough))
  return {
    type: key,
    label,
    degree: Math.min(...met.map(({ degree }) => degree)),
    range: [Math.min(...met.map(({ range }) => range[0])), Math.min(...met.map(({ range }) => range[1]))],
    conditions: met,
  }
}

function conditionDegree(rule: ConditionRule, seen: Seen, enough: number): ConditionDegree {
  const { half, low, high, knownShare } = 'answer' in rule ? answerDegrees(rule, seen) : ramp(rule, seen)
  const weighed = (met: number) => Math.max(1 - rule.importance, met)
  return {
    label: rule.label,
    degree: weighed(half),
    range: [weighed(low), weighed(high)],
    knownShare,
    known: knownShare >= enough,
  }
}

function answerDegrees({ answer, degrees }: Extract<ConditionRule, { answer: string }>, seen: Seen): Sight {
  const given = seen.situation.answers[answer]
  const known = given === null ? undefined : degrees[given]
  if (known !== undefined) return { half: known, low: known, high: known, knownShare: 1 }
  const all = ANSWER_VALUES[answer].flatMap((value) => degrees[value] ?? [])
  const [low, high] = [Math.min(...all), Math.max(...all)]
  return { half: (low + high) / 2, low, high, knownShare: 0 }
}

/** Met from 0 at `from` to 1 at `to`. */
function ramp(rule: Exclude<ConditionRule, { answer: string }>, seen: Seen): Sight {
  const sight = 'mean' in rule ? meanOf(rule.mean, seen) : wholeOf(rule.of, seen)
  const { from, to } = rule
  const met = (value: number) => Math.min(1, Math.max(0, (value - from) / (to - from)))
  const [low, high] = from < to ? [sight.low, sight.high] : [sight.high, sight.low]
  return { half: met(sight.half), low: met(low), high: met(high), knownShare: sight.knownShare }
}

function wholeOf(of: Extract<ConditionRule, { of: string }>['of'], { need: measured, factors }: Seen): Sight {
  if (of === 'need') return { ...measured, knownShare: measured.coverage }
  if (of === 'maturity') return { ...overallMaturity(factors), knownShare: overallCoverage(factors) }
  return { ...factorSpread(factors[of]), knownShare: factors[of].coverage }
}

function meanOf(keys: Extract<ConditionRule, { mean: unknown }>['mean'], { situation, rules }: Seen): Sight {
  const scores = keys.map((key) => {
    const rule = FACTORS.flatMap((factor) => rules.factors[factor].indicators).find((one) => one.key === key)
    const value = valueOf(key, situation)
    return rule === undefined || value === null ? null : indicatorScore(rule, value)
  })
  const mean = (unknown: number) =>
    scores.reduce<number>((sum, score) => sum + (score ?? unknown), 0) / scores.length
  const known = scores.filter((score) => score !== null).length
  return { half: mean(HALF), low: mean(0), high: mean(100), knownShare: known / scores.length }
}
