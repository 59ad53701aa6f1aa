import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { FACTORS, REFERENTIALS } from '../../domain/diagnostic.ts'
import type { EpciReport } from '../../domain/epci-report.ts'
import { ALERT_LABELS, FACTOR_LABELS, REFERENTIAL_LABELS } from '../../domain/labels.ts'
import { counted, frenchNumber, shortDay, typeset } from '../../domain/typography.ts'
import { ALERTS, ordered } from './epci-order.ts'
import type { EpciQuery, Order } from './epci-order.ts'
import { alertPill, bar, confidencePill, levelTone, percentText, referentialPill, unknown } from './pills.ts'

const HEADS: readonly (readonly [string, Order | null, string])[] = [
  ['EPCI', 'nom', ''],
  ['Recommandé', 'referentiel', ''],
  ['Retenu', null, ''],
  ['Confiance', 'confiance', ''],
  ['', null, 'levels'],
  ['Jours\u00a0: référent·e·s + chargé·e', 'charge', 'number wraps'],
  ['Acteurs', 'fiches', 'number'],
  ['Pré-rempli', 'avancement', 'number'],
  ['Alerte', null, ''],
  ['Journée', 'journee', 'number'],
]

/** The list of EPCI with its filters; every choice is in the address, so that it can be kept and sent. */
export function epciTable(reports: readonly EpciReport[], query: EpciQuery): SafeHtml {
  const shown = ordered(reports, query)
  const rows =
    shown.length === 0
      ? html`<tr>
          <td colspan="${HEADS.length}" class="soft">
            Aucun EPCI ne répond à ces critères : <a href="/">tout afficher</a>.
          </td>
        </tr>`
      : shown.map(row)
  return html`<section class="card">
    <h2>${counted(shown.length, 'EPCI', 'EPCI')}</h2>
    ${filters(query)}
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${HEADS.map((one) => head(one, query))}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`
}

function filters(query: EpciQuery): SafeHtml {
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}" ${chosen ? ' selected' : ''}>${label}</option>`
  const referentials = REFERENTIALS.map((key) =>
    option(key, REFERENTIAL_LABELS[key], key === query.referentiel),
  )
  const alerts = ALERTS.map((key) => option(key, ALERT_LABELS[key], key === query.alerte))
  return html`<form class="filters screen" method="get" action="/">
    <input type="hidden" name="tri" value="${query.tri}" /><input
      type="hidden"
      name="sens"
      value="${query.sens}"
    />
    <label>Nom ou SIREN<input name="q" type="search" value="${query.q}" /></label>
    <label
      >Référentiel<select name="referentiel">
        <option value="">tous</option>
        ${referentials}
      </select></label
    >
    <label
      >Alerte<select name="alerte">
        <option value="">toutes</option>
        ${alerts}
      </select></label
    >
    <button>Filtrer</button>
  </form>`
}

function head([label, order, kind]: (typeof HEADS)[number], query: EpciQuery): SafeHtml {
  if (kind === 'levels') return maturityHead()
  if (order === null) return html`<th scope="col" class="${kind}">${label}</th>`
  const current = query.tri === order
  const sens = current && query.sens === 'asc' ? 'desc' : 'asc'
  const address = new URLSearchParams({
    ...(query.q === '' ? {} : { q: query.q }),
    ...(query.referentiel === null ? {} : { referentiel: query.referentiel }),
    ...(query.alerte === null ? {} : { alerte: query.alerte }),
    tri: order,
    sens,
  }).toString()
  const sorted = current ? html` aria-sort="${query.sens === 'asc' ? 'ascending' : 'descending'}"` : null
  const arrow = current ? (query.sens === 'asc' ? ' ↑' : ' ↓') : ''
  return html`<th scope="col" class="${kind}" ${sorted}><a href="/?${address}">${label}${arrow}</a></th>`
}

/** The four factors over their bars, in full words at an angle. */
function maturityHead(): SafeHtml {
  const names = FACTORS.map((key) => html`<span>${typeset(FACTOR_LABELS[key])}</span>`)
  return html`<th scope="col">
    <span class="levels names">${names}</span>
  </th>`
}

function row(report: EpciReport): SafeHtml {
  const { siren, name, recommendation, retained, workload, actors, prefill, typology } = report
  const levels = FACTORS.map((key) => {
    const { score, level } = recommendation.factors[key]
    return bar(score, { kind: levelTone(level), label: FACTOR_LABELS[key] })
  })
  const { referents, deploymentOfficer } = workload
  const days = `${frenchNumber(referents.estimate)} + ${frenchNumber(deploymentOfficer.estimate)}`
  const title = `référent·e·s ${frenchNumber(referents.estimate)} j, chargé·e de déploiement ${frenchNumber(deploymentOfficer.estimate)} j`
  const expected =
    prefill.expected === null ? '' : `sur ${counted(prefill.expected, 'fiche attendue', 'fiches attendues')}`
  const type =
    typology.label === null ? null : html`<br /><span class="soft small">${typeset(typology.label)}</span>`
  return html`<tr>
    <td class="name"><a href="/epcis/${siren}">${name}</a>${type}</td>
    <td>${referentialPill(recommendation.recommended)}</td>
    <td>${referentialPill(retained)}</td>
    <td>${confidencePill(recommendation.confidence.level)}</td>
    <td><div class="levels">${levels}</div></td>
    <td class="number" title="${title}">${days}</td>
    <td class="number" title="${expected}">${frenchNumber(actors)}</td>
    <td class="number">${percentText(prefill.progress === null ? null : Math.floor(prefill.progress))}</td>
    <td>${alertPill(prefill.status)}</td>
    <td class="number">
      ${prefill.collaborativeDay === null ? unknown('sans date') : html`${shortDay(prefill.collaborativeDay)}`}
    </td>
  </tr>`
}
