import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { typeset } from '../../domain/typography.ts'

/** A titled box. */
export function card(title: string, parts: readonly (SafeHtml | null)[]): SafeHtml {
  return html`<section class="card">
    <h2>${typeset(title)}</h2>
    ${[...parts]}
  </section>`
}

/** Sentences as a list; null where there is none. */
export function list(sentences: readonly string[]): SafeHtml | null {
  if (sentences.length === 0) return null
  return html`<ul>
    ${sentences.map((one) => html`<li>${typeset(one)}</li>`)}
  </ul>`
}

/** A heading and its list; null where the list is empty. */
export function titled(title: string, sentences: readonly string[]): SafeHtml | null {
  return sentences.length === 0
    ? null
    : html`<div>
        <h3>${typeset(title)}</h3>
        ${list(sentences)}
      </div>`
}

/** Two columns on a wide screen. */
export function pair(...columns: readonly (SafeHtml | null)[]): SafeHtml {
  return html`<div class="pair">${[...columns]}</div>`
}
