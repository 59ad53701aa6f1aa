import { FIELDS } from '../domain/fields.ts'
import { INVITATION_VIEWS } from './invitation-views.ts'
import { LABELS } from './labels.ts'
import { PROPOSAL_VIEWS } from './proposal-views.ts'
import { columnKeys } from './tables.ts'
import type { ColumnKey, TableKey } from './tables.ts'
import type { GridDefinition, ViewDefinition } from './view-definition.ts'

const { step, alert } = LABELS

/** A list that asks for fields shows them all: those that count most first, the others of the standard after them. */
function withStandard(...first: readonly ColumnKey<'actors'>[]): ColumnKey<'actors'>[] {
  return [...new Set([...first, ...FIELDS])]
}

/** A référent's list: in one EPCI there is nothing to group by. Its notes are read whole: four lines. */
export const EPCI_LIST: GridDefinition<'actors'> = {
  kind: 'grid',
  table: 'actors',
  columns: withStandard(
    ...(['nom', 'toComplete', 'completeness', 'step', 'anomalies', 'commune', 'telephone'] as const),
    ...(['courriels', 'horaires', 'services', 'lastContact', 'referent', 'possibleDuplicates'] as const),
  ),
  widths: { nom: 225, toComplete: 510 },
  sorts: [['completeness', 'asc']],
  rowHeight: 2,
}

/** What a chargé·e de déploiement follows. */
export const OFFICER_LIST: GridDefinition<'epcis'> = {
  kind: 'grid',
  table: 'epcis',
  columns: [
    ...([
      'name',
      'sheet',
      'alert',
      'nextDay',
      'prefill',
      'recommended',
      'retained',
      'stage',
      'confidence',
      'recalculate',
      'computedAt',
    ] as const),
    ...(['why', 'conditions', 'method', 'referentDays', 'officerDays', 'actualOfficerDays'] as const),
    ...(['actorCount', 'completeness', 'governance', 'network', 'orientation', 'tooling'] as const),
  ],
  sorts: [['nextDay', 'asc']],
  rowHeight: 0,
}

