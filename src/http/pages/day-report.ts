import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import type { EpciReport } from '../../domain/epci-report.ts'
import type { InvitedPeople } from '../../domain/invitations/invitation-state.ts'
import type { Brought } from '../../domain/journee/brought.ts'
import { REFERENT_KINDS } from '../../domain/prefill-sentences.ts'
import { counted, countedOrNone, frenchDay, frenchNumber, typeset } from '../../domain/typography.ts'
import type { DayPlace } from './day.ts'
import { layout } from './layout.ts'
import { foldingTable } from './table.ts'
import type { TableCell } from './table.ts'

/** How many people were invited, are expected, came (null: not known); which of these « Invitations » counts, and whether the door ticked who came. */
export type Turnout = InvitedPeople & {
  readonly counted?: readonly (keyof InvitedPeople)[]
  readonly ticked?: boolean
}

/** What a journée brought, what is left and for whom, and its days; `report` null: nothing is computed of its EPCI yet. */
export function dayReportPage(
  place: DayPlace,
  {
    groups,
    report,
    names,
    turnout,
  }: {
    readonly groups: readonly Brought[]
    readonly report: EpciReport | null
    readonly names: ReadonlyMap<number, string>
    readonly turnout: Turnout
  },
): SafeHtml {
  const when = place.date === null ? 'Journée sans date' : `Journée du ${frenchDay(place.date)}`
  const main = html`<p class="soft">${place.name} · ${when}</p>
    <h1>${typeset('Ce que la journée a apporté')}</h1>
    ${peopleCard(turnout)} ${groupsCard(groups)}
    ${report === null ? html`<p>${typeset("Aucun chiffre n'est encore calculé pour cet EPCI.")}</p>` : html`${wholeCard(report, place.date)} ${leftCard(report, names)} ${daysCard(report)}`}
    <p><a href="${place.root}">La journée</a></p>`
  return layout({ title: 'Bilan de la journée\u00a0: Portrea', visitor: place.visitor, kind: 'sheet', main })
}

/** Who came, of those who were expected, of those who were invited; with where each figure is from. */
function peopleCard({ counted: fromRows = [], ticked = false, ...people }: Turnout): SafeHtml {
  const line = (key: keyof InvitedPeople, label: string) => {
    const value = people[key]
    if (value === null)
      return html`<li>${typeset(`${label} : `)}<span class="unknown">non indiquées</span></li>`
    const doorSays = key === 'present' && ticked
    const from = doorSays
      ? ', cochées dans « Participants »'
      : fromRows.includes(key)
        ? ', d’après « Invitations »'
        : ''
    return html`<li>${typeset(`${label} : ${frenchNumber(value)}${from}`)}</li>`
  }
  return html`<div class="card">
    <h2>Qui est venu</h2>
    <ul>
      ${line('invited', 'Personnes invitées')} ${line('expected', 'Personnes attendues')}
      ${line('present', 'Personnes présentes')}
    </ul>
  </div>`
}

function groupsCard(groups: readonly Brought[]): SafeHtml {
  if (groups.length === 0)
    return html`<p>${typeset("Aucun groupe n'a encore répondu sur la page de la journée.")}</p>`
  const columns = [
    { label: 'Groupe' },
    ...['Fiches modifiées', 'Lieux ajoutés', 'Réponses dans la base', 'À accepter', 'Pas prises'].map(
      (label) => ({
        label,
        kind: 'number' as const,
      }),
    ),
  ]
  const rows = groups.map((one): TableCell[] => [
    one.group === null ? 'Sans groupe' : `Groupe ${one.group}`,
    ...[one.records, one.places, one.applied, one.pending, one.other].map((count) => frenchNumber(count)),
  ])
  const waiting = groups.reduce((sum, { pending }) => sum + pending, 0)
  return html`<div class="card">
    <h2>Par groupe</h2>
    ${foldingTable('Ce que chaque groupe a apporté', columns, rows)}
    ${
      waiting === 0
        ? null
        : html`<p>
            ${typeset(`${counted(waiting, 'réponse attend', 'réponses attendent')} dans « Propositions » : rien n'en est compté avant d'être accepté.`)}
          </p>`
    }
  </div>`
}

function wholeCard({ prefill, day }: EpciReport, date: string | null): SafeHtml | null {
  const { consolidation, status } = prefill
  if (consolidation === null || consolidation.since !== date) {
    const text =
      date !== null && date < day && status === 'done'
        ? 'La consolidation est terminée.'
        : "La consolidation se suit après la journée, tant qu'aucune autre n'est prévue."
    return html`<div class="card">
      <h2>${typeset('Depuis la journée')}</h2>
      <p>${typeset(text)}</p>
    </div>`
  }
  const { created, completed, confirmed, left } = consolidation
  const told = (count: number | null, one: string, many: string) =>
    count === null
      ? `${many} : inconnu, rien n'était compté avant`
      : countedOrNone(count, 'aucune', one, many)
  const lines = [
    told(created, 'fiche créée', 'fiches créées'),
    told(completed, 'fiche complétée', 'fiches complétées'),
    told(confirmed, 'fiche confirmée', 'fiches confirmées'),
    left === 0 ? 'plus rien à compléter' : `${counted(left, 'fiche')} à compléter`,
  ]
  return html`<div class="card">
    <h2>${typeset('Depuis la journée')}</h2>
    <ul>
      ${lines.map((line) => html`<li>${typeset(line)}</li>`)}
    </ul>
  </div>`
}

function leftCard({ prefillDetail }: EpciReport, names: ReadonlyMap<number, string>): SafeHtml | null {
  const { referents, withoutReferent } = prefillDetail
  const rows = [
    ...referents.map(({ referent, kind, toComplete }): TableCell[] => [
      names.get(referent) ?? `Référent·e n° ${referent}${kind === null ? '' : ` (${REFERENT_KINDS[kind]})`}`,
      frenchNumber(toComplete),
    ]),
    ...(withoutReferent.present === 0
      ? []
      : [['Personne', frenchNumber(withoutReferent.present - withoutReferent.prefilled)] as TableCell[]]),
  ]
  if (rows.length === 0) return null
  const columns = [{ label: 'Suivies par' }, { label: 'Fiches à compléter', kind: 'number' as const }]
  return html`<div class="card">
    <h2>${typeset("Ce qu'il reste, et pour qui")}</h2>
    ${foldingTable('Fiches à compléter par référent·e', columns, rows)}
  </div>`
}

function daysCard({ workload, actualDays }: EpciReport): SafeHtml {
  const columns = [
    { label: '' },
    { label: 'Estimés', kind: 'number' as const },
    { label: 'Réels', kind: 'number' as const },
  ]
  const row = (who: string, estimate: number, actual: number | null): TableCell[] => [
    who,
    `${frenchNumber(estimate)} j`,
    actual === null ? html`<span class="unknown">pas indiqués</span>` : `${frenchNumber(actual)} j`,
  ]
  return html`<div class="card">
    <h2>Les jours</h2>
    ${foldingTable('Jours estimés et réels', columns, [
      row('Chargé·e de déploiement', workload.deploymentOfficer.estimate, actualDays.deploymentOfficer),
      row('Référent·e·s', workload.referents.estimate, actualDays.referents),
    ])}
    <p class="soft small">${typeset("De toute la mission. Les jours réels s'écrivent dans « EPCI ».")}</p>
  </div>`
}
