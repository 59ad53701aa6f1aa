import { proposalCode, readProposalMarks, sayingOf, targetOf } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import type { Digest } from '../../store/digest-key.ts'
import { storeDigest } from '../../store/digest-key.ts'
import { readRefusals } from '../../store/refusals.ts'
import { readSourcePlaces } from '../../store/source-places.ts'
import type { SourcePlace } from '../../store/source-places.ts'
import type { SyncContext } from '../sync-context.ts'

/** What is to become of a proposal: `stands`: a row waits for a person already; `refused`: a person did not want it, or changed it since. */
export type Fate =
  | { readonly kind: 'new' | 'refused' | 'said' }
  | { readonly kind: 'stands'; readonly mark: ProposalMark }

/** What stands in « Propositions » and in the store of one source. */
export type Standing = {
  readonly digest: Digest
  /** The rows of the source, by their code: of several, the one that people may still decide on. */
  readonly rows: ReadonlyMap<string, ProposalMark>
  /** Its places by the digest of their key. */
  readonly places: ReadonlyMap<string, SourcePlace & { readonly here: boolean }>
  /** The record that a person made of a place of it, by its key. */
  readonly linked: ReadonlyMap<string, string>
  /** Codes that this reading said again. */
  readonly said: ReadonlySet<string>
  /** What is to become of what the source says now. */
  fateOf(proposal: Proposal): Fate
}

/** Reads it; keys and codes alone: what is proposed stays in NocoDB. */
export async function readStanding(parts: SyncContext, origin: string): Promise<Standing> {
  const { base, columns, store } = parts
  const digest = await storeDigest(store, base.http.keyed)
  const [places, refusals] = await Promise.all([
    readSourcePlaces(store, base.id, origin),
    readRefusals(store, base.id),
  ])
  const rows = new Map<string, ProposalMark>()
  const linked = new Map<string, string>()
  for await (const page of readProposalMarks(base, columns, { origin }))
    for (const mark of page) {
      const { code, kind, state, recordId, key } = mark
      if (rank(mark) >= rank(rows.get(code))) rows.set(code, mark)
      if (state === 'applied' && recordId !== null && (kind === 'new' || kind === 'unsure'))
        linked.set(key, recordId)
    }
  const refused = new Set<string>()
  const applied = new Map<string, ProposalMark>()
  for await (const page of readProposalMarks(base, columns, { states: ['refused', 'undone', 'applied'] }))
    for (const mark of page) {
      if (mark.state !== 'applied') refused.add(sayingOf(mark.code))
      else if (mark.id > (applied.get(targetOf(mark.code))?.id ?? 0)) applied.set(targetOf(mark.code), mark)
    }
  const isUnwanted = (saying: string) => refused.has(saying) || refusals.has(digest.text(saying))
  // What was written and does not stand there any more, a person changed.
  const wasChanged = (code: string) => {
    const last = applied.get(targetOf(code))
    return last !== undefined && sayingOf(last.code) === sayingOf(code)
  }
  const [said, sayings] = [new Set<string>(), new Set<string>()]
  const fateOf = (proposal: Proposal): Fate => {
    const code = proposalCode(origin, proposal)
    const saying = sayingOf(code)
    if (sayings.has(saying)) return { kind: 'said' }
    sayings.add(saying)
    if (isUnwanted(saying) || wasChanged(code)) return { kind: 'refused' }
    said.add(code)
    const mark = rows.get(code)
    return mark === undefined || rank(mark) === 0 ? { kind: 'new' } : { kind: 'stands', mark }
  }
  return { digest, rows, places, linked, said, fateOf }
}

/** Of the rows of one code: waiting before given up, and decided on last. */
function rank(mark: ProposalMark | undefined): number {
  if (mark === undefined) return -1
  if (mark.state === 'pending') return 3
  if (mark.decision !== null) return 0
  return { impossible: 2, outdated: 1, applied: 0, refused: 0, undone: 0 }[mark.state]
}
