import { html } from '@remix-run/html-template'
import type { SafeHtml } from '@remix-run/html-template'
import { REFERENTIALS } from '../../../domain/diagnostic.ts'
import { REFERENTIAL_LABELS } from '../../../domain/labels.ts'
import { frenchNumber, typeset } from '../../../domain/typography.ts'
import { card } from '../epci-card.ts'
import type { EpciRow } from '../epci-row.ts'
import { confidencePill, referentialPill } from '../pills.ts'
import { foldingTable } from '../table.ts'
import type { TableCell } from '../table.ts'
import { questionPage, sheetLink, cutNote, firstRows } from './scope.ts'
import type { Scope } from './scope.ts'

/** Whether people retained what was recommended: how often, and where not, why. */
export function choicesPage(scope: Scope): SafeHtml {
  const { rows } = scope
  const chosen = rows.filter(({ report }) => report.retained !== null)
  const differing = chosen.filter(({ report }) => report.retained !== report.recommendation.recommended)
  const agreed = chosen.length - differing.length
  const text =
    chosen.length === 0
      ? 'Aucun référentiel n’est encore retenu.'
      : `Retenu comme recommandé : ${frenchNumber(agreed)} sur ${frenchNumber(chosen.length)} EPCI où un choix est fait.`
  return questionPage(scope, 'Le retenu et le recommandé', [
    html`<p>${typeset(text)}</p>`,
    rows.length === 0 ? null : matrix(rows),
    differing.length === 0
      ? null
      : card('Là où ils diffèrent', [differences(firstRows(differing)), cutNote(differing.length)]),
  ])
}

/** Recommended by line, retained by column. */
function matrix(rows: readonly EpciRow[]): SafeHtml {
  const count = (recommended: string, retained: string | null) => {
    const own = rows.filter(
      ({ report }) => report.recommendation.recommended === recommended && report.retained === retained,
    )
    return own.length === 0 ? 'aucun' : frenchNumber(own.length)
  }
  return foldingTable(
    'Nombre d’EPCI par référentiel recommandé et retenu',
    [
      { label: 'Recommandé' },
      ...REFERENTIALS.map((key) => ({ label: `${REFERENTIAL_LABELS[key]} retenu`, kind: 'number' as const })),
      { label: 'Aucun choix', kind: 'number' },
    ],
    REFERENTIALS.map((key) => [
      REFERENTIAL_LABELS[key],
      ...[...REFERENTIALS, null].map((retained) => count(key, retained)),
    ]),
  )
}

function differences(rows: readonly EpciRow[]): SafeHtml {
  return foldingTable(
    'EPCI où le retenu n’est pas le recommandé',
    [
      { label: 'EPCI' },
      { label: 'Recommandé' },
      { label: 'Confiance' },
      { label: 'Retenu' },
      { label: 'Pourquoi' },
    ],
    rows.map((row): TableCell[] => {
      const { recommendation, retained, disagreement } = row.report
      return [
        sheetLink(row),
        referentialPill(recommendation.recommended),
        confidencePill(recommendation.confidence.level),
        referentialPill(retained),
        typeset(disagreement?.sentences[0] ?? ''),
      ]
    }),
  )
}
