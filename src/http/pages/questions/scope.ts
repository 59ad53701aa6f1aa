import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { frenchNumber, typeset } from '../../../domain/typography.ts'
import type { EpciRow } from '../epci-row.ts'
import { figuresDay } from '../figures-day.ts'
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
    ${scopeLine(scope, more)} ${scope.rows.length === 0 ? nobody() : [...parts]}`
  const { visitor, path: here } = scope
  return layout({ title: `Portrea\u00a0: ${typeset(title)}`, ...{ visitor, here, kind: 'wide', main } })
}

function scopeLine({ path, rows, own }: Scope, more: Readonly<Record<string, string>>): SafeHtml {
  const count = `${frenchNumber(rows.length)} EPCI`
  if (own === null)
    return html`<p class="soft">
      ${typeset(rows.length === 0 ? 'Aucun EPCI.' : `${count} en tout.`)}
      ${figuresDay(rows.map(({ report }) => report))}
    </p>`
  const params = new URLSearchParams({ ...more, ...(own ? { tous: 'oui' } : {}) }).toString()
  const href = params === '' ? path : `${path}?${params}`
  return html`<p class="soft">
    ${typeset(own ? `Les vôtres : ${count}.` : `Tous : ${count}.`)}
    ${figuresDay(rows.map(({ report }) => report))}
    <a class="screen" href="${href}">${own ? 'Voir tous les EPCI' : 'Voir les miens'}</a>
  </p>`
}

/** Of no EPCI there is no answer, not a good one. */
function nobody(): SafeHtml {
  return html`<p>${typeset("Il n'y a aucun EPCI à montrer ici : rien n'en est su.")}</p>`
}

/** More EPCI on one page help nobody, and weigh. */
const SHOWN = 100

/** What is said under a table that holds the first `most` of `all` only; null: it holds them all. */
export function cutNote(all: number, most = SHOWN): SafeHtml | null {
  if (all <= most) return null
  const text = `Les ${frenchNumber(most)} premiers sur ${frenchNumber(all)} ; la liste des EPCI, avec ses filtres, les montre tous.`
  return html`<p class="soft small">
    ${typeset(text)} <a class="screen" href="/epcis">La liste des EPCI</a>
  </p>`
}

/** The first rows of a table, as many as one page shows. */
export function firstRows(rows: readonly EpciRow[]): readonly EpciRow[] {
  return rows.slice(0, SHOWN)
}

/** The link to the sheet of an EPCI. */
export function sheetLink({ report: { siren, name } }: EpciRow): SafeHtml {
  return html`<a href="/epcis/${siren}">${name}</a>`
}
