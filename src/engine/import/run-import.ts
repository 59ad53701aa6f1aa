import type { Unreadable } from '../../config/csv-table.ts'
import { matcher } from '../../domain/import/matcher.ts'
import type { Match } from '../../domain/import/match.ts'
import { goneProposal, proposalsOf } from '../../domain/import/proposal.ts'
import type { Proposal } from '../../domain/import/proposal.ts'
import type { SourceRecord } from '../../domain/import/source-record.ts'
import { parisDay } from '../../domain/days.ts'
import { PortreaError } from '../../errors.ts'
import { assertFits, assertMayWrite } from '../../nocodb/drift.ts'
import { isOfPlace } from '../../nocodb/proposals.ts'
import type { ProposalMark } from '../../nocodb/proposals.ts'
import { alone, tryLock } from '../../store/locks.ts'
import { saveSourcePlaces } from '../../store/source-places.ts'
import { holding } from '../hold-lock.ts'
import { unlessInterrupted } from '../interrupt.ts'
import type { SyncContext } from '../sync-context.ts'
import { readImportBase } from './import-base.ts'
import type { ImportBase } from './import-base.ts'
import { kindsNamed } from './kinds-named.ts'
import type { KindsNamed } from './kinds-named.ts'
import { proposing } from './proposing.ts'
import type { Proposing } from './proposing.ts'
import { TEXTS } from './proposal-texts.ts'
import { readStanding } from './standing.ts'
import type { Standing } from './standing.ts'
import { proposalWriter } from './write-proposals.ts'
import type { ProposalWriter } from './write-proposals.ts'

/** A source, as it is read. */
export type ImportSource = {
  /** What tells it from the others, for ever: the name of its file in config/sources. */
  readonly name: string
  /** For people. */
  readonly title: string
  readonly records: AsyncIterable<SourceRecord | Unreadable>
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
type Reading = Proposing & {
  readonly source: ImportSource
  readonly base: ImportBase
  readonly standing: Standing
  readonly counts: ImportCounts
  /** By the digest of its key, the record that a place is; null: none. */
  readonly seen: Map<string, string | null>
  /** Whether the source ended before its end. */
  cut: boolean
  /** SIREN of the EPCI that the source names a place of: of the others it says nothing. */
  readonly epcis: Set<string>
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
    linked: (key) => linked.get(key) ?? linkedIn(places.get(digest.text(key))),
    refused: () => false,
    earlier: (key) => places.get(digest.text(key))?.record ?? null,
  })
  const unreadable: Unreadable[] = []
  for await (const one of source.records) {
    unlessInterrupted(signal)
    if ('reason' in one) {
      unreadable.push(one)
      if (one.cut === true) reading.cut = true
    } else {
      counts.read += 1
      seen.set(digest.text(one.key), null)
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
    ...{ gone: 0, refusedBefore: 0, twice: 0 },
  }
  const made = proposing(parts, source, { base, standing }, writer)
  return {
    ...{ ...made, source, base, standing, counts, seen: new Map() },
    ...{ cut: false, epcis: new Set<string>(), named: kindsNamed(parts) },
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
  if (match.kind === 'same') seen.set(standing.digest.text(record.key), match.record)
  if (match.kind === 'same' && match.differences.length === 0) counts.alreadyThere += 1
  for (const proposal of proposalsOf(record, match, base.shown)) reading.propose(proposal, record.actor)
}

/** Whether so much was read that what it does not name can be said to be gone: by the shares of the brake. */
function isWhole(parts: SyncContext, reading: Reading): boolean {
  const { counts, standing } = reading
  const { brake } = parts
  const before = [...standing.places.values()].filter(({ here }) => here).length
  const few = before - counts.read <= FEW || counts.read >= WHOLE * before
  return isReadable(parts, reading) && counts.read > 0 && few && counts.read >= brake.rows.keep * before
}

/**
 * How many of the places that it named before in the EPCI of which it speaks it does not name, where they are more than a
 * list loses: another list of the same name, or the same one with other identifiers, does not say that they are gone.
 */
function namesNoMore({ base, seen, standing, epcis }: Reading): number | null {
  const { digest, places, rows } = standing
  const before = new Set<string>()
  for (const [key, { record, here }] of places) {
    const actor = record === null ? undefined : base.actors.get(record)
    const siren = actor === undefined ? null : (base.epciOf(actor)?.siren ?? null)
    if (here && siren !== null && epcis.has(siren)) before.add(key)
  }
  for (const { kind, key, siren, state } of rows.values())
    if (isOfPlace(kind) && state === 'pending' && siren !== null && epcis.has(siren))
      before.add(digest.text(key))
  const lost = [...before].filter((key) => !seen.has(key)).length
  return lost > FEW && lost > (1 - WHOLE) * before.size ? lost : null
}

/** Whether it was read to its end, and few of its rows could not be. */
function isReadable({ brake }: SyncContext, { counts, cut }: Reading): boolean {
  return !cut && counts.read >= brake.records.keep * (counts.read + counts.unreadable)
}

/** A list that is kept loses few of its places from one reading to the next, or few in a hundred. */
const FEW = 10
const WHOLE = 0.8

function tellGone(reading: Reading): void {
  const { base, seen, standing, epcis } = reading
  const named = new Set(seen.values())
  for (const [key, { record }] of standing.places)
    if (!seen.has(key) && record !== null && !named.has(record)) {
      const actor = base.actors.get(record)
      const siren = actor === undefined ? null : (base.epciOf(actor)?.siren ?? null)
      // Of a list that is given a territory at a time, another part is read now.
      if (siren !== null && epcis.has(siren)) reading.propose(goneProposal(key, record), null)
    }
}

/** What the source said once, and says no more. */
function outdate({ seen, standing, moves, epcis }: Reading, whole: boolean): void {
  const { digest, places, rows, said } = standing
  const named = (mark: ProposalMark) => seen.has(mark.kind === 'gone' ? mark.key : digest.text(mark.key))
  // Of a place without EPCI, only what the reading before this one named can be said to have left.
  const wasHere = (mark: ProposalMark) => places.get(digest.text(mark.key))?.here === true
  const isTold = (mark: ProposalMark) => (mark.siren === null ? wasHere(mark) : epcis.has(mark.siren))
  for (const mark of rows.values()) {
    const open = mark.state === 'pending' || (mark.state === 'impossible' && mark.decision === null)
    if (open && !said.has(mark.code) && ((whole && isTold(mark)) || named(mark)))
      moves.set(mark, { state: 'outdated', outcome: TEXTS.noMore() })
  }
}
