import { isOfPlace, proposalCode, readProposalMarks, sayingOf, targetOf } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import { goneProposal } from '../../domain/import/proposal.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import type { Digest } from '../../store/digest-key.ts'
import { storeDigest } from '../../store/digest-key.ts'
import { readRefusals, removeRefusals } from '../../store/refusals.ts'
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
  /** The source names places of these digests: who did not want to hear that they were gone hears it when they go again. */
  named(keys: Iterable<string>): Promise<void>
}

/** Reads it; keys and codes alone: what is proposed stays in NocoDB. */
export async function readStanding(parts: SyncContext, origin: string): Promise<Standing> {
  const { base, columns, store } = parts
  const digest = await storeDigest(store, base.http.keyed)
  const [kept, refusals] = await Promise.all([
    readSourcePlaces(store, base.id, origin),
    readRefusals(store, base.id),
  ])
  // Under another token a place has another digest: what was known of it by the former one would be told as gone.
  const places = new Map([...kept].filter(([key]) => digest.isPlace(key)))
  const rows = new Map<string, ProposalMark>()
  const linked = new Map<string, string>()
  for await (const page of readProposalMarks(base, columns, { origin }))
    for (const mark of page) {
      const { code, kind, state, recordId, key } = mark
      if (rank(mark) >= rank(rows.get(code))) rows.set(code, mark)
      if (state === 'applied' && recordId !== null && isOfPlace(kind)) linked.set(key, recordId)
    }
  const refused = new Set<string>()
  const applied = new Map<string, ProposalMark>()
  for await (const page of readProposalMarks(base, columns, { states: ['refused', 'undone', 'applied'] }))
    for (const mark of page) {
      // That a place is gone was refused of that once: the store forgets it, the row stays.
      if (mark.state !== 'applied') {
        if (mark.kind !== 'gone') refused.add(sayingOf(mark.code))
      } else if (mark.id > (applied.get(targetOf(mark.code))?.id ?? 0)) applied.set(targetOf(mark.code), mark)
    }
  const isUnwanted = (saying: string) => refused.has(saying) || refusals.has(digest.text(saying))
  // What was written and does not stand there any more, a person changed; a record that was made, they deleted.
  const wasChanged = (code: string, kind: Proposal['kind'], all: readonly string[]) => {
    const last = applied.get(targetOf(code))
    return last !== undefined && (isOfPlace(kind) || all.includes(sayingOf(last.code)))
  }
  const [said, sayings] = [new Set<string>(), new Set<string>()]
  const fateOf = (proposal: Proposal): Fate => {
    const code = proposalCode(origin, proposal)
    const saying = sayingOf(code)
    if (sayings.has(saying)) return { kind: 'said' }
    sayings.add(saying)
    const all = [saying, ...wider(proposal).map((one) => sayingOf(proposalCode(origin, one)))]
    if (all.some(isUnwanted) || wasChanged(code, proposal.kind, all)) return { kind: 'refused' }
    said.add(code)
    const mark = rows.get(code)
    return mark === undefined || rank(mark) === 0 ? { kind: 'new' } : { kind: 'stands', mark }
  }
  const named = async (keys: Iterable<string>) => {
    if (refusals.size === 0) return
    const digests = [...keys].map((key) => digest.text(sayingOf(proposalCode(origin, goneProposal(key, '')))))
    await removeRefusals(
      store,
      base.id,
      digests.filter((one) => refusals.has(one)),
    )
  }
  return { digest, rows, places, linked, said, fateOf, named }
}

/** What holds a proposal and may have been decided before it: a place before the base had any like it; a list before the record said any of it. */
function wider(proposal: Proposal): readonly Proposal[] {
  if (proposal.kind === 'unsure') return [{ ...proposal, kind: 'new' }]
  if (proposal.kind !== 'completion') return []
  return [{ ...proposal, changes: proposal.changes.map((change) => ({ ...change, before: null })) }]
}

/** Of the rows of one code: waiting before given up, and decided on last. */
function rank(mark: ProposalMark | undefined): number {
  if (mark === undefined) return -1
  if (mark.state === 'pending') return 3
  if (mark.decision !== null) return 0
  return { impossible: 2, outdated: 1, applied: 0, refused: 0, undone: 0 }[mark.state]
}
