import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { Contacts } from '../../../domain/contacts.ts'
import { rangeText } from '../../../domain/region-days-sentences.ts'
import { regionDays } from '../../../domain/region-days.ts'
import type { TotalDays } from '../../../domain/region-days.ts'
import { frenchNumber, typeset } from '../../../domain/typography.ts'
import { daysCard } from '../days-card.ts'
import { card } from '../epci-card.ts'
import type { EpciRow } from '../epci-row.ts'
import { unknown } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { Column, TableCell } from '../table.ts'
import { questionPage } from './scope.ts'
import type { Scope } from './scope.ts'

/** How many days, in which month, for whom. */
export function loadPage(scope: Scope, contacts: Contacts | null): SafeHtml {
  const days = regionDays(scope.rows.map(({ report }) => report))
  return questionPage(scope, 'Combien de jours, quand, pour qui', [
    scope.rows.length === 0 ? null : daysCard(days),
    scope.rows.length === 0 ? null : card('La charge, par personne', [people(scope, contacts)]),
  ])
}

const COLUMNS: readonly Column[] = [
  { label: 'Chargé·e de déploiement' },
  { label: 'EPCI', kind: 'number' },
  { label: 'Jours à y passer', kind: 'number' },
  { label: 'Selon ce qui reste inconnu', kind: 'number' },
  { label: 'Sans journée prévue', kind: 'number' },
  { label: 'Capacité, en jours par mois', kind: 'number' },
]

function people({ rows }: Scope, contacts: Contacts | null): SafeHtml {
  if (contacts === null)
    return html`<p>
      ${typeset('NocoDB ne dit pas pour l’instant qui suit quoi : réessayez dans un moment.')}
    </p>`
  const named = rows.flatMap((row) =>
    (row.officers?.length ? row.officers : [null]).map((name) => ({ name, row })),
  )
  const groups = [...Map.groupBy(named, ({ name }) => name)].toSorted(([one], [other]) =>
    one === null || other === null
      ? Number(one === null) - Number(other === null)
      : one.localeCompare(other, 'fr'),
  )
  const shared = rows.some(({ officers }) => (officers?.length ?? 0) > 1)
  const lines = groups.map(([name, all]) =>
    line(
      name,
      all.map(({ row }) => row),
      contacts,
    ),
  )
  return html`${foldingTable('Jours par chargé·e de déploiement', COLUMNS, lines)}
  ${shared ? html`<p class="soft small">Un EPCI suivi à plusieurs compte pour chacun·e.</p>` : null}`
}

function line(name: string | null, own: readonly EpciRow[], { listed }: Contacts): TableCell[] {
  const { deploymentOfficer }: { readonly deploymentOfficer: TotalDays } = regionDays(
    own.map(({ report }) => report),
  )
  const capacity = listed.find((one) => one.name.trim() === name)?.daysPerMonth ?? null
  const undated = own.filter(({ report }) => report.prefill.collaborativeDay === null).length
  const address = name === null ? null : `/epcis?chargee=${encodeURIComponent(name)}`
  return [
    name === null ? unknown('personne') : html`<a href="${address}">${name}</a>`,
    frenchNumber(own.length),
    frenchNumber(deploymentOfficer.estimate),
    html`<span class="soft">${rangeText(deploymentOfficer.range)}</span>`,
    undated === 0 ? 'aucun' : frenchNumber(undated),
    capacity === null ? unknown('non dite') : typeset(frenchNumber(capacity)),
  ]
}
