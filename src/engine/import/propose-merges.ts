import { compileActorRules } from '../../domain/completeness/assess-actor.ts'
import { parisDay } from '../../domain/days.ts'
import { differencesBetween } from '../../domain/import/differences.ts'
import { mergeOf, mergeProposals } from '../../domain/import/merge.ts'
import { placeComparer } from '../../domain/import/places.ts'
import { PortreaError } from '../../errors.ts'
import { assertFits, assertMayWrite } from '../../nocodb/drift.ts'
import { everyPair } from '../../store/duplicates.ts'
import type { StoredPair } from '../../store/duplicates.ts'
import { tryLock } from '../../store/locks.ts'
import { holding } from '../hold-lock.ts'
import { unlessInterrupted } from '../interrupt.ts'
import type { SyncContext } from '../sync-context.ts'
import { readImportBase } from './import-base.ts'
import type { ImportBase } from './import-base.ts'
import { proposing } from './proposing.ts'
import { TEXTS } from './proposal-texts.ts'
import { readStanding } from './standing.ts'
import { proposalWriter } from './write-proposals.ts'
import type { ProposalWriter } from './write-proposals.ts'

/** Who proposes merges: no file of config/sources can bear this name. */
const ORIGIN = { name: 'portrea/duplicates', title: 'Doublons possibles' } as const

export type MergeResult = {
  /** Pairs that are one place for sure, and not said to be two. */
  readonly pairs: number
  /** Data that the record that stays lacks, and the other says. */
  readonly toComplete: number
  readonly refusedBefore: number
  /** Rows of « Propositions » made, and moved; what NocoDB refused. */
  readonly proposed: number
  readonly moved: number
  readonly refused: readonly string[]
}

/**
 * Proposes, for each pair of possible duplicates that is one place beyond doubt, what the record that stays lacks and the
 * other one says, field by field: nothing is merged by itself, and no record is ever deleted. What was proposed and holds no
 * more is outdated. Throws SYNC_RUNNING while a source is read.
 */
export async function proposeMerges(
  parts: SyncContext,
  options: { readonly dryRun: boolean; readonly signal?: AbortSignal },
): Promise<MergeResult> {
  assertFits(parts.base)
  if (options.dryRun) return propose(parts, null, options.signal)
  assertMayWrite(parts.base)
  const lock = await tryLock(parts.store, 'import')
  if (lock === null) throw new PortreaError('SYNC_RUNNING', 'Un autre import est en cours : attendez sa fin.')
  return holding(lock, writing(parts, options.signal))
}

async function writing(parts: SyncContext, signal: AbortSignal | undefined): Promise<MergeResult> {
  const writer = proposalWriter(parts)
  try {
    return await propose(parts, writer, signal)
  } finally {
    await writer.close()
  }
}

async function propose(
  parts: SyncContext,
  writer: ProposalWriter | null,
  signal: AbortSignal | undefined,
): Promise<MergeResult> {
  const [base, standing, all] = await Promise.all([
    readImportBase(parts),
    readStanding(parts, ORIGIN.name),
    everyPair(parts.store, parts.base.id),
  ])
  const made = proposing(parts, ORIGIN, { base, standing }, writer)
  const counts = { pairs: 0, toComplete: 0, refusedBefore: 0 }
  for (const proposals of merges(parts, base, all)) {
    unlessInterrupted(signal)
    counts.pairs += 1
    for (const proposal of proposals) {
      const fate = made.propose(proposal, null)
      if (fate === 'refused') counts.refusedBefore += 1
      else if (fate !== 'said') counts.toComplete += 1
    }
    await made.flush(AT_ONCE)
  }
  await made.flush(1)
  for (const mark of standing.rows.values()) {
    const open = mark.state === 'pending' || (mark.state === 'impossible' && mark.decision === null)
    if (open && !standing.said.has(mark.code))
      made.moves.set(mark, { state: 'outdated', outcome: TEXTS.noMoreMerge() })
  }
  const moved = (await writer?.move(made.moves)) ?? 0
  return { ...counts, proposed: made.proposed(), moved, refused: made.refused }
}

const AT_ONCE = 100

/** Of each pair that is one place beyond doubt, what is proposed; a record that is to go is in one pair, and keeps nothing itself. */
function* merges(
  { rules, geography, now }: SyncContext,
  { actors, keptBack, shown }: ImportBase,
  pairs: readonly StoredPair[],
) {
  const today = parisDay(now())
  const compare = placeComparer(rules, rules.duplicates.threshold)
  const { completeness } = rules
  const judge = compileActorRules(completeness, geography, today, completeness.writeBack)
  const merge = mergeOf(judge, differencesBetween({ rules, geography, today }))
  const [keeps, goes] = [new Set<string>(), new Set<string>()]
  for (const { one, other, score, reason, denied } of pairs) {
    const [left, right] = [actors.get(String(one)), actors.get(String(other))]
    if (denied || left === undefined || right === undefined) continue
    // What one keeps back, the other would give to all.
    if (keptBack.has(left.id) !== keptBack.has(right.id)) continue
    if (!compare.same(compare.read(left), compare.read(right))) continue
    const found = merge(left, right)
    if (goes.has(found.kept) || goes.has(found.other) || keeps.has(found.other)) continue
    keeps.add(found.kept)
    goes.add(found.other)
    yield mergeProposals(found, { score, reason }, shown)
  }
}
