import { createHash } from 'node:crypto'
import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { ROLE_LABELS } from '../../domain/member.ts'
import type { Role } from '../../domain/member.ts'
import { frenchInstant, typeset } from '../../domain/typography.ts'
import { DAY_SCRIPT } from './day-script.ts'
import { MARK } from './favicon.ts'
import { FOOT, NAVIGATION } from './navigation.ts'
import type { Place } from './navigation.ts'
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
  /** The address of the page in the navigation, which marks it; none: it is no part of it. */
  readonly here?: string
  /** How wide it is: a form (`narrow`), a text (`sheet`), a table (`wide`). */
  readonly kind?: 'narrow' | 'sheet' | 'wide'
  /** The script that it needs beside; it is to be sent with the policy that allows it. */
  readonly script?: 'day'
  /** What stands in <main>, which the layout makes. */
  readonly main: SafeHtml
}

/** The one script: printing is the browser's own. */
const SCRIPT = `document.querySelector('[data-print]')?.addEventListener('click', () => print())`

// The only HTML that is taken as it is: constants. Not under the name `html`, by which the formatter would know them: it adds
// signs, and the browser would refuse what the policy below allows.
const { raw } = html
const STYLE_TAG = raw`<style>${STYLE}</style>`
const SCRIPT_TAG = raw`<script>${SCRIPT}</script>`
const DAY_TAG = raw`<script>${DAY_SCRIPT}</script>`

/** What a page may do: nothing but show itself and send its own forms. */
export const PAGE_POLICY = policy([SCRIPT])
/** The same, and send by itself what waited for the network. */
export const DAY_POLICY = policy([SCRIPT, DAY_SCRIPT], ["connect-src 'self'"])

function policy(scripts: readonly string[], more: readonly string[] = []): string {
  return [
    "default-src 'none'",
    `style-src '${digest(STYLE)}'`,
    `script-src ${scripts.map((script) => `'${digest(script)}'`).join(' ')}`,
    ...more,
    "img-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** A whole page in French: a way past the header, the header, what is shown, the foot. */
export function layout({ title, visitor, here, kind, script, main }: Page): SafeHtml {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${STYLE_TAG}
      </head>
      <body>
        <a class="skip" href="#contenu">Aller au contenu</a>
        ${visitor?.trustedUntil ? unchecked(visitor.trustedUntil) : null} ${top(visitor, here)}
        <main id="contenu" tabindex="-1" class="${kind ?? ''}">${main}</main>
        ${foot(here)} ${SCRIPT_TAG} ${script === 'day' ? DAY_TAG : null}
      </body>
    </html> `
}

function top(visitor: Visitor | null, here: string | undefined): SafeHtml {
  const brand = html`<a class="brand" href="/"
    ><svg viewBox="0 0 32 32" aria-hidden="true" fill="currentColor">
      <path fill-rule="evenodd" d="${MARK}" /></svg
    >Portrea</a
  >`
  if (visitor === null) return html`<header class="top">${brand}</header>`
  const { email, role } = visitor
  return html`<header class="top">
    ${brand}
    <nav aria-label="Pages">
      <ul>
        ${NAVIGATION.map((place) => item(place, here))}
      </ul>
    </nav>
    <form method="post" action="/deconnexion">
      <a href="/nocodb">Ouvrir la base dans NocoDB</a>
      <span>${email} (${ROLE_LABELS[role].toLowerCase()})</span>
      <button class="quiet">Se déconnecter</button>
    </form>
  </header>`
}

function foot(here: string | undefined): SafeHtml {
  return html`<footer class="site">
    <ul>
      ${FOOT.map((place) => item(place, here))}
    </ul>
  </footer>`
}

function item({ href, label }: Place, here: string | undefined): SafeHtml {
  const current = href === here ? html` aria-current="page"` : null
  return html`<li><a href="${href}" ${current}>${typeset(label)}</a></li>`
}

function unchecked(until: string): SafeHtml {
  const text = `NocoDB ne répond pas : votre accès à la base n'a pas pu être vérifié. Sans réponse de sa part, cette page se fermera ${frenchInstant(until)}.`
  return html`<p class="error screen" role="status">${typeset(text)}</p>`
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
