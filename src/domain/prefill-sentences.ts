import type { Consolidation } from './consolidation.ts'
import type { EpciReport } from './epci-report.ts'
import { isFloor } from './expected-records.ts'
import type { ExpectedBasis } from './expected-records.ts'
import { ALERT_LABELS } from './labels.ts'
import type { NextRecord } from './next-records.ts'
import type { PrefillFigures } from './prefill.ts'
import { partOf, rowOf } from './record-id.ts'
import { counted, frenchDay, frenchList, frenchNumber } from './typography.ts'

/** What the expected number of records rests on. */
const BASIS: Readonly<Record<ExpectedBasis, string>> = {
  declared: 'votre objectif',
  reference_list: 'la liste de référence importée',
  source_lists: 'les listes lues',
  regional_ratio: 'la population et les EPCI de la région dont le pré-remplissage est terminé',
  default_ratio: 'la population, par le ratio par défaut',
}
/** The two kinds of référent·e. */
export const REFERENT_KINDS = { institutional: 'institutionnel·le', associative: 'associatif·ve' } as const

/** « 50 attendues, d'après votre objectif » */
export function expectedText(prefill: EpciReport['prefill']): string {
  const { expected, basis, per10000, list } = prefill
  if (expected === null || basis === null) return 'nombre attendu inconnu'
  const what = list === null ? '' : ` « ${list} »`
  const ratio =
    per10000 === null || basis === 'source_lists'
      ? ''
      : ` (${frenchNumber(per10000)} pour 10\u202f000 habitants, un ordre de grandeur)`
  return `${isFloor(prefill) ? 'au moins ' : ''}${counted(expected, 'attendue')} d'après ${BASIS[basis]}${what}${ratio}`
}

/** « 12 fiches pré-remplies, 24 %, 0,5 par jour sur 14 jours, alerte « À risque » » */
export function prefillFigures(figures: PrefillFigures): string {
  const { prefilled, progress, speed, speedDays, forecastEnd, forecastRange, status } = figures
  const over = overText(figures)
  const pace =
    speed === null || speedDays === null
      ? 'rythme encore inconnu'
      : `${frenchNumber(speed, 2)} par jour sur ${counted(speedDays, 'jour')}`
  return [
    prefilled === 0
      ? 'aucune fiche pré-remplie'
      : counted(prefilled, 'fiche pré-remplie', 'fiches pré-remplies'),
    progress === null ? 'avancement inconnu' : `${frenchNumber(progress)} %`,
    pace,
    ...(forecastEnd === null || status === 'done'
      ? []
      : [`fin prévue d'ici au ${frenchDay(forecastEnd)}${forkText(forecastRange)}`]),
    ...(status === null ? [] : [`alerte « ${ALERT_LABELS[status]} »${over === '' ? '' : ` (${over})`}`]),
  ].join(', ')
}

/**
 * Why « Terminé » is said of what is not all pre-filled: nothing that is there is open, or the time for it is over. '' where
 * it is not said, or all is pre-filled.
 */
export function overText({
  status,
  progress,
  present,
  toComplete,
  consolidation,
}: Pick<PrefillFigures, 'status' | 'progress' | 'present' | 'toComplete' | 'consolidation'>): string {
  if (status !== 'done' || progress === 100) return ''
  return consolidation !== null && toComplete === 0 && present > 0
    ? 'toutes les fiches présentes sont pré-remplies'
    : 'le temps prévu pour la consolidation est passé'
}

/** « sans référent·e connu·e : 3 fiches, dont 1 pré-remplie »; nothing where every record is followed. */
export function withoutReferentText({
  present,
  prefilled,
}: EpciReport['prefillDetail']['withoutReferent']): string[] {
  if (present === 0) return []
  const done = prefilled === 0 ? 'aucune pré-remplie' : `dont ${counted(prefilled, 'pré-remplie')}`
  return [`sans référent·e connu·e : ${counted(present, 'fiche')}, ${done}`]
}

/** What is left, zeros left out: « 3 à compléter », « 2 à créer ». */
export function leftParts({
  toComplete,
  toCreate,
}: Pick<EpciReport['prefill'], 'toComplete' | 'toCreate'>): string[] {
  return [
    ...(toComplete === 0 ? [] : [`${frenchNumber(toComplete)} à compléter`]),
    ...(toCreate === null || toCreate === 0 ? [] : [`${frenchNumber(toCreate)} à créer`]),
  ]
}

/** « depuis la journée du 4 mai 2026 : 5 fiches de plus, 7 pré-remplies de plus, 3 validées ; encore 12 à compléter » */
export function consolidationText({ since, created, completed, confirmed, left }: Consolidation): string {
  const rest = left === 0 ? 'plus rien à compléter' : `encore ${frenchNumber(left)} à compléter`
  if (created === null || completed === null || confirmed === null)
    return `depuis la journée du ${frenchDay(since)}, ce qu'elle a apporté n'est pas connu : rien n'était encore compté avant ; ${rest}`
  const done = [
    ...(created === 0 ? [] : [`${counted(created, 'fiche')} de plus`]),
    ...(completed === 0 ? [] : [`${counted(completed, 'pré-remplie')} de plus`]),
    ...(confirmed === 0 ? [] : [counted(confirmed, 'validée')]),
  ]
  const brought = done.length === 0 ? 'rien de plus' : done.join(', ')
  return `depuis la journée du ${frenchDay(since)} : ${brought} ; ${rest}`
}

/** « 12 fiches, 3 fiches pré-remplies, … », of what one référent·e follows. */
export function followedText(figures: PrefillFigures): string {
  if (figures.present === 0) return 'aucune fiche'
  const { present, consolidation: after } = figures
  return `${counted(present, 'fiche')}, ${prefillFigures(figures)}${afterText(after)}`
}

/** The same after what one référent·e follows; '' where it is not known: it is said once, of the EPCI. */
function afterText(found: Consolidation | null): string {
  return found === null || found.created === null ? '' : ` ; ${consolidationText(found)}`
}

/** « (entre le 3 mars et le 2 juin 2027) », « (au plus tôt le 3 mars 2027) » where it may never end. */
function forkText(range: PrefillFigures['forecastRange']): string {
  if (range === null || range.earliest === range.latest) return ''
  const { earliest, latest } = range
  return latest === null
    ? ` (au plus tôt le ${frenchDay(earliest)})`
    : ` (entre le ${frenchDay(earliest)} et le ${frenchDay(latest)})`
}

/**
 * What to do next, record by record: « « Médiathèque » : remplir les horaires (+ 2 points) ». By the number of the record
 * where its name is not known to the reader, or is that of another one too.
 */
export function nextSentences(
  next: readonly NextRecord[],
  names: ReadonlyMap<number, string> = new Map(),
): string[] {
  const all = [...names.values()]
  return next.map(({ record, toCorrect, toFill, gain }) => {
    const name = names.get(record)
    const shared = all.filter((other) => other === name).length > 1
    const number = `fiche n° ${rowOf(record)}${partOf(record) === 0 ? '' : " d'une autre table d'acteurs"}`
    const which = name === undefined ? number : `« ${name} »${shared ? ` (${number})` : ''}`
    const what = [
      ...(toCorrect.length === 0 ? [] : [`corriger ${frenchList(toCorrect)}`]),
      ...(toFill.length === 0 ? [] : [`remplir ${frenchList(toFill)}`]),
    ]
    return `${which} : ${what.join(', ')}${gain === null ? '' : ` (+ ${counted(gain, 'point')})`}`
  })
}
