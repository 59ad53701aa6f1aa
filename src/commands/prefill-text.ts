import { listedSentences } from '../domain/listed-sentences.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import {
  consolidationText,
  followedText,
  leftParts,
  nextSentences,
  prefillFigures,
  REFERENT_KINDS,
  withoutReferentText,
} from '../domain/prefill-sentences.ts'
import type { ReferentPrefill } from '../domain/prefill.ts'
import { frenchDay, frenchNumber, typeset } from '../domain/typography.ts'

/** How far the pre-fill of one EPCI is, as a person reads it in a terminal. */
export function prefillLines({ prefill }: EpciReport): string[] {
  const { collaborativeDay, lastCollaborativeDay, neededSpeed } = prefill
  const days = [
    collaborativeDay === null
      ? 'aucune journée prévue'
      : `prochaine journée le ${frenchDay(collaborativeDay)}`,
    ...(lastCollaborativeDay === null ? [] : [`la dernière a eu lieu le ${frenchDay(lastCollaborativeDay)}`]),
  ]
  const needed =
    neededSpeed === null ? [] : [`il en faudrait ${frenchNumber(neededSpeed, 2)} par jour d'ici à la journée`]
  const left = leftParts(prefill)
  return [
    `Pré-remplissage : ${prefillFigures(prefill)}`,
    `  ${[...left, ...needed, ...days].join(', ')}`,
    ...(prefill.consolidation === null ? [] : [`  ${consolidationText(prefill.consolidation)}`]),
  ].map(typeset)
}

/** Who follows the records, and what to do next; `names` of records by Id, as far as they are known. */
export function prefillDetailLines(
  { prefill, prefillDetail }: EpciReport,
  names: ReadonlyMap<number, string> = new Map(),
): string[] {
  const { referents, withoutReferent, next } = prefillDetail
  return [
    ...listedSentences(prefill, 'with_days').map((line) => `  ${line}`),
    '',
    'Par référent·e (numéro de ligne dans la table « Référents ») :',
    ...referents.map(referentLine),
    ...withoutReferentText(withoutReferent).map((line) => `  ${line}`),
    '',
    next.length === 0
      ? 'À faire ensuite : rien, toutes les fiches présentes sont pré-remplies.'
      : 'À faire ensuite, le plus utile d’abord :',
    ...nextSentences(next, names).map((one) => `  • ${one}`),
  ].map(typeset)
}

function referentLine(one: ReferentPrefill): string {
  const kind = one.kind === null ? '' : ` (${REFERENT_KINDS[one.kind]})`
  return `  n° ${one.referent}${kind} : ${followedText(one)}`
}
