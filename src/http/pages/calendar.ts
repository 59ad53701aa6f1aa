import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'

/** A calendar and its secret address. */
export type CalendarAddress = { readonly title: string; readonly address: string }

/** The addresses of calendars of one person. */
export type CalendarView = {
  readonly visitor: Visitor
  readonly region: CalendarAddress
  /** Whether it tells of their own EPCI alone. */
  readonly closed: boolean
  /** That of one EPCI, where a page of one led here. */
  readonly epci: CalendarAddress | null
  /** One for each chargé·e; null: NocoDB does not say who they are. */
  readonly officers: readonly CalendarAddress[] | null
  /** Whether the addresses were just renewed. */
  readonly renewed: boolean
}

/** The calendars that a person may follow, each with its address, and the way to renew them. */
export function calendarPage({ visitor, region, closed, epci, officers, renewed }: CalendarView): SafeHtml {
  const main = html`<h1>Calendriers</h1>
    ${
      renewed
        ? html`<p class="done" role="status">
            ${typeset('Vos adresses sont renouvelées : les précédentes ne donnent plus rien.')}
          </p>`
        : null
    }
    <p>
      ${typeset(
        "Les journées et leurs échéances (invitations, pré-remplissage, fin de la consolidation), à suivre dans votre agenda : copiez une adresse dans « S'abonner à un calendrier » (Thunderbird, Nextcloud, Google Agenda, Outlook…).",
      )}
    </p>
    ${epci === null ? null : card('Cet EPCI', [epci])}
    ${card(closed ? 'Vos EPCI' : 'Toute la région', [region])}
    ${
      officers === null
        ? html`<p class="soft">
            ${typeset('NocoDB ne répond pas : les calendriers par chargé·e ne peuvent pas être montrés.')}
          </p>`
        : officers.length === 0
          ? null
          : card('Par chargé·e de déploiement', officers)
    }
    <div class="card">
      <h2>Ces adresses sont à vous</h2>
      <p>
        ${typeset(
          "Qui connaît une adresse lit ce calendrier, sans compte : ne la publiez pas. Elle cesse de répondre si vous n'êtes plus membre de la base. Si elle a été vue, renouvelez-la : toutes vos adresses changent, et les anciennes ne donnent plus rien.",
        )}
      </p>
      <form method="post" action="/calendriers/renouveler">
        <button>Renouveler mes adresses</button>
      </form>
    </div>`
  return layout({ title: 'Calendriers\u00a0: Portrea', visitor, here: '/calendriers', kind: 'sheet', main })
}

function card(title: string, addresses: readonly CalendarAddress[]): SafeHtml {
  return html`<div class="card">
    <h2>${typeset(title)}</h2>
    <ul class="addresses">
      ${addresses.map(
        (one) =>
          html`<li>
            <strong>${one.title}</strong><br /><code>${one.address}</code><br /><a
              href="${one.address}"
              download
              >${typeset(`Télécharger (${one.title})`)}</a
            >
          </li>`,
      )}
    </ul>
  </div>`
}
