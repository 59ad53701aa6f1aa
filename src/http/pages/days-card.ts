import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { monthText, rangeText, unknownText } from '../../domain/region-days-sentences.ts'
import type { RegionDays, TotalDays } from '../../domain/region-days.ts'
import { frenchNumber, typeset } from '../../domain/typography.ts'
import { card } from './epci-card.ts'

/** The days of the region, month by month. */
export function daysCard({ months, ...all }: RegionDays): SafeHtml {
  const rows = [
    ...months.map(({ month, ...own }) => row(monthText(month), own)),
    ...(months.length > 1 ? [row('En tout', all)] : []),
  ]
  const unknown = unknownText(all.deploymentOfficer, all.epcis)
  return card('La charge, par mois de la journée collaborative', [
    html`<table class="small">
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="number">EPCI</th>
            <th scope="col" class="number">Chargé·e de déploiement (j)</th>
            <th scope="col" class="number">Selon ce qui reste inconnu</th>
            <th scope="col" class="number">Référent·e·s (j)</th>
            <th scope="col" class="number">Selon ce qui reste inconnu</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      <p class="soft small">
        ${typeset(
          `Chaque EPCI est compté une fois, au mois de sa prochaine journée, sinon de la dernière${unknown === '' ? '' : ` ; maturité : ${unknown}`}.`,
        )}
      </p>`,
  ])
}

function row(name: string, { epcis, referents, deploymentOfficer }: Omit<RegionDays, 'months'>): SafeHtml {
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${epcis}</td>
    ${figures(deploymentOfficer)} ${figures(referents)}
  </tr>`
}

function figures({ estimate, range }: TotalDays): SafeHtml {
  return html`<td class="number">${frenchNumber(estimate)}</td>
    <td class="number soft">${rangeText(range)}</td>`
}
