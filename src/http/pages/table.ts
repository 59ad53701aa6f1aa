import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'

/** A column of a table. */
export type Column = {
  /** What stands over it, and before each of its values where the table folds; '' for none. */
  readonly label: string
  /** `number`: on the right. */
  readonly kind?: 'number' | undefined
  /** Of the list: its heading as a link that sorts, and how it is sorted now. */
  readonly sort?: { readonly href: string; readonly now: 'ascending' | 'descending' | null } | undefined
}

/** A value that is shown; the first of a row names the row. */
export type TableCell = SafeHtml | string

/**
 * A table with a heading to each row, which folds on a narrow screen: a row becomes a list, each value behind the name of
 * its column. `caption` is what it shows, read aloud and not shown.
 */
export function foldingTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly TableCell[])[],
): SafeHtml {
  const kind = columns.length > DENSE ? 'rows dense' : 'rows'
  return html`<table class="${kind}">
    <caption class="hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map(head)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((one, at) => cell(columns[at]!, one, at))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** With more columns than that a table is set small, and folds on a tablet too. */
const DENSE = 8

function head({ label, kind, sort }: Column): SafeHtml {
  if (label === '') return html`<td></td>`
  if (sort === undefined) return html`<th scope="col" class="${kind ?? ''}">${label}</th>`
  const { href, now } = sort
  const sorted = now === null ? null : html` aria-sort="${now}"`
  const arrow = now === null ? '' : now === 'ascending' ? '\u00a0↑' : '\u00a0↓'
  return html`<th scope="col" class="${kind ?? ''}" ${sorted}><a href="${href}">${label}${arrow}</a></th>`
}

function cell({ label, kind }: Column, value: TableCell, at: number): SafeHtml {
  if (at === 0) return html`<th scope="row" class="name">${value}</th>`
  const named = label === '' ? null : html` data-label="${label}"`
  return kind === 'number'
    ? html`<td class="number" ${named}>${value}</td>`
    : html`<td ${named}>${value}</td>`
}
