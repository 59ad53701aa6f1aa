import type { EpciReport } from '../domain/epci-report.ts'
import type { ExpectedBasis } from '../domain/expected-records.ts'
import { ALERT_LABELS } from '../domain/labels.ts'
import type { NextRecord } from '../domain/next-records.ts'
import type { PrefillFigures, ReferentPrefill } from '../domain/prefill.ts'
import { counted, frenchDay, frenchList, frenchNumber, typeset } from '../domain/typography.ts'

/** What the expected number of records rests on. */
const BASIS: Readonly<Record<ExpectedBasis, string>> = {
  declared: 'votre objectif',
  reference_list: 'la liste de référence importée',
  regional_ratio: 'la population, et les EPCI de la région dont le pré-remplissage est terminé',
  default_ratio: 'la population, par le ratio par défaut',
}
const KIND = { institutional: 'institutionnel·le', associative: 'associatif·ve' } as const

/** « 50 attendues, d'après votre objectif » */
export function expectedText({ expected, basis, per10000, list }: EpciReport['prefill']): string {
  if (expected === null || basis === null) return 'nombre attendu inconnu'
  const what = list === null ? '' : ` « ${list} »`
  const ratio = per10000 === null ? '' : ` (${frenchNumber(per10000)} pour 10 000 habitants)`
  return `${counted(expected, 'attendue')} d'après ${BASIS[basis]}${what}${ratio}`
}

/** How far the pre-fill of one EPCI is, as a person reads it in a terminal. */
export function prefillLines({ prefill }: EpciReport): string[] {
  const { collaborativeDay, lastCollaborativeDay, toComplete, toCreate, neededSpeed } = prefill
  const days = [
    collaborativeDay === null
      ? 'aucune journée prévue'
      : `prochaine journée le ${frenchDay(collaborativeDay)}`,
    ...(lastCollaborativeDay === null ? [] : [`la dernière a eu lieu le ${frenchDay(lastCollaborativeDay)}`]),
  ]
  const needed =
    neededSpeed === null ? [] : [`il en faudrait ${frenchNumber(neededSpeed, 2)} par jour d'ici à la journée`]
  return [
    `Pré-remplissage : ${figuresText(prefill)}`,
    `  ${[`${frenchNumber(toComplete)} à compléter`, ...(toCreate === null ? [] : [`${frenchNumber(toCreate)} à créer`]), ...needed].join(', ')} ; ${days.join(', ')}`,
  ].map(typeset)
}

/** Who follows the records, and what to do next. */
export function prefillDetailLines({ prefillDetail }: EpciReport): string[] {
  const { referents, withoutReferent, next } = prefillDetail
  return [
    '',
    'Par référent·e (numéro de ligne dans la table « Référents ») :',
    ...referents.map(referentLine),
    `  sans référent·e connu·e : ${counted(withoutReferent.present, 'fiche')}, dont ${counted(withoutReferent.prefilled, 'pré-remplie')}`,
    '',
    next.length === 0
      ? 'À faire ensuite : rien, toutes les fiches présentes sont pré-remplies.'
      : 'À faire ensuite, le plus utile d’abord :',
    ...next.map(nextLine),
  ].map(typeset)
}

function figuresText({ prefilled, progress, speed, speedDays, forecastEnd, status }: PrefillFigures): string {
  const pace =
    speed === null || speedDays === null
      ? 'rythme encore inconnu'
      : `${frenchNumber(speed, 2)} par jour sur ${counted(speedDays, 'jour')}`
  return [
    counted(prefilled, 'fiche pré-remplie', 'fiches pré-remplies'),
    progress === null ? 'avancement inconnu' : `${frenchNumber(progress)} %`,
    pace,
    ...(forecastEnd === null ? [] : [`fin prévue d'ici au ${frenchDay(forecastEnd)}`]),
    ...(status === null ? [] : [`alerte « ${ALERT_LABELS[status]} »`]),
  ].join(', ')
}

function referentLine(one: ReferentPrefill): string {
  const kind = one.kind === null ? '' : ` (${KIND[one.kind]})`
  return `  n° ${one.referent}${kind} : ${counted(one.present, 'fiche')}, ${figuresText(one)}`
}

function nextLine({ record, toCorrect, toFill, gain }: NextRecord): string {
  const what = [
    ...(toCorrect.length === 0 ? [] : [`corriger ${frenchList(toCorrect)}`]),
    ...(toFill.length === 0 ? [] : [`remplir ${frenchList(toFill)}`]),
  ]
  return `  • fiche n° ${record} : ${what.join(', ')}${gain === null ? '' : ` (+ ${frenchNumber(gain)} ${gain < 2 ? 'point' : 'points'})`}`
}
