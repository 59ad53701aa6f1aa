import { html } from 'ghtml'
import { typeset } from '../../domain/typography.ts'

/** A titled box; `parts` are HTML. */
export function card(title: string, parts: readonly string[]): string {
  return html`<section class="card">
    <h2>${typeset(title)}</h2>
    !${parts}
  </section>`
}

/** Sentences as a list; '' where there is none. */
export function list(sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  return html`<ul>
    !${sentences.map((one) => html`<li>${typeset(one)}</li>`)}
  </ul>`
}

/** A heading and its list; '' where the list is empty. */
export function titled(title: string, sentences: readonly string[]): string {
  return sentences.length === 0
    ? ''
    : html`<div>
        <h3>${typeset(title)}</h3>
        !${list(sentences)}
      </div>`
}

/** Two columns on a wide screen; both are HTML. */
export function pair(...columns: readonly string[]): string {
  return html`<div class="pair">!${columns}</div>`
}
