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
import { counting } from './epci-query.ts'
import { epciTable } from './epci-table.ts'
import type { EpciList } from './epci-table.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { QUESTION_PAGES } from './navigation.ts'

/** One thing that asks for somebody's eyes; `href` leads to it. */
export type Alert = { readonly text: string; readonly href: string | null; readonly detail: string }

/** What the dashboard shows. */
export type DashboardView = {
  readonly visitor: Visitor
  /** The EPCI of the tiles: those of who looks, else all that they may see. */
  readonly reports: readonly EpciReport[]
  readonly list: EpciList
  /** Whose EPCI these are, in French. */
  readonly whose: string
  readonly alerts: readonly Alert[]
  /** When the figures were made, in French. */
  readonly computed: string
}

/** The first page: whose EPCI, the questions that are asked most, how many need what, what is at risk, and the list. */
export function dashboardPage({
  visitor,
  reports,
  list,
  whose,
  alerts: watched,
  computed,
}: DashboardView): SafeHtml {
  const days = regionDays(reports)
  const title = list.query.miens === null ? 'Tous les EPCI' : 'Mes EPCI'
  const main =
    reports.length === 0
      ? nothingYet(title, whose, computed, watched, list)
      : html`<h1>${title}</h1>
          <p class="soft">${typeset(whose)} ${others(list)}</p>
          <div class="soft small">${computed} ${syncForm(visitor)}</div>
          ${questions()}
          <div class="tiles">
            ${referentialTile(reports, list)}${daysTile(days, list)}${recordsTile(reports, list)}${journeesTile(reports, list)}
          </div>
          ${alertsCard(watched)} ${epciTable(list)} ${daysCard(days)}`
  const here = list.path
  return layout({ title: `Portrea\u00a0: ${title}`, visitor, here, kind: 'wide', main })
}

function others({ query }: EpciList): SafeHtml | null {
  return query.miens === null ? null : html`<a class="screen" href="/epcis">Voir tous les EPCI</a>`
}

/** Who may have everything computed again: owners and creators of the base. */
function syncForm({ role }: Visitor): SafeHtml | null {
  if (role !== 'owner' && role !== 'creator') return null
  return html`<form class="screen inline" method="post" action="/synchroniser">
    <button class="quiet">Synchroniser maintenant</button>
  </form>`
}

/** The questions that a Hub asks most, each with the page that answers it. */
function questions(): SafeHtml {
  const links = QUESTION_PAGES.map(
    ({ href, label }) => html`<li><a href="${href}">${typeset(label)}</a></li>`,
  )
  return html`<nav class="screen" aria-label="Questions">
    <ul class="links">
      ${links}
    </ul>
  </nav>`
}

function nothingYet(
  title: string,
  whose: string,
  computed: string,
  watched: readonly Alert[],
  list: EpciList,
): SafeHtml {
  const text =
    list.query.miens === null
      ? "Aucun EPCI n'a encore de résultat : la première synchronisation les apportera."
      : "Aucun EPCI n'est à votre nom d'après la base, ou NocoDB ne le dit pas pour l'instant."
  return html`<h1>${title}</h1>
    <p class="soft">${typeset(whose)}</p>
    <p>${typeset(text)}</p>
    ${others(list)}
    <p class="soft small">${computed}</p>
    ${alertsCard(watched)}`
}

/** The address of the rows that a tile counts: its list, without what else was asked. */
function rowsAt({ path, query }: EpciList, criteria: string): string {
  const mine = path !== '/' && query.miens !== null ? '&miens=oui' : ''
  return `${path}?${criteria}${mine}#liste`
}

/** The page of a question over the EPCI that the tiles count: such a page speaks of one's own unless it is told otherwise. */
function pageAt({ query }: EpciList, path: string): string {
  return query.miens === null ? `${path}?tous=oui` : path
}

/** Whose EPCI a tile counts, where it counts not all. */
function ownText({ query }: EpciList): SafeHtml | null {
  return query.miens === null
    ? null
    : html`<br /><span class="small soft">${typeset('dans vos EPCI seulement')}</span>`
}

function referentialTile(reports: readonly EpciReport[], list: EpciList): SafeHtml {
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
  const legend = counts.map(({ key, count }, at) => {
    const text = `${REFERENTIAL_LABELS[key]}\u00a0${count}`
    return html`${at === 0 ? '' : ' · '}<a href="${rowsAt(list, `referentiel=${key}`)}">${text}</a>`
  })
  return html`<div>
    <strong>${typeset(`${frenchNumber(reports.length)} EPCI`)}</strong
    ><svg class="split" role="img">
      <title>Par référentiel</title>
      ${parts}</svg
    ><span class="small soft">${legend}</span>${ownText(list)}
  </div>`
}

function daysTile({ epcis, referents, deploymentOfficer }: RegionDays, list: EpciList): SafeHtml {
  const open = ({ range }: TotalDays) => (rangeText(range) === '' ? '' : ` (${rangeText(range)})`)
  const says = `et ${counted(referents.estimate, 'jour')} pour les référent·e·s${open(referents)}, sur ${epcis === 1 ? '1 EPCI' : `les ${frenchNumber(epcis)} EPCI`}`
  return html`<div>
    <strong><a href="${pageAt(list, '/charge')}">${counted(deploymentOfficer.estimate, 'jour')}</a></strong
    ><span>de chargé·e de déploiement${open(deploymentOfficer)}</span><br /><span class="small soft"
      >${typeset(says)}</span
    >${ownText(list)}
  </div>`
}

function recordsTile(reports: readonly EpciReport[], list: EpciList): SafeHtml {
  const actors = reports.reduce((sum, report) => sum + report.actors, 0)
  const filled = reports.reduce((sum, { prefill }) => sum + prefill.prefilled, 0)
  const weighed = reports.filter(({ completeness }) => completeness !== null)
  const known = weighed.reduce((sum, report) => sum + report.actors, 0)
  const mean = weighed.reduce((sum, report) => sum + (report.completeness ?? 0) * report.actors, 0) / known
  const says = known === 0 ? 'complétude inconnue' : `complétude moyenne ${frenchNumber(mean, 0)} %`
  return html`<div>
    <strong
      ><a href="${pageAt(list, '/a-faire')}"
        >${actors === 0 ? 'Aucun acteur' : counted(actors, 'acteur')}</a
      ></strong
    ><span
      >${filled === 0 ? 'aucune fiche pré-remplie' : counted(filled, 'fiche pré-remplie', 'fiches pré-remplies')}</span
    ><br /><span class="small soft">${typeset(says)}</span>${ownText(list)}
  </div>`
}

function journeesTile(reports: readonly EpciReport[], list: EpciList): SafeHtml {
  const planned = reports.filter(({ prefill }) => prefill.collaborativeDay !== null)
  const risky = reports.filter(({ prefill }) => prefill.status === 'late' || prefill.status === 'at_risk')
  const count = planned.length === 0 ? 'Aucun EPCI' : typeset(`${frenchNumber(planned.length)} EPCI`)
  return html`<div>
    <strong><a href="${rowsAt(list, 'journee=prevue&tri=journee')}">${count}</a></strong
    ><span>${planned.length < 2 ? 'a' : 'ont'} une journée prévue</span><br /><a
      class="small"
      href="${pageAt(list, '/a-risque')}"
      >${typeset(`${risky.length === 0 ? 'aucun pré-remplissage' : counted(risky.length, 'pré-remplissage')} en retard ou à risque`)}</a
    >${ownText(list)}
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
