import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { Departments } from '../../domain/departments.ts'
import { frenchList, frenchNumber, typeset } from '../../domain/typography.ts'
import { COLUMN_KEYS, EPCI_COLUMNS } from './epci-columns.ts'
import type { ColumnKey, EpciColumn } from './epci-columns.ts'
import { ordered } from './epci-order.ts'
import { addressOf } from './epci-query.ts'
import type { EpciQuery, Filter } from './epci-query.ts'
import type { EpciRow } from './epci-row.ts'
import { foldingTable } from './table.ts'
import type { Column } from './table.ts'

/** A list of EPCI: `path` is its page, whose address holds every choice, so that it can be kept and sent. */
export type EpciList = {
  readonly path: string
  readonly rows: readonly EpciRow[]
  readonly query: EpciQuery
  readonly filters: readonly Filter[]
  /** What the address says and nobody understands, in French phrases. */
  readonly ignored: readonly string[]
  readonly departments: Departments
}

/** How many EPCI stand on one page: it stays under 150 KB. */
const A_PAGE = 75

/** The list with its filters, its order, its files. */
export function epciTable(list: EpciList): SafeHtml {
  const { path, query, rows, departments } = list
  const shown = ordered(rows, query, departments)
  const pages = Math.max(1, Math.ceil(shown.length / A_PAGE))
  const page = Math.min(query.page, pages)
  const some = shown.slice((page - 1) * A_PAGE, page * A_PAGE)
  const keys = COLUMN_KEYS.filter((key) => columnOf(key).shown !== undefined)
  const title =
    shown.length === rows.length
      ? `${frenchNumber(rows.length)} EPCI`
      : `${frenchNumber(shown.length)} sur ${frenchNumber(rows.length)} EPCI`
  return html`<section class="card" id="liste">
    <h2>${typeset(title)}</h2>
    ${ignoredText(list.ignored)} ${form(list)} ${chips(list)}
    ${
      some.length === 0
        ? html`<p>
            ${typeset('Aucun EPCI ne répond à ces critères :')} <a href="${path}">tout afficher</a>.
          </p>`
        : foldingTable(
            title,
            keys.map((key) => heading(key, list)),
            some.map((row) => keys.map((key) => columnOf(key).shown!(row))),
          )
    }
    ${pager(list, page, pages)} ${files(query, shown.length)}
  </section>`
}

function columnOf(key: ColumnKey): EpciColumn {
  return EPCI_COLUMNS[key]
}

function heading(key: ColumnKey, { path, query }: EpciList): Column {
  const { label, kind } = columnOf(key)
  const current = query.tri === key
  const sens = current && query.sens === 'asc' ? 'desc' : 'asc'
  const now = current ? (query.sens === 'asc' ? 'ascending' : 'descending') : null
  const href = `${addressOf(path, query, { tri: key, sens })}#liste`
  return { label, kind: kind === 'text' ? undefined : 'number', sort: { href, now } }
}

function ignoredText(ignored: readonly string[]): SafeHtml | null {
  if (ignored.length === 0) return null
  const text = `L'adresse dit ce que cette page ne comprend pas, et qui ne compte pas : ${frenchList(ignored)}.`
  return html`<p class="notice" role="status">${typeset(text)}</p>`
}

function form({ path, query, filters }: EpciList): SafeHtml {
  const fields = filters
    .filter(({ key, values }) => key !== 'miens' && values.size > 1)
    .map(
      ({ key, label, values }) =>
        html`<label
          >${label}<select name="${key}">
            <option value="">peu importe</option>
            ${[...values].map(
              ([value, text]) =>
                html`<option value="${value}" ${query[key] === value ? ' selected' : ''}>${text}</option>`,
            )}
          </select></label
        >`,
    )
  const kept = (['tri', 'sens', 'miens'] as const).flatMap((key) =>
    query[key] === null ? [] : [html`<input type="hidden" name="${key}" value="${query[key]}" />`],
  )
  return html`<form class="filters screen" method="get" action="${path}">
    ${kept}
    <label>Nom, SIREN ou département<input name="q" type="search" value="${query.q}" /></label>
    ${fields}
    <button>Filtrer</button>
  </form>`
}

/** What is asked for, in full words, each with the address that leaves it out. */
function chips({ path, query, filters }: EpciList): SafeHtml | null {
  const chip = (text: string, over: Partial<EpciQuery>) =>
    html`<li>
      <a href="${addressOf(path, query, over)}#liste"
        >${typeset(text)} <span aria-hidden="true">×</span><span class="hidden"> (retirer)</span></a
      >
    </li>`
  const chosen = filters.flatMap(({ key, label, values }) => {
    const value = query[key]
    if (value === null || (key === 'miens' && path === '/')) return []
    const text = key === 'miens' ? label : `${label} : ${values.get(value) ?? value}`
    return [chip(text, { [key]: null })]
  })
  const all = query.q === '' ? chosen : [chip(`Recherche : ${query.q}`, { q: '' }), ...chosen]
  if (all.length === 0) return null
  return html`<ul class="chips" aria-label="Critères retenus">
    ${all}
  </ul>`
}

function pager({ path, query }: EpciList, page: number, pages: number): SafeHtml | null {
  if (pages === 1) return null
  const to = (which: number, text: string) =>
    html`<li><a href="${addressOf(path, query, { page: which })}#liste">${text}</a></li>`
  return html`<nav aria-label="Pages de la liste">
    <ul class="links screen">
      ${page > 1 ? to(page - 1, '← Page précédente') : null}
      <li>${typeset(`Page ${frenchNumber(page)} sur ${frenchNumber(pages)}`)}</li>
      ${page < pages ? to(page + 1, 'Page suivante →') : null}
    </ul>
  </nav>`
}

/** Excel, CSV and GeoJSON of what is shown, every page of it. */
function files(query: EpciQuery, count: number): SafeHtml | null {
  if (count === 0) return null
  const link = (ending: string, name: string) =>
    html`<li><a href="${addressOf(`/epcis.${ending}`, query)}">${name}</a></li>`
  return html`<ul class="links screen" aria-label="${typeset('Emporter ce qui est affiché')}">
    <li class="soft">${typeset('Emporter ces EPCI :')}</li>
    ${link('xlsx', 'Excel')} ${link('csv', 'CSV')} ${link('geojson', 'GeoJSON')}
  </ul>`
}
