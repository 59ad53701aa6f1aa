import type { ColumnKey, TableKey } from '../../config/column-keys.ts'

/** NocoDB's names of what it can say of all the values of a column. */
export type Total = 'sum' | 'avg'
/** In NocoDB's numbers: one line of text a row, two, … */
export type RowHeight = 0 | 1 | 2 | 3

/** A grid by our keys: these columns, in this order, the others hidden. */
export type ViewDefinition = {
  readonly [T in TableKey]: {
    readonly table: T
    readonly title: string
    readonly description: string
    readonly columns: readonly ColumnKey<T>[]
    readonly sorts: readonly (readonly [ColumnKey<T>, 'asc' | 'desc'])[]
    readonly groups: readonly ColumnKey<T>[]
    /** What the foot of the grid, and each closed group, says of a column. */
    readonly totals: Readonly<Partial<Record<ColumnKey<T>, Total>>>
    readonly rowHeight: RowHeight
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
    totals: { completeness: 'avg' },
    rowHeight: 1,
  },
  {
    table: 'epcis',
    title: 'Recommandations',
    description: 'Le référentiel recommandé à chaque EPCI, pourquoi, avec quelle confiance et quelle charge.',
    columns: [
      ...(['name', 'why', 'confidence', 'referentDays', 'officerDays', 'retained', 'actorCount'] as const),
      ...(['completeness', 'governance', 'network', 'orientation', 'tooling', 'alert'] as const),
      ...(['nextDay', 'deploymentOfficer', 'recommended'] as const),
    ],
    sorts: [['name', 'asc']],
    groups: ['recommended'],
    totals: { referentDays: 'sum', officerDays: 'sum', actorCount: 'sum', completeness: 'avg' },
    rowHeight: 2,
  },
]
