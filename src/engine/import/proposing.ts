import type { Actor } from '../../domain/actor.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import { proposalCells } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import { withAddresses } from '../../nocodb/record-addresses.ts'
import type { Cells } from '../../nocodb/write-back.ts'
import type { SyncContext } from '../sync-context.ts'
import type { ImportBase } from './import-base.ts'
import type { Fate, Standing } from './standing.ts'
import { stanceIn } from './write-proposals.ts'
import type { ProposalWriter, Stance } from './write-proposals.ts'

/** Who proposes: the name that tells it from the others for ever, and its title for people. */
export type Origin = { readonly name: string; readonly title: string }

/** What is proposed, held against what stands in « Propositions » already. */
export type Proposing = {
  /** Rows that stand there and are to move. */
  readonly moves: Map<ProposalMark, Stance>
  /** Why NocoDB refused some rows. */
  readonly refused: string[]
  /** How many rows were made. */
  proposed(): number
  /** One more; `actor`: the place itself, where the base has no record of it. Tells what becomes of it. */
  propose(proposal: Proposal, actor: Actor | null): Fate['kind']
  /** Writes those that wait, where they are so many at least. */
  flush(least: number): Promise<void>
}

/** Begins to propose; without a writer (null) nothing is written. */
export function proposing(
  { base: nocodb, columns, now }: SyncContext,
  origin: Origin,
  { base, standing }: { readonly base: ImportBase; readonly standing: Pick<Standing, 'fateOf'> },
  writer: Pick<ProposalWriter, 'insert'> | null,
): Proposing {
  const at = `${now().toISOString().slice(0, 19)}Z`
  const stances = new Map(base.tables.tables.map((from) => [from, stanceIn(from)]))
  const stanceOf = (proposal: Proposal): Stance => {
    const from = proposal.record === null ? base.tables.tables[0] : base.tables.of(Number(proposal.record))
    return from === undefined ? { state: 'pending', outcome: null } : stances.get(from)!(proposal)
  }
  const moves = new Map<ProposalMark, Stance>()
  const [rows, refused]: [Cells[], string[]] = [[], []]
  let proposed = 0
  return {
    ...{ moves, refused },
    proposed: () => proposed,
    propose(proposal, actor) {
      const fate = standing.fateOf(proposal)
      if (fate.kind === 'said' || fate.kind === 'refused') return fate.kind
      const stance = stanceOf(proposal)
      if (fate.kind === 'stands') {
        if (fate.mark.state !== stance.state) moves.set(fate.mark, stance)
        return fate.kind
      }
      const name = proposal.record === null ? (actor?.fields.nom ?? '') : base.shown(proposal.record)
      const about = proposal.record === null ? actor : base.actors.get(proposal.record)
      const epci = about === null || about === undefined ? null : base.epciOf(about)
      const context = { origin: origin.name, source: origin.title, shown: name, epci, at, ...stance }
      rows.push(proposalCells(columns, proposal, context))
      return fate.kind
    },
    async flush(least) {
      if (rows.length < least) return
      const some = rows.splice(0)
      const reasons = (await writer?.insert(await withAddresses(nocodb, columns, some))) ?? []
      refused.push(...reasons)
      proposed += writer === null ? 0 : some.length - reasons.length
    },
  }
}
