import { LABELS } from './labels.ts'
import type { ColumnKey } from './tables.ts'
import type { GridDefinition } from './view-definition.ts'

const { proposalKind, proposalState } = LABELS

/** What a person needs to say yes or no to a proposal, after what it is about and the decision itself. */
const TO_DECIDE = [
  ...(['accept', 'open', 'why', 'confidence', 'source', 'remark', 'outcome', 'proposedOn', 'kind'] as const),
] as const satisfies readonly ColumnKey<'proposals'>[]

type ProposalKind = keyof typeof proposalKind

/** The proposals of some kinds that wait for a person, EPCI by EPCI. */
function waiting(
  kinds: readonly ProposalKind[],
  about: readonly ColumnKey<'proposals'>[],
): GridDefinition<'proposals'> {
  return {
    kind: 'grid',
    table: 'proposals',
    columns: [...about, ...TO_DECIDE, 'epci'],
    rows: [
      [
        { column: 'state', is: 'oneOf', values: [proposalState.pending] },
        { column: 'kind', is: 'oneOf', values: kinds.map((kind) => proposalKind[kind]) },
      ],
    ],
    sorts: [
      ['record', 'asc'],
      ['field', 'asc'],
    ],
    groups: ['epci'],
    rowHeight: 1,
  }
}

/** The proposals of one EPCI that wait for its référents. */
export const EPCI_PROPOSALS: GridDefinition<'proposals'> = {
  kind: 'grid',
  table: 'proposals',
  columns: ['record', 'field', 'before', 'after', 'decision', ...TO_DECIDE, 'sameAs'],
  // « Accepter » stands on the first screen.
  widths: { record: 200, field: 120, before: 150, after: 240, decision: 120 },
  rows: [[{ column: 'state', is: 'oneOf', values: [proposalState.pending] }]],
  sorts: [
    ['kind', 'asc'],
    ['record', 'asc'],
  ],
  rowHeight: 1,
}

/** The same of all the EPCI of one référent, EPCI by EPCI. */
export const REFERENT_PROPOSALS: GridDefinition<'proposals'> = {
  ...EPCI_PROPOSALS,
  columns: [...EPCI_PROPOSALS.columns, 'epci'],
  groups: ['epci'],
}

/** The views of the table « Propositions ». */
export const PROPOSAL_VIEWS = {
  completions: waiting(['completion'], ['record', 'field', 'after', 'decision']),
  differences: waiting(['conflict', 'merge', 'gone'], ['record', 'field', 'before', 'after', 'decision']),
  newPlaces: waiting(['new', 'unsure'], ['record', 'after', 'decision', 'sameAs']),
  journal: {
    kind: 'grid',
    table: 'proposals',
    columns: [
      ...(['record', 'field', 'before', 'after', 'state', 'outcome', 'appliedOn', 'decision'] as const),
      ...(['source', 'proposedOn', 'kind', 'remark', 'epci'] as const),
    ],
    rows: [
      [
        {
          column: 'state',
          is: 'oneOf',
          values: [
            proposalState.applied,
            proposalState.refused,
            proposalState.undone,
            proposalState.impossible,
          ],
        },
      ],
    ],
    sorts: [['appliedOn', 'desc']],
    rowHeight: 1,
  },
} as const satisfies Readonly<Record<string, GridDefinition<'proposals'>>>
