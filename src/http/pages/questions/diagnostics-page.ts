import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { Contact, Contacts } from '../../../domain/contacts.ts'
import { REFERENT_KINDS } from '../../../domain/prefill-sentences.ts'
import { shortDay, typeset } from '../../../domain/typography.ts'
import { card } from '../epci-card.ts'
import { answeredCount, QUESTIONS } from '../epci-row.ts'
import type { EpciRow } from '../epci-row.ts'
import { unknown } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { Column, TableCell } from '../table.ts'
import { officersText } from './risk-page.ts'
import { questionPage, sheetLink, cutNote, firstRows } from './scope.ts'
import type { Scope } from './scope.ts'

/** Which EPCI have no diagnostic, or one with gaps, and whom to call: as NocoDB says it at this moment, kept nowhere. */
export function diagnosticsPage(scope: Scope, contacts: Contacts | null): SafeHtml {
  const soonest = scope.rows.toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1))
  const missing = soonest.filter(({ report }) => answeredCount(report) === null)
  const partial = soonest.filter(({ report }) => {
    const count = answeredCount(report)
    return count !== null && count < QUESTIONS
  })
  const table = (caption: string, rows: readonly EpciRow[]) =>
    html`${foldingTable(
      caption,
      COLUMNS,
      firstRows(rows).map((row) => rowOf(row, contacts)),
    )}${cutNote(rows.length)}`
  return questionPage(scope, 'Diagnostics manquants', [
    contacts === null
      ? html`<p class="notice" role="status">
          ${typeset('NocoDB ne dit pas pour l’instant qui appeler : réessayez dans un moment.')}
        </p>`
      : null,
    missing.length === 0
      ? html`<p>Chaque EPCI a un diagnostic.</p>`
      : table('EPCI sans diagnostic, la journée la plus proche d’abord', missing),
    partial.length === 0
      ? null
      : card('Diagnostics commencés', [table('EPCI dont le diagnostic est incomplet', partial)]),
  ])
}

const COLUMNS: readonly Column[] = [
  { label: 'EPCI' },
  { label: 'Diagnostic' },
  { label: 'Journée' },
  { label: 'Qui appeler' },
  { label: 'Chargé·e de déploiement' },
]

function rowOf(row: EpciRow, contacts: Contacts | null): TableCell[] {
  const { siren, prefill } = row.report
  const count = answeredCount(row.report)
  const people = contacts?.referents.get(siren) ?? []
  return [
    sheetLink(row),
    count === null ? unknown('manquant') : `${count} réponses sur ${QUESTIONS}`,
    prefill.collaborativeDay === null ? unknown('sans date') : shortDay(prefill.collaborativeDay),
    contacts === null
      ? unknown()
      : people.length === 0
        ? unknown('aucun·e référent·e')
        : html`${people.map(person)}`,
    officersText(row),
  ]
}

function person({ name, kind, organisation, email, phone }: Contact): SafeHtml {
  const as = [kind === null ? null : REFERENT_KINDS[kind], organisation]
    .filter((one) => one !== null)
    .join(', ')
  const call = phone === null ? null : html` · <a href="tel:${phone.replaceAll(/[^\d+]/gu, '')}">${phone}</a>`
  const write = email === null ? null : html` · <a href="mailto:${email}">${email}</a>`
  return html`<span class="person">${name ?? 'sans nom'}${as === '' ? '' : ` (${as})`}${call}${write}</span>`
}

function dayOf({ report }: EpciRow): string {
  return report.prefill.collaborativeDay ?? '9999'
}
