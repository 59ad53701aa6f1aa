import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { letterTo, mailto, unsaidIn } from '../../domain/invitations/letter.ts'
import type { Invited } from '../../domain/invitations/letter.ts'
import type { Deadline, ToInvite } from '../../domain/invitations/to-invite.ts'
import type { InvitationText } from '../../domain/rules/invitation.ts'
import { capital, counted, frenchDay, frenchList, typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'
import type { Visitor } from './layout.ts'
import { foldingTable } from './table.ts'
import type { TableCell } from './table.ts'

/** Whom to invite to a journée, a page of them. */
export type InvitationsView = {
  readonly visitor: Visitor
  readonly day: number
  readonly invited: Invited
  readonly deadline: Deadline
  readonly text: InvitationText
  /** Of so many in all, these. */
  readonly actors: readonly ToInvite[]
  readonly all: number
  readonly reached: number
  /** Addresses of the pages before and after; null: there is none. */
  readonly before: string | null
  readonly after: string | null
}

/** The people to invite, until when, and the text to send: by each person, with their own mail program. */
export function invitationsPage(view: InvitationsView): SafeHtml {
  const { visitor, day, invited, deadline, all, reached } = view
  const main = html`<p class="screen small"><a href="/journees/${day}">← La journée</a></p>
    <h1>Invitations</h1>
    <p class="soft">
      ${invited.epci} · ${frenchDay(invited.day)}${invited.place === null ? '' : ` · ${invited.place}`}
    </p>
    <p class="${TONES[deadline.status]}">${deadline.sentence}</p>
    ${letter(view)} ${all === 0 ? nobody() : list(view)}
    ${
      all === 0
        ? null
        : html`<p>
            ${typeset(`${counted(all, 'acteur')}, dont ${reached} par courriel.`)}
            <a href="/journees/${day}/invitations.csv">${typeset('Le fichier pour un publipostage (CSV)')}</a>
          </p>`
    }`
  return layout({ title: `Invitations\u00a0: ${invited.epci}`, visitor, kind: 'wide', main })
}

const TONES: Readonly<Record<Deadline['status'], string>> = {
  late: 'error',
  soon: 'notice',
  sent: 'soft',
  planned: 'soft',
  ahead: 'soft',
  unknown: 'soft',
}

/** The text as it is sent, with what is to be made precise by hand. */
function letter({ invited, text }: InvitationsView): SafeHtml {
  const { subject, body } = letterTo(null, invited, text)
  const unsaid = unsaidIn(invited, text)
  return html`<details class="card">
    <summary>Le texte à envoyer</summary>
    <p>
      ${typeset("Portrea n'envoie rien : « Écrire » ouvre votre messagerie, où vous relisez avant d'envoyer. Le texte se change dans config/invitation.yaml.")}
    </p>
    ${unsaid.length === 0 ? null : html`<p class="notice">${typeset(`À préciser, la base ne le dit pas : ${frenchList(unsaid)}.`)}</p>`}
    <p><strong>${subject}</strong></p>
    ${body.split(/\n{2,}/u).map((paragraph) => html`<p>${lines(paragraph)}</p>`)}
  </details>`
}

function lines(paragraph: string): SafeHtml[] {
  return paragraph.split('\n').map((line, at) => (at === 0 ? html`${line}` : html`<br />${line}`))
}

function nobody(): SafeHtml {
  return html`<p>
    ${typeset("Aucune fiche n'est rattachée à cet EPCI : il n'y a personne à inviter d'après la base.")}
  </p>`
}

function list({ invited, text, actors, before, after }: InvitationsView): SafeHtml {
  const columns = [
    { label: 'Acteur' },
    { label: 'Ordre', kind: 'number' as const },
    { label: 'Commune' },
    { label: 'Pourquoi dans cet ordre' },
    { label: 'Référent·e' },
    { label: 'Inviter' },
  ]
  const rows = actors.map((one): TableCell[] => {
    const address = mailto(one.emails, letterTo(one.name, invited, text))
    return [
      one.name ?? html`<span class="unknown">sans nom</span>`,
      String(one.rank),
      one.commune ?? html`<span class="unknown">inconnue</span>`,
      capital(one.why),
      one.referent ?? html`<span class="unknown">personne</span>`,
      address === null
        ? (one.phone ?? html`<span class="unknown">${typeset('ni courriel ni téléphone')}</span>`)
        : html`<a href="${address}">Écrire<span class="hidden"> à ${one.name ?? 'cet acteur'}</span></a>`,
    ]
  })
  const turn = (href: string | null, label: string) =>
    href === null ? null : html`<li><a href="${href}">${label}</a></li>`
  return html`<div class="card">
    <h2>${typeset('Qui inviter, dans quel ordre')}</h2>
    ${foldingTable('Acteurs à inviter', columns, rows)}
    <ul class="links">
      ${turn(before, 'Les précédents')} ${turn(after, 'Les suivants')}
    </ul>
  </div>`
}
