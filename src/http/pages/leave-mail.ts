import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { typeset } from '../../domain/typography.ts'
import { layout } from './layout.ts'

/** What the page of a person's weekly mail shows; `asked`: it was just changed. */
export type LeaveView = { readonly link: string; readonly left: boolean; readonly asked: boolean }

/** Where a person leaves the weekly mail, or takes it back. It names nobody. */
export function leavePage({ link, left, asked }: LeaveView): SafeHtml {
  const state = left
    ? 'Vous ne recevez plus le courriel de la semaine.'
    : 'Vous recevez le courriel de la semaine.'
  const change = left
    ? { to: `/courriels/${link}/reprise`, label: 'Le recevoir de nouveau' }
    : { to: `/courriels/${link}`, label: 'Ne plus le recevoir' }
  return page(
    html`${asked ? html`<p class="done" role="status">${typeset('C’est noté.')}</p>` : null}
      <p>${typeset(state)}</p>
      <form method="post" action="${change.to}"><button>${change.label}</button></form>
      <p class="soft">
        ${typeset("Portrea n'en garde qu'une empreinte : ni votre nom, ni votre adresse.")}
      </p>`,
  )
}

/** What stands where a link is nobody's. */
export function unknownLinkPage(): SafeHtml {
  return page(
    html`<p>
      ${typeset(
        "Ce lien n'est pas, ou plus, un lien de Portrea. Prenez celui du dernier courriel reçu ; sinon, écrivez à votre Hub.",
      )}
    </p>`,
  )
}

function page(content: SafeHtml): SafeHtml {
  const main = html`<h1>Courriel de la semaine</h1>
    <div class="card">${content}</div>`
  return layout({ title: 'Courriel de la semaine\u00a0: Portrea', visitor: null, kind: 'narrow', main })
}
