import type { Answers, Referential, Situation } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import { valueOf } from './maturity.ts'
import { openPreconditions } from './preconditions.ts'
import { TELLABLE_COVERAGE } from './recommendation.ts'
import type { Choice, Contribution } from './recommendation.ts'
import type { IndicatorKey } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { CriterionRule } from './rules/referentials.ts'
import { INDICATOR_SUBJECTS } from './subjects.ts'
import { capital, counted, frenchList, frenchNumber, isPlural, typeset } from './typography.ts'

/** A criterion in words: whether it speaks for its référentiel, and the clause that says so. */
export type Meaning = { readonly one: Contribution; readonly speaksFor: boolean; readonly clause: string }

/** Why this référentiel, in French: what it asks for first, then the strongest reason; figures are those of `contributions`. */
export function reasons(choice: Choice, situation: Situation, rules: RecommendationRules): string[] {
  const own = choice.contributions.filter((one) => one.referential === choice.recommended)
  if (nothingIsKnown(choice)) return [nothingKnown(choice)].map(typeset)
  const { strong, weak } = meanings(own, rules, situation.answers)
  return [
    ...openPreconditions(choice.preconditions, choice.recommended).map(({ sentence }) => sentence),
    ...exceptionSentence(choice),
    ...strong.map(({ one, clause }) => `${capital(clause)} (${points(one)}).`),
    ...weak.map(({ one, clause }) => `À nuancer : ${clause} (${points(one)}).`),
    ...readingsSentence(choice),
    ...choice.contradictions.map(({ sentence }) => sentence),
    ...unknownSentence(own, rules, situation),
  ].map(typeset)
}

/** Whether nothing at all is known of what the criteria look at. */
export function nothingIsKnown({ contributions }: Pick<Choice, 'contributions'>): boolean {
  return contributions.every(({ knownShare }) => knownShare === 0)
}

/**
 * The criteria of which something true can be said: what is unknown may not turn it. The strongest of those that speak
 * for the référentiel come first, as do the most lost of those that speak against it.
 */
export function meanings(
  own: readonly Contribution[],
  rules: RecommendationRules,
  answers: Answers,
): { readonly strong: readonly Meaning[]; readonly weak: readonly Meaning[] } {
  const said = own.flatMap((one) => meaning(one, rules, answers) ?? [])
  const lost = ({ one }: Meaning) => one.weight - one.points
  return {
    strong: said.filter((one) => one.speaksFor).sort((a, b) => b.one.points - a.one.points),
    weak: said.filter((one) => !one.speaksFor).sort((a, b) => lost(b) - lost(a)),
  }
}

/**
 * What the fit of a criterion means: of an answer that has its own words those, else by where the whole of its range
 * lies. null: what is unknown could turn it, or nobody answered the question that the factor is named after, so that
 * nothing is said.
 */
function meaning(one: Contribution, rules: RecommendationRules, answers: Answers): Meaning | null {
  const rule = criterionRule(one, rules)
  const [low, high] = one.range
  const said = (clause: string, speaksFor: boolean): Meaning => ({ one, speaksFor, clause })
  const answer = 'answer' in rule ? answers[rule.answer] : null
  const words: Readonly<Record<string, string>> = 'answer' in rule ? rule.says : {}
  const own = answer === null ? undefined : words[answer]
  if (own !== undefined) return said(own, low >= 0.5)
  const unless = 'mean' in rule ? rule.unless : undefined
  if (unless !== undefined && answers[unless.answer] === unless.is) return said(unless.says, false)
  if ('factor' in rule && rule.factor in answers && answers[rule.factor as keyof Answers] === null)
    return null
  if (low > 2 / 3) return said(rule.yes, true)
  if (low >= 0.5) return said(rule.rather, true)
  if (high < 1 / 3) return said(rule.no, false)
  return high < 0.5 ? said(rule.hardly, false) : null
}

/** What is said where nothing at all is known. */
export function nothingKnown({ recommended }: Pick<Choice, 'recommended'>): string {
  return `Rien n'est encore connu de ce territoire : « ${REFERENTIAL_LABELS[recommended]} », un accompagnement polyvalent, est proposé par défaut.`
}

/** Why an exception decides, after « parce que »; null: the scores decide. */
export function exceptionCause({ exception }: Pick<Choice, 'exception'>): string | null {
  if (exception === null) return null
  return exception === 'aim_none'
    ? "aucun objectif n'a pu ou voulu être fixé"
    : "l'objectif n'est pas connu et trop peu de réponses sont données"
}

/** Where the two readings differ: the conversation to have. Nothing where the aim was not asked, or both agree. */
export function readingsSentence({ reading, recommended, aPriori }: Choice): string[] {
  if (reading !== 'aim' || aPriori.recommended === recommended || aPriori.coverage < TELLABLE_COVERAGE)
    return []
  return [
    `Sans tenir compte de l'objectif, la situation ferait plutôt penser à « ${REFERENTIAL_LABELS[aPriori.recommended]} » : à discuter avec le territoire.`,
  ]
}

/** What is not known of what the criteria look at, with articles, each once, in the order of the criteria. */
export function unknownSubjects(
  own: readonly Contribution[],
  rules: RecommendationRules,
  situation: Situation,
): string[] {
  const keys = own.flatMap((one) => indicatorsOf(criterionRule(one, rules), rules))
  return [...new Set(keys)]
    .filter((key) => valueOf(key, situation) === null)
    .map((key) => INDICATOR_SUBJECTS[key])
}

/** What a criterion looks at. */
export function indicatorsOf(
  rule: CriterionRule,
  { maturity }: RecommendationRules,
): readonly IndicatorKey[] {
  if ('answer' in rule) return [rule.answer]
  return 'mean' in rule ? rule.mean : maturity.factors[rule.factor].indicators.map(({ key }) => key)
}

function exceptionSentence(choice: Choice): string[] {
  const { scores, recommended } = choice
  const cause = exceptionCause(choice)
  if (cause === null) return []
  const [best, score] = Object.entries(scores).reduce((first, one) => (one[1] > first[1] ? one : first))
  const higher = `« ${REFERENTIAL_LABELS[best as Referential]} » a pourtant plus de points (${frenchNumber(score)} contre ${frenchNumber(scores[recommended])})`
  return [`${capital(cause)} : un accompagnement polyvalent convient mieux ; ${higher}.`]
}

function unknownSentence(
  own: readonly Contribution[],
  rules: RecommendationRules,
  situation: Situation,
): string[] {
  const subjects = unknownSubjects(own, rules, situation)
  if (subjects.length === 0) return []
  const weight = own.reduce((sum, one) => sum + one.weight * (1 - one.knownShare), 0)
  return [
    `Pas encore connu : ${frenchList(subjects)} (${counted(weight, 'point')} sur 100, ${isPlural(weight) ? 'comptés' : 'compté'} pour moitié).`,
  ]
}

function criterionRule(one: Contribution, { referentials }: RecommendationRules): CriterionRule {
  return referentials.referentials[one.referential].criteria.find((rule) => rule.key === one.criterion)!
}

function points({ points, weight }: Contribution): string {
  return `${counted(points, 'point')} sur ${frenchNumber(weight)}`
}

/** Where « Généraliste » is followed and nobody wrote the working axes yet (the Hub's document: to be found locally). */
export const ASK_FOR_AXES =
  "« Généraliste » part d'axes de travail trouvés localement : écrivez-les dans « Axes de travail »."
