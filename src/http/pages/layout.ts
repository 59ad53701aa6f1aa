import { createHash } from 'node:crypto'
import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { ROLE_LABELS } from '../../domain/member.ts'
import type { Role } from '../../domain/member.ts'
import { frenchInstant, typeset } from '../../domain/typography.ts'
import { STYLE } from './style.ts'

/** Who looks at a page. */
export type Visitor = {
  readonly email: string
  readonly role: Role
  /** NocoDB is away: until when their access counts, unchecked. null: it was checked. */
  readonly trustedUntil: string | null
}

/** What a page shows. */
export type Page = {
  readonly title: string
  /** Whose session it is; null: nobody's. */
  readonly visitor: Visitor | null
  readonly main: SafeHtml
}

/** The one script: printing is the browser's own. */
const SCRIPT = `document.querySelector('[data-print]')?.addEventListener('click', () => print())`

// The only HTML that is taken as it is: constants. Not under the name `html`, by which the formatter would know them: it adds
// signs, and the browser would refuse what the policy below allows.
const { raw } = html
const STYLE_TAG = raw`<style>${STYLE}</style>`
const SCRIPT_TAG = raw`<script>${SCRIPT}</script>`

/** What a page may do: nothing but show itself and send its own forms. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src '${digest(STYLE)}'`,
  `script-src '${digest(SCRIPT)}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** A whole page in French. */
export function layout({ title, visitor, main }: Page): SafeHtml {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE_TAG}
      </head>
      <body>
        ${visitor === null ? null : top(visitor)} ${main} ${SCRIPT_TAG}
      </body>
    </html> `
}

function top({ email, role, trustedUntil }: Visitor): SafeHtml {
  return html`${trustedUntil === null ? null : unchecked(trustedUntil)}
    <header class="top">
      <a href="/">Portrea</a>
      <form method="post" action="/deconnexion">
        <a href="/nocodb">Ouvrir la base dans NocoDB</a>
        <span>${email} (${ROLE_LABELS[role].toLowerCase()})</span>
        <button class="quiet">Se déconnecter</button>
      </form>
    </header>`
}

function unchecked(until: string): SafeHtml {
  const text = `NocoDB ne répond pas : votre accès à la base n'a pas pu être vérifié. Sans réponse de sa part, cette page se fermera ${frenchInstant(until)}.`
  return html`<p class="error screen" role="status">${typeset(text)}</p>`
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
