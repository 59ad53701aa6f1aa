import type { TableKey } from '../../src/columns/tables.ts'
import { FORMS } from '../../src/columns/views.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import type { ViewWords } from '../../src/config/views-file.ts'

/** One picture: the view of a table (null: its first), and the group to unfold (null: none). */
export type Shot = {
  readonly file: string
  readonly table: string
  readonly view: string | null
  readonly group: number | null
}

/** What référents and the Hub see first, in the order in which they meet it. */
export function shots(columns: Columns, { views, forms, perEpci, perOfficer }: ViewWords): readonly Shot[] {
  const shot = (file: string, table: TableKey, view: string | null, group: number | null = null): Shot => ({
    file: `${file}.png`,
    table: columns[table].title,
    view,
    group,
  })
  const begins = (title: string, placeholder: string) =>
    title.split(placeholder)[title.startsWith('{') ? 1 : 0] ?? ''
  return [
    shot('01-acteurs', 'actors', null),
    shot('02-a-completer', 'actors', views.toComplete.title, 0),
    shot('03-liste-d-un-epci', 'actors', begins(perEpci.title, '{epci}')),
    shot('04-a-contacter', 'actors', views.toContact.title, 0),
    shot('05-anomalies', 'actors', views.anomalies.title),
    shot('06-doublons', 'actors', views.duplicates.title),
    shot('07-avancement', 'actors', views.progress.title),
    shot('08-nouvel-acteur', FORMS.newActor.table, forms.newActor.title),
    shot('09-epci', 'epcis', null),
    shot('10-recommandations', 'epcis', views.recommendations.title, 2),
    shot('11-pre-remplissage', 'epcis', views.prefillAtRisk.title),
    shot('12-diagnostics-manquants', 'epcis', views.missingDiagnostics.title),
    shot('13-referentiels-retenus', 'epcis', views.choices.title),
    shot('14-suivi', 'epcis', begins(perOfficer.title, '{nom}')),
    shot('15-calendrier', 'days', views.calendar.title),
    shot('16-diagnostic', FORMS.diagnostic.table, forms.diagnostic.title),
    shot('17-referents', 'referents', null),
    shot('18-conditions', 'conditions', views.checklist.title, 0),
    shot('19-historique', 'history', null),
    shot('20-synchronisations', 'syncs', null),
  ]
}
