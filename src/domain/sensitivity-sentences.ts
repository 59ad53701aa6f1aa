import type { Counterfactual } from './counterfactual.ts'
import type { Answers, Referential } from './diagnostic.ts'
import { ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { NextQuestion } from './next-question.ts'
import type { Confidence } from './recommendation.ts'
import type { IndicatorKey } from './rules/maturity.ts'
import { INDICATOR_SUBJECTS } from './subjects.ts'
import { capital, counted, frenchList, typeset } from './typography.ts'

/** How wide the margin is, and how many single answers could change the recommendation, in French. */
export function marginSentence(
  report: {
    readonly recommended: Referential
    readonly runnerUp: Referential
    readonly confidence: Pick<Confidence, 'margin' | 'guaranteed'>
  },
  changes: readonly Pick<Counterfactual, 'change'>[],
  answers: Answers,
): string {
  const { recommended, runnerUp, confidence } = report
  const [own, other] = [quoted(recommended), quoted(runnerUp)]
  const points = counted(Math.abs(confidence.margin), 'point')
  const width =
    confidence.margin === 0
      ? `${own} et ${other} ont le même nombre de points.`
      : confidence.margin > 0
        ? `${own} devance ${other} de ${points}.`
        : `${own} a ${points} de moins que ${other}.`
  return typeset([width, ...countSentence(changes), ...openAim(confidence, changes, answers)].join(' '))
}

/** What an answer would be worth, in French. */
export function nextQuestionSentence({ question, answers, levels, gain, leadsTo }: NextQuestion): string {
  const many = (share: number) => Math.round(share * answers)
  const outcomes = [
    { count: many(levels.high), level: 'élevée' },
    { count: many(levels.medium), level: 'moyenne' },
    { count: many(levels.low), level: 'faible' },
  ].filter(({ count }) => count > 0)
  const said = outcomes.map(({ count, level }) => `${level} pour ${count}`)
  const towards =
    leadsTo.length === 0 ? '' : ` ; l'une d'elles pourrait mener à ${frenchList(leadsTo.map(quoted), 'ou')}`
  return typeset(
    `${capital(ANSWER_SUBJECTS[question])} : sur ${answers} réponses possibles, confiance ${frenchList(said)}${towards} (marge garantie : ${signed(gain)} en moyenne).`,
  )
}

function countSentence(changes: readonly Pick<Counterfactual, 'change'>[]): string[] {
  const keys = [...new Set(changes.flatMap(({ change }) => Object.keys(change) as IndicatorKey[]))]
  const named = frenchList(keys.map((key) => INDICATOR_SUBJECTS[key]))
  if (keys.length === 0)
    return ['Aucune réponse ni aucun chiffre, changé seul, ne changerait la recommandation.']
  return [
    keys.length === 1
      ? `Un seul point peut, à lui seul, changer la recommandation : ${named}.`
      : `${capital(numbers[keys.length] ?? String(keys.length))} points peuvent, chacun à lui seul, changer la recommandation : ${named}.`,
  ]
}

const numbers = ['', '', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix']

/**
 * High confidence speaks of points: no answer still unknown can overturn them. That the aim stays open is no answer to
 * be learnt but a decision to be taken, which the rules follow whatever the points.
 */
function openAim(
  { guaranteed }: Pick<Confidence, 'guaranteed'>,
  changes: readonly Pick<Counterfactual, 'change'>[],
  { aim }: Answers,
): string[] {
  const byDecision = changes.some(({ change }) => change.aim === 'none')
  if (aim !== null || guaranteed <= 0 || !byDecision) return []
  return [
    `Aucune réponse encore inconnue ne peut renverser les points ; laisser l'objectif volontairement ouvert resterait une décision, et mènerait à ${quoted('generaliste')}.`,
  ]
}

/** « +7,5 points »; what rounds to nothing has no sign. */
function signed(points: number): string {
  const size = counted(Math.abs(points), 'point')
  return /[1-9]/.test(size) ? `${points > 0 ? '+' : '−'}${size}` : size
}

function quoted(referential: Referential): string {
  return `« ${REFERENTIAL_LABELS[referential]} »`
}
