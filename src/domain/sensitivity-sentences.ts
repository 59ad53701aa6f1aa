import type { Counterfactual } from './counterfactual.ts'
import type { Referential } from './diagnostic.ts'
import { ANSWER_SUBJECTS, REFERENTIAL_LABELS } from './labels.ts'
import type { NextQuestion } from './next-question.ts'
import type { Confidence } from './scoring.ts'
import type { IndicatorKey } from './rules/maturity.ts'
import { INDICATOR_SUBJECTS } from './subjects.ts'
import { capital, counted, frenchList, typeset } from './typography.ts'

/** How wide the margin is, and how many single answers or figures could change the recommendation, in French. */
export function marginSentence(
  report: {
    readonly recommended: Referential
    readonly runnerUp: Referential
    readonly confidence: Pick<Confidence, 'margin'>
  },
  changes: readonly Pick<Counterfactual, 'change'>[],
): string {
  const { recommended, runnerUp, confidence } = report
  const [own, other] = [quoted(recommended), quoted(runnerUp)]
  const points = counted(Math.abs(confidence.margin), 'point')
  const width = /[1-9]/.test(points)
    ? confidence.margin > 0
      ? `${own} devance ${other} de ${points}.`
      : `${own} a ${points} de moins que ${other}.`
    : `${own} et ${other} ont le même nombre de points.`
  return typeset(`${width} ${countSentence(changes)}`)
}

/** What an answer would be worth, in French. */
export function nextQuestionSentence({ question, gain, leadsTo }: NextQuestion): string {
  const surer = /[1-9]/.test(counted(gain, 'point')) && gain > 0
  const ask = `Demandez ${ANSWER_SUBJECTS[question]}`
  if (leadsTo.length === 0)
    return typeset(
      `${ask} : la recommandation n'en changerait pas${surer ? ', mais elle serait plus sûre' : ''}.`,
    )
  const towards = `selon la réponse, ce pourrait être ${frenchList(leadsTo.map(quoted), 'ou')}`
  return typeset(`${ask} : ${towards}${surer ? ', et la recommandation serait plus sûre' : ''}.`)
}

function countSentence(changes: readonly Pick<Counterfactual, 'change'>[]): string {
  const keys = [...new Set(changes.flatMap(({ change }) => Object.keys(change) as IndicatorKey[]))]
  const named = frenchList(keys.map((key) => INDICATOR_SUBJECTS[key]))
  if (keys.length === 0)
    return 'Aucune réponse ni aucun chiffre, changé seul, ne changerait la recommandation.'
  return keys.length === 1
    ? `Un seul point peut, à lui seul, changer la recommandation : ${named}.`
    : `${capital(COUNTS[keys.length] ?? String(keys.length))} points peuvent, chacun à lui seul, changer la recommandation : ${named}.`
}

const COUNTS = ['', '', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix']

function quoted(referential: Referential): string {
  return `« ${REFERENTIAL_LABELS[referential]} »`
}