/** The views beside the first grid of each table, in the order of the sidebar and in which they are made; config/views.yaml has their words. */
export const VIEWS = {
  toComplete: {
    ...EPCI_LIST,
    columns: [...EPCI_LIST.columns, 'epci'],
    widths: { nom: 330, toComplete: 400 },
    rows: [[{ column: 'toComplete', is: 'filled' }]],
    groups: ['epci'],
    totals: { completeness: 'avg' },
  },
  toContact: {
    kind: 'grid',
    table: 'actors',
    columns: [
      ...(['nom', 'telephone', 'courriels', 'commune', 'step', 'lastContact', 'referent'] as const),
      ...(['site_web', 'typologie', 'epci'] as const),
    ],
    widths: { nom: 330 },
    rows: [
      [{ column: 'step', is: 'oneOf', values: [step.to_contact] }],
      [
        { column: 'step', is: 'empty' },
        { column: 'lastContact', is: 'empty' },
      ],
    ],
    sorts: [['nom', 'asc']],
    groups: ['epci'],
    rowHeight: 0,
  },
  anomalies: {
    kind: 'grid',
    table: 'actors',
    columns: withStandard('nom', 'anomalies', 'epci', 'verified', 'completeness', 'referent'),
    widths: { nom: 225, anomalies: 515, verified: 180 },
    rows: [[{ column: 'anomalies', is: 'filled' }]],
    // « À corriger » comes first in the alphabet too.
    sorts: [['anomalies', 'asc']],
    rowHeight: 1,
  },
  duplicates: {
    kind: 'grid',
    table: 'actors',
    columns: [
      ...(['nom', 'possibleDuplicates', 'notDuplicateOf', 'epci', 'id', 'commune', 'adresse'] as const),
      ...(['pivot', 'telephone', 'courriels', 'site_web'] as const),
    ],
    widths: { nom: 225, possibleDuplicates: 425, notDuplicateOf: 190 },
    rows: [[{ column: 'possibleDuplicates', is: 'filled' }]],
    sorts: [
      ['commune', 'asc'],
      ['nom', 'asc'],
    ],
    rowHeight: 1,
  },
  progress: {
    kind: 'kanban',
    table: 'actors',
    by: 'step',
    columns: ['nom', 'commune', 'toComplete'],
  },
  recommendations: {
    kind: 'grid',
    table: 'epcis',
    columns: [
      ...([
        'name',
        'why',
        'confidence',
        'retained',
        'atChoice',
        'stage',
        'sheet',
        'recalculate',
        'computedAt',
        'referentDays',
        'officerDays',
      ] as const),
      ...(['method', 'conditions', 'alert', 'nextDay', 'actorCount', 'completeness'] as const),
      ...(['governance', 'network', 'orientation', 'tooling', 'deploymentOfficer', 'recommended'] as const),
    ],
    sorts: [['name', 'asc']],
    groups: ['recommended'],
    totals: { referentDays: 'sum', officerDays: 'sum', actorCount: 'sum', completeness: 'avg' },
    rowHeight: 2,
  },
  prefillAtRisk: {
    kind: 'grid',
    table: 'epcis',
    columns: [
      ...(['name', 'alert', 'nextDay', 'forecastEnd', 'prefill', 'prefilledRecords'] as const),
      ...([
        'expectedRecords',
        'expectedBasis',
        'deploymentOfficer',
        'referents',
        'sheet',
        'recalculate',
        'computedAt',
      ] as const),
    ],
    rows: [[{ column: 'alert', is: 'oneOf', values: [alert.late, alert.at_risk, alert.not_started] }]],
    sorts: [['nextDay', 'asc']],
    rowHeight: 0,
  },
  missingDiagnostics: {
    kind: 'grid',
    table: 'epcis',
    columns: [
      ...(['name', 'nextDay', 'deploymentOfficer', 'referents', 'diagnostics', 'recommended'] as const),
      ...(['confidence', 'why', 'sheet', 'recalculate', 'computedAt'] as const),
    ],
    rows: [[{ column: 'diagnostics', is: 'unlinked' }]],
    sorts: [
      ['nextDay', 'asc'],
      ['name', 'asc'],
    ],
    rowHeight: 0,
  },
  territoryTypes: {
    kind: 'grid',
    table: 'epcis',
    columns: [
      ...(['name', 'population', 'fragility', 'coverage', 'aPriori', 'recommended', 'retained'] as const),
      ...(['referentDays', 'officerDays', 'stage', 'deploymentOfficer', 'sheet', 'territoryType'] as const),
    ],
    sorts: [['name', 'asc']],
    groups: ['territoryType'],
    totals: { population: 'sum', referentDays: 'sum', officerDays: 'sum' },
    rowHeight: 0,
  },
  choices: {
    kind: 'kanban',
    table: 'epcis',
    by: 'retained',
    columns: ['name', 'recommended', 'confidence', 'nextDay', 'deploymentOfficer'],
  },
  calendar: { kind: 'calendar', table: 'days', by: 'date', columns: ['name', 'epci', 'place', 'expected'] },
  checklist: {
    kind: 'grid',
    table: 'conditions',
    columns: ['condition', 'status', 'observed', 'evidence', 'heading', 'remark', 'epci'],
    widths: { condition: 290, evidence: 295 },
    groups: ['epci'],
    rowHeight: 1,
  },
  ...PROPOSAL_VIEWS,
  ...INVITATION_VIEWS,
} as const satisfies Readonly<Record<string, ViewDefinition>>
export type ViewKey = keyof typeof VIEWS
export type AddedViewKey = keyof typeof PROPOSAL_VIEWS | keyof typeof INVITATION_VIEWS
export const ADDED_VIEWS: ReadonlySet<string> = new Set([
  ...Object.keys(PROPOSAL_VIEWS),
  ...Object.keys(INVITATION_VIEWS),
])
export const VIEW_KEYS = Object.keys(VIEWS) as readonly ViewKey[]

/** The forms, each with the table that it fills and the columns that it may ask: those that people fill. */
export const FORMS = {
  newActor: {
    table: 'actors',
    columns: [...FIELDS, 'epci', 'step', 'lastContact', 'referent', 'doNotPublish'],
  },
  diagnostic: { table: 'diagnostics', columns: columnKeys('diagnostics') },
} as const satisfies Readonly<Record<string, { table: TableKey; columns: readonly ColumnKey[] }>>
export type FormKey = keyof typeof FORMS
export const FORM_KEYS = Object.keys(FORMS) as readonly FormKey[]
