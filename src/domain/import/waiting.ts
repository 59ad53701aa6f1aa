import type { ProposalKind } from './proposal.ts'

/** How many proposals of a source wait for a person: by the title of the source, and by what they are. */
export type Waiting = { readonly source: string; readonly kind: ProposalKind; readonly count: number }
