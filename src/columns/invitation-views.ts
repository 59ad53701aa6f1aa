import { LABELS } from './labels.ts'
import type { GridDefinition, ViewDefinition } from './view-definition.ts'

const { to_invite: toInvite } = LABELS.invitationState

/** Who is still to be invited, of those on a list: the day that is nearest first, then the most useful. */
const TO_INVITE: GridDefinition<'invitations'> = {
  kind: 'grid',
  table: 'invitations',
  columns: [
    ...(['actor', 'state', 'rank', 'why', 'latest', 'people', 'date', 'remark', 'referent', 'epci'] as const),
  ],
  rows: [
    [
      { column: 'rank', is: 'filled' },
      { column: 'state', is: 'oneOf', values: [toInvite] },
    ],
    [
      { column: 'rank', is: 'filled' },
      { column: 'state', is: 'empty' },
    ],
  ],
  sorts: [
    ['latest', 'asc'],
    ['rank', 'asc'],
  ],
  rowHeight: 1,
}

/** The same of one EPCI, for its référents. */
export const EPCI_INVITATIONS: GridDefinition<'invitations'> = TO_INVITE

/** The views of the table « Invitations »: a référent·e opens their own group. */
export const INVITATION_VIEWS = {
  toInvite: { ...TO_INVITE, groups: ['referent'] },
  invitationStates: {
    kind: 'kanban',
    table: 'invitations',
    by: 'state',
    columns: ['actor', 'epci', 'date', 'people', 'referent'],
  },
} as const satisfies Readonly<Record<string, ViewDefinition>>
