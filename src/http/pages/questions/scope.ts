import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { frenchNumber, typeset } from '../../../domain/typography.ts'
import type { EpciRow } from '../epci-row.ts'
import { layout } from '../layout.ts'
import type { Visitor } from '../layout.ts'

/** Of which EPCI a page answers: one's own where there are any, or all that one may see. */
export type Scope = {
  readonly visitor: Visitor
  readonly path: string
  readonly rows: readonly EpciRow[]
  /** Whether these are one's own; null: none is, and all are shown. */
  readonly own: boolean | null
  /** Whether NocoDB says who is who. */
  readonly told: boolean
}

/** A page that answers one question: its title, of which EPCI it speaks with the way to the others, its answer. */
export function questionPage(
  scope: Scope,
  title: string,
  parts: readonly (SafeHtml | null)[],
  more: Readonly<Record<string, string>> = {},
): SafeHtml {
  const main = html`<h1>${typeset(title)}</h1>
    ${scopeLine(scope, more)} ${[...parts]}`
  const { visitor, path: here } = scope
  return layout({ title: `Portrea\u00a0: ${typeset(title)}`, ...{ visitor, here, kind: 'wide', main } })
}

function scopeLine({ path, rows, own }: Scope, more: Readonly<Record<string, string>>): SafeHtml {
  const count = `${frenchNumber(rows.length)} EPCI`
  if (own === null)
    return html`<p class="soft">${typeset(rows.length === 0 ? 'Aucun EPCI.' : `${count} en tout.`)}</p>`
  const params = new URLSearchParams({ ...more, ...(own ? { tous: 'oui' } : {}) }).toString()
  const href = params === '' ? path : `${path}?${params}`
  return html`<p class="soft">
    ${typeset(own ? `Les vôtres : ${count}.` : `Tous : ${count}.`)}
    <a class="screen" href="${href}">${own ? 'Voir tous les EPCI' : 'Voir les miens'}</a>
  </p>`
}

/** The link to the sheet of an EPCI. */
export function sheetLink({ report: { siren, name } }: EpciRow): SafeHtml {
  return html`<a href="/epcis/${siren}">${name}</a>`
}
