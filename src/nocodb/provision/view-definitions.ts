import type { ColumnKey, TableKey } from '../../config/column-keys.ts'

/** A grid by our keys: these columns, in this order, the others hidden. */
export type ViewDefinition = {
  readonly [T in TableKey]: {
    readonly table: T
    readonly title: string
    readonly description: string
    readonly columns: readonly ColumnKey<T>[]
    readonly sorts: readonly (readonly [ColumnKey<T>, 'asc' | 'desc'])[]
    readonly groups: readonly ColumnKey<T>[]
  }
}[TableKey]

/** The views that provision makes beside the first grid of each table. */
export const VIEWS: readonly ViewDefinition[] = [
  {
    table: 'actors',
    title: 'À compléter',
    description: "Les fiches de chaque EPCI, la moins complète d'abord, et ce qu'il y manque.",
    columns: [
      ...(['nom', 'completeness', 'toComplete', 'anomalies', 'step', 'freshness', 'commune'] as const),
      ...(['telephone', 'courriels', 'horaires', 'services', 'lastContact', 'referent', 'epci'] as const),
    ],
    sorts: [['completeness', 'asc']],
    groups: ['epci'],
  },
  {
    table: 'epcis',
    title: 'Recommandations',
    description: 'Le référentiel recommandé à chaque EPCI, pourquoi, avec quelle confiance et quelle charge.',
    columns: [
      ...(['name', 'confidence', 'why', 'retained', 'referentDays', 'officerDays', 'actorCount'] as const),
      ...(['completeness', 'governance', 'network', 'orientation', 'tooling', 'alert'] as const),
      ...(['nextDay', 'deploymentOfficer', 'recommended'] as const),
    ],
    sorts: [['name', 'asc']],
    groups: ['recommended'],
  },
]
