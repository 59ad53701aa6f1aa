import type { AnswerKey } from './answer-changes.ts'
import type { SingleChange } from './counterfactual.ts'
import type { Answers, Observed, Referential } from './diagnostic.ts'
import { ANSWER_LABELS, ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { IndicatorKey, ObservedKey } from './rules/maturity.ts'
import { frenchNumber, typeset } from './typography.ts'

/** What each indicator is about, with its article, for sentences. */
export const INDICATOR_SUBJECTS: Readonly<Record<IndicatorKey, string>> = {
  ...ANSWER_SUBJECTS,
  completeness: 'la complétude des fiches',
  freshness: 'la fraîcheur des fiches',
  contactedShare: "la part d'acteurs contactés depuis un an",
  participationRate: 'la participation à la dernière journée',
  communesCovered: 'la part de communes couvertes',
}

/** « Si l'objectif était « Mise en réseau », ce serait « Réseau ». » */
export function counterfactualSentence(
  { change, recommended }: { readonly change: SingleChange; readonly recommended: Referential },
  situation: { readonly answers: Answers; readonly observed: Observed },
): string {
  return typeset(`Si ${conditionOf(change, situation)}, ce serait « ${REFERENTIAL_LABELS[recommended]} ».`)
}

/**
 * « l'objectif était « Mise en réseau » », « 70 % des fiches étaient à jour », after « si ». An aim that stays open is a
 * decision of people, which no confidence in the points rules out: it is said as one.
 */
export function conditionOf(
  change: SingleChange,
  { answers, observed }: { readonly answers: Answers; readonly observed: Observed },
): string {
  const [key, value] = Object.entries(change)[0] as [IndicatorKey, string | number]
  if (!(key in answers))
    return figureCondition(key as ObservedKey, Number(value), observed[key as ObservedKey])
  const asked = key as AnswerKey
  const label = `« ${answerLabel(asked, value)} »`
  if (asked === 'aim' && value === 'none') return `l'objectif restait volontairement ouvert (${label})`
  const was = answers[asked] === null ? ', qui reste à connaître, se révélait être' : ' était'
  if (asked === 'meetingsPerYear') {
    const count = Number(value)
    const times = count === 0 ? 'ne se réunissait pas' : `se réunissait ${frenchNumber(count)} fois par an`
    return answers[asked] === null ? `l'on apprenait que le réseau ${times}` : `le réseau ${times}`
  }
  return `${ANSWER_SUBJECTS[asked]}${was} ${label}`
}

/** The words that people read for an answer: « Mise en réseau », « 3 ». */
export function answerLabel(key: AnswerKey, value: string | number): string {
  if (key === 'meetingsPerYear') return frenchNumber(Number(value))
  return (ANSWER_LABELS[key] as Readonly<Record<string, string>>)[value] ?? String(value)
}

/**
 * A figure at its tipping value, as a whole percent: « 70 % des fiches étaient à jour ». Of one that is not known
 * nothing is presupposed: there may be no record, and no journée.
 */
function figureCondition(key: ObservedKey, value: number, before: number | null): string {
  const percent = `${frenchNumber(key === 'completeness' || key === 'freshness' ? value : 100 * value, 0)} %`
  if (before === null) return unknownCondition(key, percent)
  const only = value < before ? ' seulement' : ''
  switch (key) {
    case 'completeness':
      return `la complétude moyenne des fiches était de ${percent}${only}`
    case 'freshness':
      return `${percent}${only} des fiches étaient à jour`
    case 'contactedShare':
      return `${percent}${only} des acteurs avaient été contactés depuis un an`
    case 'participationRate':
      return `la participation à la dernière journée avait été de ${percent}${only}`
    case 'communesCovered':
      return `${percent}${only} des communes avaient un acteur recensé`
  }
}

function unknownCondition(key: ObservedKey, percent: string): string {
  switch (key) {
    case 'completeness':
      return `l'on constatait une complétude moyenne de ${percent}`
    case 'freshness':
      return `l'on constatait ${percent} de fiches à jour`
    case 'contactedShare':
      return `l'on constatait ${percent} d'acteurs contactés depuis un an`
    case 'participationRate':
      return `l'on constatait ${percent} de participation à une journée`
    case 'communesCovered':
      return `l'on constatait ${percent} de communes avec un acteur recensé`
  }
}
