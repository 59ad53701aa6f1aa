import type { Unreadable } from '../../config/csv-table.ts'
import { matcher } from '../../domain/import/matcher.ts'
import type { Match } from '../../domain/import/match.ts'
import { proposalsOf } from '../../domain/import/proposal.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import type { SourceRecord } from '../../domain/import/source-record.ts'
import { parisDay } from '../../domain/days.ts'
import type { FieldName } from '../../domain/fields.ts'
import { PortreaError } from '../../errors.ts'
import { assertFits, assertMayWrite } from '../../nocodb/drift.ts'
import { alone, tryLock } from '../../store/locks.ts'
import { saveSourcePlaces } from '../../store/source-places.ts'
import { holding } from '../hold-lock.ts'
import { unlessInterrupted } from '../interrupt.ts'
import type { SyncContext } from '../sync-context.ts'
import { readImportBase } from './import-base.ts'
import { kindsNamed } from './kinds-named.ts'
import type { KindsNamed } from './kinds-named.ts'
import { isReadable, isWhole, namesNoMore, outdate, tellGone } from './no-longer-named.ts'
import type { NamedNow } from './no-longer-named.ts'
import { proposing } from './proposing.ts'
import { readStanding } from './standing.ts'
import { proposalWriter } from './write-proposals.ts'
import type { ProposalWriter } from './write-proposals.ts'

/** A source, as it is read. */
export type ImportSource = {
  /** What tells it from the others, for ever: the name of its file in config/sources. */
  readonly name: string
  /** For people. */
  readonly title: string
  readonly records: AsyncIterable<SourceRecord | Unreadable>
  /** Fields of which it has no column at all, once its records are read: it does not say that they are empty. */
  readonly absent?: () => ReadonlySet<FieldName>
}

/** Places of a source: new, perhaps there, there already; what is proposed of others; and what is not. */
export type ImportCounts = {
  read: number
  unreadable: number
  new: number
  unsure: number
  alreadyThere: number
  /** Proposals about records of the base: what they lack, and what they say otherwise. */
  toComplete: number
  conflicts: number
  gone: number
  /** Proposals that a person did not want, or whose value a person changed since. */
  refusedBefore: number
  /** Places named twice by the source. */
  twice: number
  /** Places that the base does not have and that bear no name: nothing is proposed of them. */
  nameless: number
}

export type ImportResult = {
  readonly counts: Readonly<ImportCounts>
  readonly unreadable: readonly Unreadable[]
  /** Whether the source was read as a whole: else nothing is said of what it does not name. */
  readonly whole: boolean
  /** Places of these EPCI that it named before and does not name, so many that it may be another list; null: few, or none. */
  readonly strange: number | null
  /** Rows of « Propositions » made, and moved; what NocoDB refused. */
  readonly proposed: number
  readonly moved: number
  readonly refused: readonly string[]
}

export type ImportOptions = {
  readonly dryRun: boolean
  /** Whether to wait while another source is read. */
  readonly waits?: boolean
  readonly onProgress?: (read: number) => void
  readonly signal?: AbortSignal
}

/**
 * Reads a source, holds it against the base, and writes what it says as proposals, of which nothing but a person's decision
 * changes a record. What was proposed and is said still stays as it is; what is said no more is outdated. Killed anywhere
 * and run again it ends in the same rows. Throws SYNC_RUNNING while another source is read, unless it waits.
 */
