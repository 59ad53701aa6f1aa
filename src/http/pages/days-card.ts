import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { monthText, rangeText, unknownText } from '../../domain/region-days-sentences.ts'
import type { RegionDays, TotalDays } from '../../domain/region-days.ts'
import { frenchNumber, typeset } from '../../domain/typography.ts'
import { card } from './epci-card.ts'
import { foldingTable } from './table.ts'
import type { Column, TableCell } from './table.ts'

/** The days of the region, month by month. */
export function daysCard({ months, ...all }: RegionDays): SafeHtml {
  const rows = [
    ...months.map(({ month, ...own }) => row(monthText(month), own)),
    ...(months.length > 1 ? [row('En tout', all)] : []),
  ]
  const unknown = unknownText(all.deploymentOfficer, all.epcis)
  return card('La charge, par mois de la journée collaborative', [
    foldingTable('Jours par mois de la journée collaborative', COLUMNS, rows),
    html`<p class="soft small">
      ${typeset(
        `Chaque EPCI est compté une fois, au mois de sa prochaine journée, sinon de la dernière${unknown === '' ? '' : ` ; maturité : ${unknown}`}.`,
      )}
    </p>`,
  ])
}

const COLUMNS: readonly Column[] = [
  { label: '' },
  { label: 'EPCI', kind: 'number' },
  { label: 'Chargé·e de déploiement (jours)', kind: 'number' },
  { label: 'Selon ce qui reste inconnu', kind: 'number' },
  { label: 'Référent·e·s (jours)', kind: 'number' },
  { label: 'Selon ce qui reste inconnu', kind: 'number' },
]

function row(name: string, { epcis, referents, deploymentOfficer }: Omit<RegionDays, 'months'>): TableCell[] {
  return [name, frenchNumber(epcis), ...figures(deploymentOfficer), ...figures(referents)]
}

function figures({ estimate, range }: TotalDays): TableCell[] {
  return [frenchNumber(estimate), html`<span class="soft">${rangeText(range)}</span>`]
}
