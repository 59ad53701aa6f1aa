import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import { STYLE } from './style.ts'

/** What a page shows. */
export type Page = {
  readonly title: string
  /** Whose session it is; null: nobody's. */
  readonly email: string | null
  /** HTML, already safe. */
  readonly main: string
}

/** The one script: printing is the browser's own. */
const SCRIPT = `document.querySelector('[data-print]')?.addEventListener('click', () => print())`

// Written outside of templates: a sign more, and the browser would refuse what the policy below allows.
const STYLE_TAG = `<style>${STYLE}</style>`
const SCRIPT_TAG = `<script>${SCRIPT}</script>`

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
export function layout({ title, email, main }: Page): string {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        !${STYLE_TAG}
      </head>
      <body>
        !${email === null ? '' : top(email)} !${main} !${SCRIPT_TAG}
      </body>
    </html> `
}

function top(email: string): string {
  return html`<header class="top">
    <a href="/">Portrea</a>
    <form method="post" action="/deconnexion">
      <a href="/nocodb">Ouvrir la base dans NocoDB</a><span>${email}</span
      ><button class="quiet">Se déconnecter</button>
    </form>
  </header>`
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
