import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { nextSentences } from '../../../domain/prefill-sentences.ts'
import { shortDay, typeset } from '../../../domain/typography.ts'
import type { EpciRow } from '../epci-row.ts'
import { unknown } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { TableCell } from '../table.ts'
import { questionPage, sheetLink, cutNote } from './scope.ts'
import type { Scope } from './scope.ts'

/** How many EPCI, and how many records of each, stand on the page. */
const [EPCIS, RECORDS] = [40, 3]

/** The EPCI of the page: those with records to do, the soonest journée first. */
export function nextRows(rows: readonly EpciRow[]): EpciRow[] {
  const day = ({ report }: EpciRow) => report.prefill.collaborativeDay ?? '9999'
  const todo = rows.filter(({ report }) => report.prefillDetail.next.length > 0)
  return todo.toSorted((one, other) => (day(one) < day(other) ? -1 : 1)).slice(0, EPCIS)
}

/** The records of the page, by Id. */
export function nextIds(rows: readonly EpciRow[]): number[] {
  return rows.flatMap(({ report }) => report.prefillDetail.next.slice(0, RECORDS).map(({ record }) => record))
}

/** Which records to do next, by name, each with its place in NocoDB. */
export function nextPage(
  scope: Scope,
  shown: readonly EpciRow[],
  names: ReadonlyMap<number, string>,
  addresses: ReadonlyMap<number, string>,
): SafeHtml {
  const table = foldingTable(
    'Fiches à faire ensuite, la journée la plus proche d’abord',
    [{ label: 'EPCI' }, { label: 'Journée' }, { label: 'Fiches à faire ensuite' }],
    shown.map((row): TableCell[] => {
      const { prefill, prefillDetail } = row.report
      const records = prefillDetail.next.slice(0, RECORDS)
      const sentences = nextSentences(records, names)
      const items = records.map(({ record }, at) => {
        const [text, href] = [typeset(sentences[at]!), addresses.get(record)]
        return html`<li>${href === undefined ? text : html`<a href="${href}">${text}</a>`}</li>`
      })
      return [
        sheetLink(row),
        prefill.collaborativeDay === null ? unknown('sans date') : shortDay(prefill.collaborativeDay),
        html`<ul class="plain">
          ${items}
        </ul>`,
      ]
    }),
  )
  return questionPage(scope, 'Fiches à faire ensuite', [
    shown.length === 0
      ? html`<p>Aucune fiche à compléter parmi celles qui sont présentes.</p>`
      : html`<p class="soft small">
            ${typeset(`Les ${RECORDS} plus utiles de chaque EPCI ; un lien ouvre la fiche dans NocoDB.`)}
          </p>
          ${table}
          ${cutNote(scope.rows.filter(({ report }) => report.prefillDetail.next.length > 0).length, EPCIS)}`,
  ])
}
