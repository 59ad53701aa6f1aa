import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { REFERENTIALS } from '../../domain/diagnostic.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { rangeText } from '../../domain/region-days-sentences.ts'
import { regionDays } from '../../domain/region-days.ts'
import type { RegionDays, TotalDays } from '../../domain/region-days.ts'
import { REFERENTIAL_LABELS } from '../../domain/labels.ts'
import { counted, frenchNumber, typeset } from '../../domain/typography.ts'
import { daysCard } from './days-card.ts'
import type { EpciQuery } from './epci-order.ts'
import { counting } from './epci-order.ts'
import { epciTable } from './epci-table.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

/** One thing that asks for somebody's eyes; `href` leads to it. */
export type Alert = { readonly text: string; readonly href: string | null; readonly detail: string }

/** What the dashboard shows. */
export type DashboardView = {
  readonly visitor: Visitor
  readonly reports: readonly EpciReport[]
  readonly query: EpciQuery
  readonly alerts: readonly Alert[]
  /** When the figures were made, in French. */
  readonly computed: string
}

/** The Hub's page: how many EPCI need what, what is at risk, and the list. */
export function dashboardPage({
  visitor,
  reports,
  query,
  alerts: watched,
  computed,
}: DashboardView): SafeHtml {
  const days = regionDays(reports)
  const main =
    reports.length === 0
      ? nothingYet(computed, watched)
      : html`<h1>Tableau de bord</h1>
          <p class="soft small">${computed}</p>
          <div class="tiles">
            ${referentialTile(reports)}${daysTile(days)}${recordsTile(reports)}${journeesTile(reports)}
          </div>
          ${alertsCard(watched)} ${epciTable(reports, query)} ${daysCard(days)}`
  return layout({ title: 'Portrea\u00a0: tableau de bord', visitor, here: '/', kind: 'wide', main })
}

function nothingYet(computed: string, watched: readonly Alert[]): SafeHtml {
  return html`<h1>Tableau de bord</h1>
    <div class="card">
      <p>${typeset("Aucun EPCI n'a encore de résultat : la première synchronisation les apportera.")}</p>
      <p class="soft small">${computed}</p>
    </div>
    ${alertsCard(watched)}`
}

function referentialTile(reports: readonly EpciReport[]): SafeHtml {
  const counts = REFERENTIALS.map((key) => ({
    key,
    count: reports.filter((report) => counting(report) === key).length,
  }))
  let x = 0
  const parts = counts.map(({ key, count }) => {
    const width = (100 * count) / reports.length
    const part = html`<rect class="${key}" x="${x}%" width="${width}%" height="100%"
      ><title>${typeset(`${REFERENTIAL_LABELS[key]} : ${count}`)}</title></rect
    >`
    x += width
    return part
  })
  const legend = counts.map(({ key, count }) => `${REFERENTIAL_LABELS[key]}\u00a0${count}`).join(' · ')
  return html`<div class="card">
    <strong>${reports.length} EPCI</strong
    ><svg class="split" role="img">
      <title>Par référentiel</title>
      ${parts}</svg
    ><span class="small soft">${legend}</span>
  </div>`
}

function daysTile({ epcis, referents, deploymentOfficer }: RegionDays): SafeHtml {
  const open = ({ range }: TotalDays) => (rangeText(range) === '' ? '' : ` (${rangeText(range)})`)
  const says = `et ${counted(referents.estimate, 'jour')} pour les référent·e·s${open(referents)}, sur les ${epcis} EPCI`
  return html`<div class="card">
    <strong>${counted(deploymentOfficer.estimate, 'jour')}</strong
    ><span>de chargé·e de déploiement${open(deploymentOfficer)}</span><br /><span class="small soft"
      >${says}</span
    >
  </div>`
}

function recordsTile(reports: readonly EpciReport[]): SafeHtml {
  const actors = reports.reduce((sum, report) => sum + report.actors, 0)
  const filled = reports.reduce((sum, { prefill }) => sum + prefill.prefilled, 0)
  const weighed = reports.filter(({ completeness }) => completeness !== null)
  const known = weighed.reduce((sum, report) => sum + report.actors, 0)
  const mean = weighed.reduce((sum, report) => sum + (report.completeness ?? 0) * report.actors, 0) / known
  const says = known === 0 ? 'complétude inconnue' : `complétude moyenne ${frenchNumber(mean, 0)} %`
  return html`<div class="card">
    <strong>${actors === 0 ? 'Aucun acteur' : counted(actors, 'acteur')}</strong
    ><span
      >${filled === 0 ? 'aucune fiche pré-remplie' : counted(filled, 'fiche pré-remplie', 'fiches pré-remplies')}</span
    ><br /><span class="small soft">${typeset(says)}</span>
  </div>`
}

function journeesTile(reports: readonly EpciReport[]): SafeHtml {
  const planned = reports.filter(({ prefill }) => prefill.collaborativeDay !== null)
  const risky = reports.filter(({ prefill }) => prefill.status === 'late' || prefill.status === 'at_risk')
  return html`<div class="card">
    <strong>${planned.length === 0 ? 'Aucun EPCI' : typeset(`${frenchNumber(planned.length)} EPCI`)}</strong
    ><span>${planned.length < 2 ? 'a' : 'ont'} une journée prévue</span><br /><span class="small soft"
      >${typeset(`${risky.length === 0 ? 'aucun pré-remplissage' : counted(risky.length, 'pré-remplissage')} en retard ou à risque`)}</span
    >
  </div>`
}

function alertsCard(watched: readonly Alert[]): SafeHtml | null {
  if (watched.length === 0) return null
  const items = watched.map(({ text, href, detail }) => {
    const what = href === null ? html`<b>${text}</b>` : html`<a href="${href}">${text}</a>`
    return html`<li>${what} <span class="soft">${detail}</span></li>`
  })
  return html`<section class="card">
    <h2>À surveiller</h2>
    <ul class="watch">
      ${items}
    </ul>
  </section>`
}
