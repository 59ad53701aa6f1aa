import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import { listedSentences } from '../../domain/listed-sentences.ts'
import {
  consolidationText,
  expectedText,
  followedText,
  leftParts,
  nextSentences,
  overText,
  prefillFigures,
  REFERENT_KINDS,
  withoutReferentText,
} from '../../domain/prefill-sentences.ts'
import type { ReferentPrefill } from '../../domain/prefill.ts'
import { capital, counted, frenchDay, frenchNumber, typeset } from '../../domain/typography.ts'
import type { DayOfHistory } from '../../store/history.ts'
import { burnUp } from './burn-up.ts'
import { card, list, pair, titled } from './epci-card.ts'
import { alertPill, bar } from './pills.ts'

/** How many records to do next are named. */
export const NEXT_SHOWN = 5

/** How far the pre-fill is, its burn-up, who follows it, what to do next. */
export function prefillCard(
  { prefill, prefillDetail }: EpciReport,
  days: readonly DayOfHistory[],
  names: ReadonlyMap<number, string>,
): SafeHtml {
  const { status, progress, collaborativeDay, lastCollaborativeDay } = prefill
  const { referents, withoutReferent, next } = prefillDetail
  const over = overText(prefill)
  const journee =
    collaborativeDay === null
      ? lastCollaborativeDay === null
        ? 'Aucune journée collaborative prévue'
        : `Dernière journée collaborative le ${frenchDay(lastCollaborativeDay)}, aucune autre prévue`
      : `Prochaine journée collaborative le ${frenchDay(collaborativeDay)}`
  const followed = [...referents.map(referentSentence), ...withoutReferentText(withoutReferent)]
  const todo =
    next.length > 0
      ? nextSentences(next.slice(0, NEXT_SHOWN), names)
      : [
          prefill.present === 0
            ? 'Créer les premières fiches.'
            : 'Rien : toutes les fiches présentes sont pré-remplies.',
        ]
  return card('Le pré-remplissage', [
    html`<p>
      ${alertPill(status)}
      ${typeset(`${journee} ; ${prefill.present === 0 ? 'aucun acteur' : counted(prefill.present, 'acteur')} dans la base, ${expectedText(prefill)}.`)}
    </p>`,
    bar(progress, { label: 'Pré-remplissage' }),
    html`<p>${typeset(`${capital(prefillFigures({ ...prefill, status: null }))}${leftText(prefill)}.`)}</p>`,
    list([
      ...listedSentences(prefill, 'with_days'),
      ...(prefill.consolidation === null ? [] : [`${capital(consolidationText(prefill.consolidation))}.`]),
      ...(over === '' ? [] : [`« Terminé » : ${over}.`]),
    ]),
    burnUp(days, collaborativeDay),
    pair(titled('Qui suit les fiches', followed), titled('À faire ensuite', todo)),
  ])
}

function leftText(prefill: EpciReport['prefill']): string {
  const { neededSpeed } = prefill
  const left = leftParts(prefill)
  if (left.length === 0) return ''
  const needed =
    neededSpeed === null ? '' : `, soit ${frenchNumber(neededSpeed, 2)} par jour d'ici à la journée`
  return ` ; encore ${left.join(' et ')}${needed}`
}

function referentSentence({ referent, kind, ...figures }: ReferentPrefill): string {
  const who =
    kind === null ? `référent·e n° ${referent}` : `référent·e ${REFERENT_KINDS[kind]} (n° ${referent})`
  return `${who} : ${followedText(figures)}`
}