export async function runImport(
  parts: SyncContext,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportResult> {
  assertFits(parts.base)
  if (options.dryRun) return read(parts, source, options, null)
  assertMayWrite(parts.base)
  if (options.waits === true)
    return alone(parts.store, 'import', () => writing(parts, source, options), options.signal)
  const lock = await tryLock(parts.store, 'import')
  if (lock === null) throw new PortreaError('SYNC_RUNNING', 'Un autre import est en cours : attendez sa fin.')
  return holding(lock, writing(parts, source, options))
}

async function writing(
  parts: SyncContext,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportResult> {
  const writer = proposalWriter(parts)
  try {
    return await read(parts, source, options, writer)
  } finally {
    await writer.close()
  }
}

/** Rows that wait to be inserted together. */
const AT_ONCE = 100

/** A reading under way. */
type Reading = NamedNow & {
  readonly source: ImportSource
  readonly counts: ImportCounts
  readonly named: KindsNamed
}

async function read(
  parts: SyncContext,
  source: ImportSource,
  { onProgress, signal }: ImportOptions,
  writer: ProposalWriter | null,
): Promise<ImportResult> {
  const { rules, geography, now } = parts
  const [base, standing] = await Promise.all([readImportBase(parts), readStanding(parts, source.name)])
  const reading = begin(parts, source, { base, standing }, writer)
  const { counts, seen } = reading
  const { digest, places, linked } = standing
  const setting = { rules, geography, today: parisDay(now()) }
  const match = matcher(setting, base.actors.values(), {
    linked: (key) => linked.get(key) ?? linkedIn(places.get(digest.place(key))),
    refused: () => false,
    earlier: (key) => places.get(digest.place(key))?.record ?? null,
  })
  const unreadable: Unreadable[] = []
  for await (const one of source.records) {
    unlessInterrupted(signal)
    if ('reason' in one) {
      unreadable.push(one)
      if (one.cut === true) reading.cut = true
    } else {
      counts.read += 1
      seen.set(digest.place(one.key), null)
      const found = match.add(one)
      if (found !== null) settle(reading, one, found)
    }
    onProgress?.(counts.read + unreadable.length)
    await reading.flush(AT_ONCE)
  }
  for (const { record, match: found } of match.rest()) {
    unlessInterrupted(signal)
    settle(reading, record, found)
    await reading.flush(AT_ONCE)
  }
  counts.unreadable = unreadable.length
  reading.lacks = source.absent?.() ?? reading.lacks
  const strange = namesNoMore(reading)
  const whole = strange === null && isWhole(parts, reading)
  if (whole) tellGone(reading)
  await reading.flush(1)
  outdate(reading, whole)
  const moved = (await writer?.move(reading.moves)) ?? 0
  if (writer !== null) await standing.named(seen.keys())
  if (writer !== null && whole) {
    const found = [...seen].map(([key, record]) => ({ key, record }))
    await saveSourcePlaces(parts.store, parts.base.id, source.name, found)
  }
  if (writer !== null && isReadable(parts, reading)) await reading.named.keep(source)
  const { proposed, refused } = reading
  return { counts, unreadable, whole, strange, proposed: proposed(), moved, refused }
}

function linkedIn(
  place: { readonly record: string | null; readonly linked: boolean } | undefined,
): string | null {
  return place?.linked === true ? place.record : null
}

function begin(
  parts: SyncContext,
  source: ImportSource,
  { base, standing }: Pick<Reading, 'base' | 'standing'>,
  writer: ProposalWriter | null,
): Reading {
  const counts: ImportCounts = {
    ...{ read: 0, unreadable: 0, new: 0, unsure: 0, alreadyThere: 0, toComplete: 0, conflicts: 0 },
    ...{ gone: 0, refusedBefore: 0, twice: 0, nameless: 0 },
  }
  const made = proposing(parts, source, { base, standing }, writer)
  return {
    ...{ ...made, source, base, standing, counts, seen: new Map() },
    ...{ lacks: new Set<FieldName>(), cut: false, epcis: new Set<string>(), named: kindsNamed(parts) },
    propose(proposal, actor) {
      const fate = made.propose(proposal, actor)
      if (fate === 'refused') counts.refusedBefore += 1
      else if (fate !== 'said') counts[COUNTED[proposal.kind]] += 1
      return fate
    },
  }
}

const COUNTED = {
  ...{
    new: 'new',
    unsure: 'unsure',
    completion: 'toComplete',
    conflict: 'conflicts',
    gone: 'gone',
    merge: 'unsure',
  },
} as const satisfies Readonly<Record<Proposal['kind'], keyof ImportCounts>>

function settle(reading: Reading, record: SourceRecord, match: Match): void {
  const { base, counts, seen, standing, epcis, named } = reading
  const own = match.kind === 'same' ? (base.actors.get(match.record) ?? record.actor) : record.actor
  const siren = base.epciOf(own)?.siren ?? null
  if (siren !== null) epcis.add(siren)
  const isTwin = match.kind !== 'unsure' && match.twinOf !== undefined
  if (isTwin) counts.twice += 1
  else if (siren !== null) named.add(siren, record.actor.fields.typologie)
  if (match.kind !== 'same' && record.actor.fields.nom === null) counts.nameless += 1
  if (match.kind === 'same') seen.set(standing.digest.place(record.key), match.record)
  if (match.kind === 'same' && match.differences.length === 0) counts.alreadyThere += 1
  for (const proposal of proposalsOf(record, match, base.shown)) reading.propose(proposal, record.actor)
}
