import { ANSWER_LABELS, ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { AnswerKey } from './answer-changes.ts'
import type { Answers, Referential } from './diagnostic.ts'
import type { Counterfactual } from './counterfactual.ts'
import type { Choice, Contribution } from './recommendation.ts'
import type { MaturityRules } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { CriterionRule } from './rules/referentials.ts'
import { capital, counted, frenchList, frenchNumber, typeset } from './typography.ts'

/** Why this référentiel, in French, strongest reason first; each figure is one of `contributions`. */
export function reasons(choice: Choice, answers: Answers, rules: RecommendationRules): string[] {
  const own = choice.contributions.filter((one) => one.referential === choice.recommended)
  const known = own.filter((one) => one.known)
  if (choice.contributions.every((one) => !one.known)) return [nothingKnown(choice)].map(typeset)
  const strong = known.filter((one) => (one.fit ?? 0) >= 0.5).sort(byPoints)
  const weak = known.filter((one) => (one.fit ?? 0) < 0.5).sort((a, b) => lost(b) - lost(a))
  return [
    ...exceptionSentence(choice),
    ...strong.map((one) => `${capital(meaning(one, rules, answers))} (${points(one)}).`),
    ...weak.map((one) => `À nuancer : ${meaning(one, rules, answers)} (${points(one)}).`),
    ...unknownSentence(own, rules),
  ].map(typeset)
}

/** « Si l'objectif était « Mise en réseau », ce serait « Réseau ». » */
export function counterfactualSentence(
  { change, recommended }: Pick<Counterfactual, 'change' | 'recommended'>,
  answers: Answers,
): string {
  return typeset(`Si ${conditionOf(change, answers)}, ce serait « ${REFERENTIAL_LABELS[recommended]} ».`)
}

/**
 * « l'objectif était « Mise en réseau » », after « si ». An aim that stays open is a decision of people, which no
 * confidence in the points rules out: it is said as one.
 */
export function conditionOf(change: Partial<Answers>, answers: Answers): string {
  const [key, value] = Object.entries(change)[0] as [AnswerKey, string | number]
  const label = `« ${answerLabel(key, value)} »`
  if (key === 'aim' && value === 'none') return `l'objectif restait volontairement ouvert (${label})`
  const was = answers[key] === null ? ', qui reste à connaître, se révélait être' : ' était'
  return `${ANSWER_SUBJECTS[key]}${was} ${key === 'meetingsPerYear' ? frenchNumber(Number(value)) : label}`
}

/** The words that people read for an answer: « Mise en réseau », « 3 ». */
export function answerLabel(key: AnswerKey, value: string | number): string {
  if (key === 'meetingsPerYear') return frenchNumber(Number(value))
  return (ANSWER_LABELS[key] as Readonly<Record<string, string>>)[value] ?? String(value)
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

function exceptionSentence(choice: Choice): string[] {
  const { scores, recommended } = choice
  const cause = exceptionCause(choice)
  if (cause === null) return []
  const [best, score] = Object.entries(scores).reduce((first, one) => (one[1] > first[1] ? one : first))
  const points = `« ${REFERENTIAL_LABELS[best as Referential]} » a pourtant plus de points (${frenchNumber(score)} contre ${frenchNumber(scores[recommended])})`
  return [`${capital(cause)} : un accompagnement polyvalent convient mieux ; ${points}.`]
}

/** What the unknown criteria look at, each once. */
export function unknownSubjects(own: readonly Contribution[], rules: RecommendationRules): string[] {
  const unknown = own.filter((one) => !one.known)
  return [...new Set(unknown.flatMap((one) => subjects(criterion(one, rules), rules.maturity)))]
}

function unknownSentence(own: readonly Contribution[], rules: RecommendationRules): string[] {
  const unknown = own.filter((one) => !one.known)
  if (unknown.length === 0) return []
  const names = frenchList(unknownSubjects(own, rules))
  const weight = unknown.reduce((sum, one) => sum + one.weight, 0)
  return [`Pas encore de réponse : ${names} (${frenchNumber(weight)} points sur 100, comptés pour moitié).`]
}

/** What the fit of a criterion means: of an answer that has its own words those, else by thirds. */
export function meaning(one: Contribution, rules: RecommendationRules, answers: Answers): string {
  const rule = criterion(one, rules)
  const answer = 'answer' in rule ? answers[rule.answer] : null
  const says: Readonly<Record<string, string>> = 'answer' in rule ? rule.says : {}
  const own = answer === null ? undefined : says[answer]
  if (own !== undefined) return own
  const fit = one.fit ?? 0
  if (fit > 2 / 3) return rule.yes
  return fit < 1 / 3 ? rule.no : rule.partly
}

/** What a criterion looks at, in the words of config/maturity.yaml. */
function subjects(rule: CriterionRule, maturity: MaturityRules): string[] {
  if ('factor' in rule) return [maturity.factors[rule.factor].label]
  const keys: readonly string[] = 'answer' in rule ? [rule.answer] : rule.mean
  const indicators = Object.values(maturity.factors).flatMap((factor) => factor.indicators)
  return keys.map((key) => indicators.find((one) => one.key === key)?.label ?? key)
}

function criterion(one: Contribution, { referentials }: RecommendationRules): CriterionRule {
  return referentials.referentials[one.referential].criteria.find((rule) => rule.key === one.criterion)!
}

function points({ points, weight }: Contribution): string {
  return `${counted(points, 'point')} sur ${frenchNumber(weight)}`
}

function byPoints(one: Contribution, other: Contribution): number {
  return other.points - one.points
}

function lost({ weight, points }: Contribution): number {
  return weight - points
}
