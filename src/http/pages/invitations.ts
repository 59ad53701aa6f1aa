import { commandLine } from '../../domain/command-line.ts'
import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { letterTo, mailto, unsaidIn } from '../../domain/invitations/letter.ts'
import type { Invited } from '../../domain/invitations/letter.ts'
import { countsByState } from '../../domain/invitations/followed.ts'
import type { Followed } from '../../domain/invitations/followed.ts'
import { INVITATION_LABELS, INVITATION_STATES } from '../../domain/invitations/invitation-state.ts'
import type { InvitationState } from '../../domain/invitations/invitation-state.ts'
import type { Deadline } from '../../domain/invitations/to-invite.ts'
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
  /** Those of this page. */
  readonly shown: readonly Followed[]
  /** All of them, whatever is shown. */
  readonly everybody: readonly Followed[]
  /** Whether states are kept, and whether who looks may say them. */
  readonly kept: boolean
  readonly says: boolean
  /** The state that is shown alone; null: all. */
  readonly only: InvitationState | null
  readonly page: number
  /** What came of the state that was just said; null: nothing was. */
  readonly told: Told | null
  /** Addresses of the pages before and after; null: there is none. */
  readonly before: string | null
  readonly after: string | null
}

/** « Quelqu’un d’autre… » and the like, to who said a state. */
export type Told = { readonly text: string; readonly isFault: boolean }

/** The people to invite, until when, and the text to send: by each person, with their own mail program. */
export function invitationsPage(view: InvitationsView): SafeHtml {
  const { visitor, day, invited, deadline, everybody, told, only } = view
  const all = everybody.length
  const reached = everybody.filter(({ actor }) => (actor?.emails.length ?? 0) > 0).length
  const main = html`<p class="screen small"><a href="/journees/${day}">← La journée</a></p>
    <h1>Invitations</h1>
    <p class="soft">
      ${invited.epci} · ${frenchDay(invited.day)}${invited.place === null ? '' : ` · ${invited.place}`}
    </p>
    ${told === null ? null : html`<p class="${told.isFault ? 'error' : 'notice'}" role="status">${told.text}</p>`}
    <p class="${TONES[deadline.status]}">${deadline.sentence}</p>
    ${states(view)} ${letter(view)} ${all === 0 ? nobody() : list(view)}
    ${
      all === 0
        ? null
        : html`<p>
            ${typeset(`${counted(all, 'acteur')}, dont ${reached} par courriel.`)}
            <a href="/journees/${day}/invitations.csv${only === null ? '' : `?etat=${only}`}"
              >${typeset(`Le fichier pour un publipostage (CSV) : ${INVITATION_LABELS[only ?? 'to_invite']}`)}</a
            >
          </p>`
    }`
  return layout({ title: `Invitations\u00a0: ${invited.epci}`, visitor, kind: 'wide', main })
}

/** How many stand how; each opens those alone. */
function states({ day, everybody, kept, only }: InvitationsView): SafeHtml | null {
  if (everybody.length === 0) return null
  if (!kept)
    return html`<p class="notice">
      ${typeset(`La table « Invitations » manque à la base : où chacun·e en est n'y est pas gardé. Lancez \`${commandLine('upgrade')}\`.`)}
    </p>`
  const one = (state: InvitationState | null, label: string, count: number) => {
    const href = `/journees/${day}/invitations${state === null ? '' : `?etat=${state}`}`
    const text = `${label} : ${count}`
    return html`<li>
      ${only === state ? html`<strong aria-current="true">${typeset(text)}</strong>` : html`<a href="${href}">${typeset(text)}</a>`}
    </li>`
  }
  return html`<ul class="links">
    ${one(null, 'Tout le monde', everybody.length)}
    ${countsByState(everybody).map(([state, count]) => one(state, INVITATION_LABELS[state], count))}
  </ul>`
}

const TONES: Readonly<Record<Deadline['status'], string>> = {
  late: 'error',
  soon: 'notice',
  sent: 'soft',
  planned: 'soft',
  ahead: 'soft',
  past: 'soft',
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

function list(view: InvitationsView): SafeHtml {
  const { invited, text, shown, before, after, kept } = view
  const columns = [
    { label: 'Acteur' },
    { label: 'Ordre', kind: 'number' as const },
    { label: 'Commune' },
    { label: 'Pourquoi dans cet ordre' },
    { label: 'Référent·e' },
    { label: 'Inviter' },
    ...(kept ? [{ label: 'État' }] : []),
  ]
  const unknown = (words: string) => html`<span class="unknown">${typeset(words)}</span>`
  const rows = shown.map((one): TableCell[] => {
    const { actor } = one
    const address = actor === null ? null : mailto(actor.emails, letterTo(actor.name, invited, text))
    return [
      one.name ?? unknown('sans nom'),
      actor === null ? '–' : String(actor.rank),
      actor?.commune ?? unknown('inconnue'),
      actor === null ? typeset("N'est pas une fiche de cet EPCI") : capital(actor.why),
      actor?.referent ?? unknown('personne'),
      address === null
        ? (actor?.phone ?? unknown('ni courriel ni téléphone'))
        : html`<a href="${address}">Écrire<span class="hidden"> à ${one.name ?? 'cet acteur'}</span></a>`,
      ...(kept ? [stateCell(view, one)] : []),
    ]
  })
  const turn = (href: string | null, label: string) =>
    href === null ? null : html`<li><a href="${href}">${label}</a></li>`
  return html`<div class="card">
    <h2>${typeset('Qui inviter, dans quel ordre')}</h2>
    ${shown.length === 0 ? html`<p>${typeset("Personne n'en est là.")}</p>` : foldingTable('Acteurs à inviter', columns, rows)}
    <ul class="links">
      ${turn(before, 'Les précédents')} ${turn(after, 'Les suivants')}
    </ul>
  </div>`
}

/** Where they stand, with the days and who said it; and, for who may say it, a button to each other state. */
function stateCell({ day, says, only, page }: InvitationsView, one: Followed): SafeHtml {
  const told = [one.days, one.saidBy === null ? null : `d’après ${one.saidBy}`].filter(
    (part) => part !== null,
  )
  const form = html`<form method="post" action="/journees/${day}/invitations/${one.key}" class="states">
    <input type="hidden" name="vu" value="${one.state ?? ''}" />
    <input type="hidden" name="page" value="${page}" />
    ${only === null ? null : html`<input type="hidden" name="etat" value="${only}" />`}
    ${INVITATION_STATES.filter((state) => state !== one.state).map(
      (state) =>
        html`<button class="quiet small" name="dit" value="${state}">
          ${INVITATION_LABELS[state]}<span class="hidden"> : ${one.name ?? 'cet acteur'}</span>
        </button>`,
    )}
  </form>`
  const [pill, label] =
    one.state === null ? ['neutral', one.word ?? ''] : [PILLS[one.state], INVITATION_LABELS[one.state]]
  return html`<span id="${one.key}" class="pill ${pill}">${label}</span>
    ${told.length === 0 ? null : html`<br /><span class="soft small">${told.join(' ; ')}</span>`}
    ${says && one.state !== null ? form : null}`
}

const PILLS: Readonly<Record<InvitationState, string>> = {
  to_invite: 'neutral',
  invited: 'fair',
  reminded: 'weak',
  coming: 'good',
  present: 'good',
  absent: 'bad',
}
