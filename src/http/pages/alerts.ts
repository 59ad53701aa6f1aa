import type { EpciReport } from '../../domain/epci-report.ts'
import { addDays } from '../../domain/days.ts'
import { ALERT_LABELS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import { retainedPreconditions } from '../../domain/preconditions.ts'
import {
  counted,
  countedOrNone,
  frenchInstant,
  frenchNumber,
  shortDay,
  typeset,
} from '../../domain/typography.ts'
import type { HeldBase } from '../../store/brake.ts'
import type { DeliveryCounts } from '../../store/deliveries.ts'
import type { Mended } from '../../store/mend.ts'
import type { FailingReceiver } from '../../store/receivers.ts'
import type { Run } from '../../store/runs.ts'
import { mendedSentence } from '../../engine/store-notes.ts'
import type { Alert } from './dashboard.ts'

/** What is looked at for what asks for somebody's eyes. */
export type AlertSources = {
  readonly reports: readonly EpciReport[]
  /** What the brake holds. */
  readonly held: readonly HeldBase[]
  /** The run that began last. */
  readonly last: Run | null
  readonly deliveries: readonly DeliveryCounts[]
  readonly receivers: readonly FailingReceiver[]
  /** Rows of NocoDB that were given up. */
  readonly failed: number
  /** What was done to the memory of the service, and when it is now. */
  readonly mended: Mended | null
  readonly now: Date
  /** Days before a deadline from which it is put forward. */
  readonly soon: number
}

/** How many EPCI are named. */
const NAMED = 6

/** What asks for somebody's eyes, the most pressing first. */
export function alerts(over: AlertSources): Alert[] {
  const { reports, held, last, deliveries, receivers, failed, mended, now, soon } = over
  const faults = [
    ...lostMemory(mended, now),
    ...heldBases(held),
    ...failedRun(last),
    ...failedRows(failed),
    ...failing(receivers),
    ...givenUp(deliveries),
  ]
  return [
    ...faults,
    ...deadlines(reports, soon),
    ...risks(reports),
    ...unmet(reports),
    ...disagreements(reports),
  ].map(({ text, href, detail }) => ({
    text: typeset(text),
    href,
    detail: typeset(detail),
  }))
}

/** « Dernière synchronisation complète le 20 mai 2026 à 03:02 : … » */
export function computedText(done: Run | null): string {
  if (done === null || done.finishedAt === null) return 'Aucune synchronisation complète pour le moment.'
  const when = frenchInstant(done.finishedAt)
  const read =
    done.counts === null
      ? ''
      : ` : ${countedOrNone(done.counts.actorsRead, 'aucune', 'fiche lue', 'fiches lues')}`
  return typeset(`Dernière synchronisation complète ${when}${read}.`)
}

function heldBases(held: readonly HeldBase[]): Alert[] {
  return held.map(({ since, message }) => ({
    text: `Le frein retient les synchronisations depuis ${frenchInstant(since)}`,
    href: null,
    detail: message.split('\n').slice(1).join(' '),
  }))
}

/** For so long people are told. */
const TOLD_MS = 30 * 86_400_000

function lostMemory(mended: Mended | null, now: Date): Alert[] {
  if (mended === null || now.getTime() - Date.parse(mended.at) > TOLD_MS) return []
  return [{ text: mendedSentence(mended), href: null, detail: frenchInstant(mended.at) }]
}

function failedRun(last: Run | null): Alert[] {
  if (last === null || (last.status !== 'failed' && last.status !== 'interrupted')) return []
  const what = last.status === 'failed' ? 'a échoué' : 'a été interrompue'
  const why = last.error === null ? '' : ` (${last.error.code})`
  const faults = (last.error?.faults ?? []).slice(0, NAMED)
  const remedy = faults.length > 0 ? faults.join(' ') : 'la commande doctor dit ce qui ne va pas'
  return [
    {
      text: `La dernière synchronisation ${what}${why}`,
      href: null,
      detail: `commencée ${frenchInstant(last.startedAt)} ; ${remedy}`,
    },
  ]
}

function failedRows(failed: number): Alert[] {
  if (failed === 0) return []
  return [
    {
      text: counted(failed, 'ligne de NocoDB abandonnée', 'lignes de NocoDB abandonnées'),
      href: null,
      detail: 'refusées à chaque essai ; la commande doctor dit pourquoi, la commande retry les reprend',
    },
  ]
}

/** Those told of: one failure is no news. */
function failing(receivers: readonly FailingReceiver[]): Alert[] {
  return receivers
    .filter(({ notifiedAt, disabledAt }) => notifiedAt !== null || disabledAt !== null)
    .map(({ subscription, since, reason, disabledAt }) => ({
      text:
        disabledAt === null
          ? `L'abonnement « ${subscription} » ne reçoit plus rien depuis ${frenchInstant(since)}`
          : `L'abonnement « ${subscription} » est désactivé depuis ${frenchInstant(disabledAt)}`,
      href: null,
      detail: `${reason} ; une fois réparé, la commande webhooks --retry le rétablit et renvoie ce qui attend`,
    }))
}

function givenUp(deliveries: readonly DeliveryCounts[]): Alert[] {
  return deliveries
    .filter(({ dead }) => dead > 0)
    .map(({ subscription, dead, reason }) => ({
      text: `${counted(dead, 'message abandonné', 'messages abandonnés')} vers « ${subscription} »`,
      href: null,
      detail: `${reason ?? 'sans réponse'} ; la commande webhooks --retry les renvoie`,
    }))
}

/** What is to be done before a day that is near, or was missed while the journée is still to come; the most pressing first. */
function deadlines(reports: readonly EpciReport[], soon: number): Alert[] {
  const pressing = reports
    .flatMap(({ name, siren, day, conditions }) => {
      const near = conditions.flatMap(({ status, observed }) =>
        status === 'to_do' && observed !== null && observed.due !== null
          ? [{ ...observed, due: observed.due }]
          : [],
      )
      const told = near
        .filter(({ due }) => due <= addDays(day, soon))
        .sort((a, b) => (a.due < b.due ? -1 : 1))
      const [first] = told
      if (first === undefined) return []
      return [{ name, siren, due: first.due, detail: told.map(({ evidence }) => evidence).join(' ') }]
    })
    .sort((a, b) => (a.due < b.due ? -1 : 1))
  const left = pressing.length - NAMED
  return [
    ...pressing
      .slice(0, NAMED)
      .map(({ name, siren, detail }) => ({ text: name, href: `/epcis/${siren}`, detail })),
    ...(left > 0
      ? [
          {
            text: `et ${counted(left, 'autre')} EPCI à l'approche d'une échéance`,
            href: '/?tri=journee',
            detail: '',
          },
        ]
      : []),
  ]
}

function risks(reports: readonly EpciReport[]): Alert[] {
  const day = ({ prefill }: EpciReport) => prefill.collaborativeDay ?? '9999' // past ones after those to come
  const pressing = reports
    .filter(({ prefill }) => prefill.status === 'late' || prefill.status === 'at_risk')
    .sort((a, b) => (day(a) < day(b) ? -1 : 1))
  const shown = pressing.slice(0, NAMED).map((report) => ({
    text: report.name,
    href: `/epcis/${report.siren}`,
    detail: riskText(report),
  }))
  return [...shown, ...others(pressing)]
}

/** Those that are not named, alert by alert, each with the list that shows them; « autres » only beside one that is. */
function others(pressing: readonly EpciReport[]): Alert[] {
  return (['late', 'at_risk'] as const).flatMap((alert) => {
    const of = (reports: readonly EpciReport[]) =>
      reports.filter(({ prefill }) => prefill.status === alert).length
    const [named, count] = [of(pressing.slice(0, NAMED)), of(pressing.slice(NAMED))]
    const who = named === 0 ? `${frenchNumber(count)} EPCI` : `${counted(count, 'autre')} EPCI`
    const text = `et ${who} ${ALERT_LABELS[alert].toLowerCase()}`
    return count === 0 ? [] : [{ text, href: `/?alerte=${alert}&tri=journee`, detail: '' }]
  })
}

function riskText({ prefill }: EpciReport): string {
  const { status, progress, collaborativeDay, lastCollaborativeDay } = prefill
  const label = status === null ? '' : ALERT_LABELS[status].toLowerCase()
  const far = progress === null ? '' : `, ${frenchNumber(Math.floor(progress), 0)} % pré-remplis`
  const past = lastCollaborativeDay === null ? '' : `, journée passée le ${shortDay(lastCollaborativeDay)}`
  const when = collaborativeDay === null ? past : `, journée le ${shortDay(collaborativeDay)}`
  return `${label}${far}${when}`
}

/** A référentiel was retained, and what it leans on is not there yet. */
function unmet(reports: readonly EpciReport[]): Alert[] {
  return reports
    .flatMap(({ name, siren, retained, recommendation }) => {
      const open = retainedPreconditions(retained, recommendation.preconditions).filter(
        ({ met }) => met === false,
      )
      const detail = open.map(({ sentence }) => sentence).join(' ')
      return open.length === 0 ? [] : [{ text: name, href: `/epcis/${siren}`, detail }]
    })
    .slice(0, NAMED)
}

function disagreements(reports: readonly EpciReport[]): Alert[] {
  return reports
    .filter(
      ({ disagreement, recommendation }) =>
        disagreement !== null && recommendation.confidence.level === 'high',
    )
    .slice(0, NAMED)
    .map(({ name, siren, retained, recommendation }) => ({
      text: name,
      href: `/epcis/${siren}`,
      detail: `« ${retained === null ? '' : REFERENTIAL_LABELS[retained]} » retenu, « ${REFERENTIAL_LABELS[recommendation.recommended]} » recommandé, confiance élevée`,
    }))
}
