import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { daysBetween } from '../../../domain/days.ts'
import { capital, frenchDay, frenchList, frenchNumber } from '../../../domain/typography.ts'
import { leftParts } from '../../../domain/prefill-sentences.ts'
import { card } from '../epci-card.ts'
import type { EpciRow } from '../epci-row.ts'
import { alertPill, percentText, unknown } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { Column, TableCell } from '../table.ts'
import { questionPage, sheetLink, cutNote, firstRows } from './scope.ts'
import type { Scope } from './scope.ts'

const RISKY: readonly unknown[] = ['late', 'at_risk', 'not_started']

/** Which EPCI will not be ready on their journée, the soonest first; apart, those whose journée is over. */
export function riskPage(scope: Scope, today: string): SafeHtml {
  const risky = scope.rows
    .filter(({ report: { prefill } }) => prefill.collaborativeDay !== null && RISKY.includes(prefill.status))
    .toSorted((one, other) => byDay(dayOf(one), dayOf(other)))
  const past = scope.rows
    .filter(({ report: { prefill } }) => prefill.status === 'consolidating')
    .toSorted((one, other) => -byDay(lastOf(one), lastOf(other)))
  return questionPage(scope, 'À risque avant la journée', [
    risky.length === 0
      ? html`<p>Aucun EPCI en retard, à risque ou à commencer avant une journée prévue.</p>`
      : html`${foldingTable(
          'EPCI à risque, la journée la plus proche d’abord',
          COLUMNS,
          firstRows(risky).map((row) => riskRow(row, today)),
        )}${cutNote(risky.length)}`,
    past.length === 0
      ? null
      : card('Journée passée, fiches encore à finir', [
          foldingTable('EPCI dont la journée est passée', PAST_COLUMNS, firstRows(past).map(pastRow)),
          cutNote(past.length),
        ]),
  ])
}

const COLUMNS: readonly Column[] = [
  { label: 'EPCI' },
  { label: 'Journée' },
  { label: 'Alerte' },
  { label: 'Pré-rempli', kind: 'number' },
  { label: 'Encore' },
  { label: 'Fiches à faire par jour', kind: 'number' },
  { label: 'Chargé·e de déploiement' },
]

function riskRow(row: EpciRow, today: string): TableCell[] {
  const { prefill } = row.report
  const { progress, neededSpeed, status } = prefill
  return [
    sheetLink(row),
    html`${frenchDay(dayOf(row))} <span class="soft">${inDays(daysBetween(today, dayOf(row)))}</span>`,
    alertPill(status),
    percentText(progress === null ? null : Math.floor(progress)),
    leftText(row),
    neededSpeed === null ? unknown() : frenchNumber(neededSpeed, 2),
    officersText(row),
  ]
}

const PAST_COLUMNS: readonly Column[] = [
  { label: 'EPCI' },
  { label: 'Journée passée' },
  { label: 'Pré-rempli', kind: 'number' },
  { label: 'Encore' },
  { label: 'Chargé·e de déploiement' },
]

function pastRow(row: EpciRow): TableCell[] {
  const { progress } = row.report.prefill
  return [
    sheetLink(row),
    frenchDay(lastOf(row)),
    percentText(progress === null ? null : Math.floor(progress)),
    leftText(row),
    officersText(row),
  ]
}

function leftText({ report }: EpciRow): TableCell {
  const left = leftParts(report.prefill)
  return left.length === 0 ? unknown('rien de connu') : capital(frenchList(left))
}

/** Who is in charge, as NocoDB says it now. */
export function officersText({ officers }: EpciRow): TableCell {
  if (officers === null) return unknown('NocoDB ne le dit pas')
  return officers.length === 0 ? unknown('personne') : frenchList(officers)
}

function inDays(days: number): string {
  if (days < 0) return '(passée depuis le dernier calcul)'
  if (days === 0) return '(aujourd’hui)'
  return days === 1 ? '(demain)' : `(dans ${frenchNumber(days)} jours)`
}

function dayOf({ report }: EpciRow): string {
  return report.prefill.collaborativeDay ?? ''
}

function lastOf({ report }: EpciRow): string {
  return report.prefill.lastCollaborativeDay ?? ''
}

function byDay(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
