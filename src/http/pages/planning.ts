import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { MonthLoad, OfficerPlan, Planning } from '../../domain/planning/planning.ts'
import {
  becauseText,
  capacityText,
  half,
  isOver,
  monthWord,
  oneMoreText,
  outsideText,
  planName,
  proposedText,
  READINESS_LABELS,
} from '../../domain/planning/planning-sentences.ts'
import type { Readiness } from '../../domain/planning/proposed-journees.ts'
import { rangeText } from '../../domain/region-days-sentences.ts'
import { capital, counted, frenchList, frenchNumber, typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { pill } from './pills.ts'
import { foldingTable } from './table.ts'
import type { TableCell } from './table.ts'

/** The year of journées, by chargé·e; null: NocoDB does not say who is in charge of what. */
export function planningPage(visitor: Visitor, planning: Planning | null): SafeHtml {
  const main =
    planning === null
      ? html`<h1>Planning</h1>
          <p class="error">
            ${typeset('NocoDB ne répond pas : on ne sait pas qui est chargé·e de quel EPCI. Réessayez dans un moment.')}
          </p>`
      : shown(planning)
  return layout({ title: 'Planning\u00a0: Portrea', visitor, here: '/planning', kind: 'wide', main })
}

function shown(planning: Planning): SafeHtml {
  const { months, officers, proposed, unlisted } = planning
  const [first = '', last = first] = [months[0], months.at(-1)]
  if (officers.every(({ epcis }) => epcis === 0))
    return html`<h1>Planning</h1>
      <p>${typeset("Aucun EPCI n'a encore de résultat.")}</p>`
  return html`<h1>Planning</h1>
    <p class="soft">
      ${typeset(
        `De ${monthWord(first)} à ${monthWord(last)}. Une proposition : rien n'en est écrit dans NocoDB. Les jours de chaque EPCI sont répartis autour de sa journée.`,
      )}
    </p>
    ${planning.partly === true ? html`<p>${typeset(PARTLY)}</p>` : null} ${loads(planning)} ${notes(planning)}
    ${
      unlisted.length === 0
        ? null
        : html`<p>
            ${typeset(
              `Pas encore dans « Chargé·e·s » : ${frenchList(unlisted)}. Ajoutez-y leur nom et leurs jours par mois pour connaître les surcharges.`,
            )}
          </p>`
    }
    ${proposed.length === 0 ? null : proposals(planning)}`
}

const PARTLY =
  "Là où un chiffre laisserait deviner celui d'un territoire que vous ne voyez pas, seuls vos territoires y sont comptés, sans dire si c'est trop."

function loads({ months, officers }: Planning): SafeHtml {
  const columns = [
    { label: 'Chargé·e' },
    { label: 'Jours par mois', kind: 'number' as const },
    ...months.map((month) => ({ label: shortMonth(month), kind: 'number' as const })),
  ]
  const rows = officers.map((plan): TableCell[] => [
    html`${planName(plan.name)}<br /><span class="soft small">${counted(plan.epcis, 'EPCI', 'EPCI')}</span>`,
    plan.name === null ? '' : plan.daysPerMonth === null ? unknown() : frenchNumber(plan.daysPerMonth),
    ...plan.months.map(load),
  ])
  return html`<div class="card">
    <h2>${typeset('Jours de chargé·e de déploiement, par mois')}</h2>
    ${foldingTable('Jours par chargé·e et par mois', columns, rows)}
  </div>`
}

function load(month: MonthLoad): TableCell {
  const { estimate, range, journees } = month
  if (range[1] === 0 && journees === 0) return html`<span class="soft">0</span>`
  const open = rangeText([half(range[0]), half(range[1])])
  const days = html`<span title="${open}">${frenchNumber(half(estimate))}</span>`
  const held =
    journees === 0 ? null : html`<br /><span class="soft small">${counted(journees, 'journée')}</span>`
  const over = isOver(month)
    ? html`<br />${pill(`+\u00a0${frenchNumber(half(month.over ?? 0))}\u00a0j de trop`, 'bad')}`
    : null
  return html`${days}${held}${over}`
}

function unknown(): SafeHtml {
  return html`<span class="soft">${typeset('pas indiqué')}</span>`
}

/** « déc. 2026 » */
function shortMonth(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('fr-FR', {
    ...({ timeZone: 'UTC', month: 'short', year: 'numeric' } as const),
  })
}

function notes({ officers, typicalDays }: Planning): SafeHtml | null {
  const told = officers.flatMap((plan) => {
    const text = noteOf(plan, typicalDays)
    return text === '' ? [] : [html`<li><strong>${planName(plan.name)}</strong> : ${typeset(text)}</li>`]
  })
  if (told.length === 0) return null
  return html`<div class="card">
    <h2>À savoir</h2>
    <ul>
      ${told}
    </ul>
  </div>`
}

function noteOf(plan: OfficerPlan, typicalDays: number | null): string {
  const capacity = plan.name === null || plan.daysPerMonth !== null ? '' : capacityText(null)
  return [capacity, oneMoreText(plan, typicalDays), outsideText(plan)].filter(Boolean).join('. ')
}

const TONES: Readonly<Record<Readiness, 'good' | 'weak' | 'fair' | 'neutral'>> = {
  ready: 'good',
  at_risk: 'weak',
  far: 'fair',
  unknown: 'neutral',
}

function proposals({ proposed }: Planning): SafeHtml {
  const columns = [
    { label: 'EPCI' },
    { label: 'Ordre', kind: 'number' as const },
    { label: 'Chargé·e' },
    { label: 'Où il en est' },
    { label: 'Pourquoi' },
    { label: 'Journée proposée' },
  ]
  const rows = proposed.map((one, index): TableCell[] => [
    html`<a href="/epcis/${one.siren}">${one.name}</a>`,
    String(index + 1),
    one.people.length === 0 ? html`<span class="soft">personne</span>` : frenchList(one.people),
    pill(READINESS_LABELS[one.readiness], TONES[one.readiness]),
    capital(typeset(becauseText(one.because))),
    capital(typeset(proposedText(one))),
  ])
  return html`<div class="card">
    <h2>${typeset('Les prochaines journées, dans un ordre proposé')}</h2>
    ${foldingTable('EPCI sans journée à venir, dans l’ordre proposé', columns, rows)}
  </div>`
}
