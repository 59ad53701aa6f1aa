import type { Referential, Situation } from './diagnostic.ts'
import { REFERENTIAL_LABELS } from './labels.ts'
import { valueOf } from './maturity.ts'
import { criterionRule, meanings } from './meaning.ts'
import { openPreconditions } from './preconditions.ts'
import { TELLABLE_COVERAGE, TIE } from './scoring.ts'
import type { Choice, Contribution } from './scoring.ts'
import type { IndicatorKey } from './rules/maturity.ts'
import type { RecommendationRules } from './rules/recommendation.ts'
import type { CriterionRule } from './rules/referentials.ts'
import { INDICATOR_SUBJECTS } from './subjects.ts'
import { capital, counted, frenchList, frenchNumber, isPlural, typeset } from './typography.ts'

/** Why this référentiel, in French: what it asks for first, then the strongest reason; figures are those of `contributions`. */
export function reasons(choice: Choice, situation: Situation, rules: RecommendationRules): string[] {
  const own = choice.contributions.filter((one) => one.referential === choice.recommended)
  if (nothingIsKnown(choice)) return [nothingKnown(choice)].map(typeset)
  const { strong, weak } = meanings(own, situation, rules)
  return [
    ...openPreconditions(choice.preconditions, choice.recommended).map(({ sentence }) => sentence),
    ...exceptionSentence(choice),
    ...strong.map(({ one, clauses }) => `${capital(frenchList(clauses))} (${points(one)}).`),
    ...weak.map(({ one, clauses }) => `À nuancer : ${frenchList(clauses)} (${points(one)}).`),
    ...readingsSentence(choice),
    ...choice.contradictions.map(({ sentence }) => sentence),
    ...unknownSentence(own, rules, situation),
  ].map(typeset)
}

/** Whether nothing at all is known of what the criteria look at. */
export function nothingIsKnown({ contributions }: Pick<Choice, 'contributions'>): boolean {
  return contributions.every(({ knownShare }) => knownShare === 0)
}

/** What is said where nothing at all is known. */
export function nothingKnown({ recommended }: Pick<Choice, 'recommended'>): string {
  return `Rien n'est encore connu de ce territoire : « ${REFERENTIAL_LABELS[recommended]} », un accompagnement polyvalent, est proposé par défaut.`
}

/** Why an exception decides, after « parce que »; null: the scores decide. */
export function exceptionCause({ exception }: Pick<Choice, 'exception'>): string | null {
  if (exception === null) return null
  return exception === 'aim_none'
    ? "on n'a pas pu ou voulu fixer d'objectif"
    : "l'objectif et trop de réponses restent inconnus"
}

/** Where the two readings differ: the conversation to have. Nothing where the aim was not asked, or both agree. */
export function readingsSentence({ reading, recommended, aPriori }: Choice): string[] {
  if (reading !== 'aim' || aPriori.recommended === recommended || aPriori.coverage < TELLABLE_COVERAGE)
    return []
  if (aPriori.margin <= TIE) return []
  return [
    `Sans tenir compte de l'objectif, la situation ferait plutôt penser à « ${REFERENTIAL_LABELS[aPriori.recommended]} » : à discuter avec le territoire.`,
  ]
}

/** What is not known of what the criteria look at, as far as it counts, with articles, each once, in the order of the criteria. */
export function unknownSubjects(
  own: readonly Contribution[],
  rules: RecommendationRules,
  situation: Situation,
): string[] {
  const open = own.filter(({ knownShare }) => knownShare < 1)
  const keys = open.flatMap((one) => indicatorsOf(criterionRule(one, rules), rules))
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

function points({ points, weight }: Contribution): string {
  return `${counted(points, 'point')} sur ${frenchNumber(weight)}`
}

/** Where « Généraliste » is followed and nobody wrote the working axes yet (the Hub's document: to be found locally). */
export const ASK_FOR_AXES =
  "« Généraliste » part d'axes de travail trouvés localement : écrivez-les dans « Axes de travail »."
