import { criteriaOf, tidy } from './criteria.ts'
import type { Part } from './criteria.ts'
import { ANSWER_VALUES } from './diagnostic.ts'
import type { Answers, Situation } from './diagnostic.ts'
import { indicatorScore, valueOf } from './maturity.ts'
import type { Contribution } from './scoring.ts'
import type { FIGURE_BANDS, IndicatorKey, IndicatorRule } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { CriterionRule } from './rules/referentials.ts'

/** A criterion in words: whether it speaks for its référentiel, and the clauses that say so, each true by itself. */
export type Meaning = {
  readonly one: Contribution
  readonly speaksFor: boolean
  readonly clauses: readonly string[]
}

/** How many indicators speak for a criterion that they do not agree on. */
const FACTS = 2

/**
 * The criteria of which something true can be said: what is unknown may not turn it. The strongest of those that speak
 * for the référentiel come first, as do the most lost of those that speak against it.
 */
export function meanings(
  own: readonly Contribution[],
  situation: Situation,
  rules: RecommendationRules,
): { readonly strong: readonly Meaning[]; readonly weak: readonly Meaning[] } {
  const said = own.flatMap((one) => meaning(one, situation, rules) ?? [])
  const lost = ({ one }: Meaning) => one.weight - one.points
  return {
    strong: said.filter((one) => one.speaksFor).sort((a, b) => b.one.points - a.one.points),
    weak: said.filter((one) => !one.speaksFor).sort((a, b) => lost(b) - lost(a)),
  }
}

/** The rule that a contribution comes from. */
export function criterionRule(
  one: Pick<Contribution, 'referential' | 'criterion'>,
  { referentials }: RecommendationRules,
): CriterionRule {
  return referentials.referentials[one.referential].criteria.find((rule) => rule.key === one.criterion)!
}

/**
 * What the fit of a criterion means: of an answer that has its own words those. Of several indicators, the words of the
 * criterion where all are known and each would bear them alone; else the words of those that bring the fit about, since
 * a mean says nothing of what it is made of. null: what is unknown could turn it, or there are no words.
 */
function meaning(one: Contribution, situation: Situation, rules: RecommendationRules): Meaning | null {
  const rule = criterionRule(one, rules)
  const [low, high] = one.range
  const said = (speaksFor: boolean, ...clauses: readonly string[]): Meaning => ({ one, speaksFor, clauses })
  const own = ownWords(rule, situation.answers)
  if (own !== undefined) return said(low >= 0.5, own)
  if ('mean' in rule && rule.unless !== undefined && situation.answers[rule.unless.answer] === rule.unless.is)
    return said(false, rule.unless.says)
  if (low < 0.5 && high >= 0.5) return null
  const speaksFor = low >= 0.5
  const parts = partsOf(one, rules)
  const fits = parts.map((part) => fitOf(part, situation))
  const shared = sharedWords(rule, fits, speaksFor)
  if (shared !== null) return said(speaksFor, shared)
  const clauses = facts(parts, situation, speaksFor, rules)
  return clauses.length === 0 ? null : said(speaksFor, ...clauses)
}

function ownWords(rule: CriterionRule, answers: Answers): string | undefined {
  if (!('answer' in rule)) return undefined
  const answer = answers[rule.answer]
  const words: Readonly<Record<string, string>> = rule.says
  return answer === null ? undefined : words[answer]
}

function partsOf({ referential, criterion }: Contribution, rules: RecommendationRules): readonly Part[] {
  return criteriaOf(rules).aim[referential].find(({ key }) => key === criterion)!.parts
}

function fitOf({ key, fit }: Part, situation: Situation): number | null {
  const value = valueOf(key, situation)
  const own = value === null ? null : fit(value)
  return own === null ? null : tidy(own)
}

/** The words of the criterion itself; null where an indicator is not known, or would not bear them alone. */
function sharedWords(
  rule: CriterionRule,
  fits: readonly (number | null)[],
  speaksFor: boolean,
): string | null {
  const known = fits.filter((fit) => fit !== null)
  if (known.length < fits.length) return null
  const [least, most] = [Math.min(...known), Math.max(...known)]
  if (speaksFor) return least > 2 / 3 ? rule.yes : least >= 0.5 ? rule.rather : null
  return most < 1 / 3 ? rule.no : most < 0.5 ? rule.hardly : null
}

/** What the known indicators on this side of the middle say, those that weigh most first. */
function facts(
  parts: readonly Part[],
  situation: Situation,
  speaksFor: boolean,
  rules: RecommendationRules,
): string[] {
  return parts
    .flatMap((part) => {
      const fit = fitOf(part, situation)
      const pull = fit === null ? 0 : part.share * (speaksFor ? fit - 0.5 : 0.5 - fit)
      return pull > 0 ? [{ part, pull }] : []
    })
    .sort((one, other) => other.pull - one.pull)
    .flatMap(({ part }) => factOf(part.key, situation, rules) ?? [])
    .slice(0, FACTS)
}

/** One answer or figure in words, whatever it is held to speak for; undefined: the rules have none. */
function factOf(
  key: IndicatorKey,
  situation: Situation,
  { maturity }: RecommendationRules,
): string | undefined {
  const value = valueOf(key, situation)
  const rule = Object.values(maturity.factors)
    .flatMap(({ indicators }): readonly IndicatorRule[] => indicators)
    .find((one) => one.key === key)
  if (value === null || rule === undefined) return undefined
  const words = maturity.says[key] ?? {}
  return words[key in ANSWER_VALUES ? value : band(indicatorScore(rule, value) ?? 0)]
}

function band(score: number): (typeof FIGURE_BANDS)[number] {
  const share = tidy(score / 100)
  if (share < 0.5) return share < 1 / 3 ? 'under_third' : 'under_half'
  return share > 2 / 3 ? 'over_two_thirds' : 'half'
}
