import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { DayFacts } from '../../domain/day-facts.ts'
import { frenchDay, typeset } from '../../domain/typography.ts'
import type { DayPaper } from '../../papers/day-papers.ts'
import { card } from './epci-card.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

/** The papers of one journée, each with what it is for. */
export function dayPage({
  visitor,
  day,
  papers,
}: {
  readonly visitor: Visitor
  readonly day: DayFacts
  readonly papers: readonly (DayPaper & { readonly allowed: boolean })[]
}): SafeHtml {
  const title = dayTitle(day)
  const rows = papers.map(
    ({ key, title, purpose, allowed }) =>
      html`<li>
        ${allowed ? html`<a href="/journees/${day.id}/${key}.pdf">${typeset(title)}</a>` : html`${typeset(title)}`}
        <span class="soft"
          >${typeset(allowed ? purpose : `${purpose} Votre rôle dans NocoDB ne permet pas de l’imprimer.`)}</span
        >
      </li>`,
  )
  const back =
    day.epci === null
      ? html`<a href="/">← Tous les EPCI</a>`
      : html`<a href="/epcis/${day.epci.siren}">← ${day.epci.name}</a>`
  const main = html`<p class="screen small">${back}</p>
    <h1>${title}</h1>
    <p class="soft">${typeset(factsText(day))}</p>
    <ul class="links">
      <li>
        <a href="/journees/${day.id}/invitations"
          >${typeset("Invitations : qui, jusqu'à quand, quel texte")}</a
        >
      </li>
      <li><a href="/journees/${day.id}/jour">${typeset('La page pour les téléphones')}</a></li>
      <li><a href="/journees/${day.id}/jour/bilan">${typeset('Ce que la journée a apporté')}</a></li>
    </ul>
    ${card('Les documents, en PDF', [
      html`<p>
        ${typeset(
          'Ils sont faits à l’instant, d’après la base ; rien n’en est gardé. Ceux qui portent des noms sont à ranger, puis à détruire après la journée.',
        )}
      </p>`,
      html`<ul>
        ${rows}
      </ul>`,
    ])}`
  return layout({ title: `Documents\u00a0: ${title}`, visitor, kind: 'sheet', main })
}

/** The journées of one EPCI, the latest first. */
export function daysPage({
  visitor,
  siren,
  days,
}: {
  readonly visitor: Visitor
  readonly siren: string
  readonly days: readonly DayFacts[]
}): SafeHtml {
  const sorted = days.toSorted((one, other) => (other.date ?? '9').localeCompare(one.date ?? '9'))
  const name = sorted[0]?.epci?.name ?? `EPCI ${siren}`
  const rows = sorted.map(
    (day) =>
      html`<li>
        <a href="/journees/${day.id}">${dayTitle(day)}</a>
        <span class="soft">${typeset(factsText(day))}</span>
      </li>`,
  )
  const main = html`<p class="screen small"><a href="/epcis/${siren}">← La fiche de l’EPCI</a></p>
    <h1>${typeset(`Journées : ${name}`)}</h1>
    ${
      rows.length === 0
        ? html`<p>
            ${typeset('Aucune journée n’est inscrite pour cet EPCI dans la table « Journées » de NocoDB.')}
          </p>`
        : html`<ul>
            ${rows}
          </ul>`
    }`
  return layout({ title: `Journées\u00a0: ${name}`, visitor, kind: 'sheet', main })
}

function dayTitle({ name, date, epci }: DayFacts): string {
  return (
    name ??
    typeset(
      `Journée ${epci === null ? '' : `de ${epci.name} `}${date === null ? 'sans date' : `du ${frenchDay(date)}`}`,
    )
  )
}

function factsText({ date, place, epci }: DayFacts): string {
  return [
    date === null ? 'date à fixer' : frenchDay(date),
    ...(place === null ? [] : [place]),
    ...(epci === null ? ['aucun EPCI n’y est lié'] : [epci.name]),
  ].join(' · ')
}
