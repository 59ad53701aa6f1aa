import { ANSWER_LABELS, ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { Answers, ChoiceKey, Referential } from './diagnostic.ts'
import type { Counterfactual } from './counterfactual.ts'
import type { Choice, Contribution } from './recommendation.ts'
import type { MaturityRules } from './rules/maturity.ts'
import type { CriterionRule, ReferentialRules } from './rules/referentials.ts'
import { counted, frenchList, frenchNumber, typeset } from './typography.ts'

type Rules = { readonly maturity: MaturityRules; readonly referentials: ReferentialRules }

/** Why this référentiel, in French, strongest reason first; each figure is one of `contributions`. */
export function reasons(choice: Choice, answers: Answers, rules: Rules): string[] {
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
export function counterfactualSentence(one: Counterfactual): string {
  const [key, value] = Object.entries(one.change)[0] as [keyof Answers, string | number]
  const what =
    key === 'meetingsPerYear' ? frenchNumber(Number(value)) : `« ${answerLabel(key, String(value))} »`
  return typeset(
    `Si ${ANSWER_SUBJECTS[key]} était ${what}, ce serait « ${REFERENTIAL_LABELS[one.recommended]} ».`,
  )
}

function answerLabel(key: ChoiceKey, value: string): string {
  return (ANSWER_LABELS[key] as Readonly<Record<string, string>>)[value] ?? value
}

function nothingKnown({ recommended }: Choice): string {
  return `Rien n'est encore connu de ce territoire : « ${REFERENTIAL_LABELS[recommended]} », un accompagnement polyvalent, est proposé par défaut.`
}

function exceptionSentence({ exception, scores, recommended }: Choice): string[] {
  if (exception === null) return []
  const [best, score] = Object.entries(scores).reduce((first, one) => (one[1] > first[1] ? one : first))
  const why =
    exception === 'aim_none'
      ? "Aucun objectif n'a pu ou voulu être fixé"
      : "L'objectif n'est pas connu et trop peu de réponses sont données"
  const points = `« ${REFERENTIAL_LABELS[best as Referential]} » a pourtant plus de points (${frenchNumber(score)} contre ${frenchNumber(scores[recommended])})`
  return [`${why} : un accompagnement polyvalent convient mieux ; ${points}.`]
}

function unknownSentence(own: readonly Contribution[], rules: Rules): string[] {
  const unknown = own.filter((one) => !one.known)
  if (unknown.length === 0) return []
  const names = frenchList([
    ...new Set(unknown.flatMap((one) => subjects(criterion(one, rules), rules.maturity))),
  ])
  const weight = unknown.reduce((sum, one) => sum + one.weight, 0)
  return [`Pas encore de réponse : ${names} (${frenchNumber(weight)} points sur 100, comptés pour moitié).`]
}

/** What the fit of a criterion means: of an answer that has its own words those, else by thirds. */
function meaning(one: Contribution, rules: Rules, answers: Answers): string {
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

function criterion(one: Contribution, { referentials }: Rules): CriterionRule {
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
