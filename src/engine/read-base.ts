import type { Columns } from '../config/columns-file.ts'
import { parisDay } from '../domain/days.ts'
import type { BaseCounts } from '../domain/brake.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { assertFits, movedMeanwhile, renamedText } from '../nocodb/drift.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import type { ActorTables } from '../nocodb/actor-tables.ts'
import { HUMAN_KEYS } from '../nocodb/actor-rows.ts'
import { sirensOf } from '../nocodb/epci-identity.ts'
import { participantsWithoutDay, readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { DeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { Change } from '../nocodb/write-rows.ts'
import { storeDigest } from '../store/digest-key.ts'
import { allEnded } from './all-ended.ts'
import { assessEpcis, distinctEpcis } from './assess-epcis.ts'
import { judging } from './assess-records.ts'
import type { RecordIssue } from './assess-records.ts'
import { declaredRowCounts, ofEveryTable } from './base-counts.ts'
import { choicesSeen } from './choices-seen.ts'
import { dayRules } from './day-rules.ts'
import { declaredInputs } from './declared-inputs.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { epciLinks, linkMeans } from './epci-links.ts'
import { sumAgain, sumEpcis } from './epci-sums.ts'
import { NOTHING_UNCOUNTED, uncountedChanges } from './faulty-rows.ts'
import type { Gate, ReadingAgain } from './gate.ts'
import { inSteps } from './in-steps.ts'
import type { SyncContext } from './sync-context.ts'
import type { ConditionsPlan } from './plan-conditions.ts'
import { readAllRecords, readChangedRecords } from './read-records.ts'
import type { ReadRecords } from './read-records.ts'
import { recordView, withRecordView } from './record-view.ts'
import type { RecordView } from './record-view.ts'
import { issueLog } from './data-issues.ts'
import type { DataIssue } from './data-issues.ts'
import { strayConditions } from './epci-conditions.ts'
import { prefillBasis } from './epci-prefill.ts'
import { wholeDue } from './whole-due.ts'
import { epciWrites } from './write-all.ts'

/** What a reading of the base found; nothing has been written to NocoDB but what the gate let through. */
export type BaseReading = {
  readonly records: ReadRecords
  readonly epcis: number
  /** What of the base was there. */
  readonly counts: BaseCounts
  readonly reports: readonly EpciReport[]
  /** Of each EPCI, the fingerprint of what people declared of it. */
  readonly inputs: ReadonlyMap<string, string>
  readonly epciChanges: readonly Change[]
  readonly noteChanges: readonly Change[]
  readonly conditions: ConditionsPlan
  /** What was found odd. */
  readonly reported: readonly DataIssue[]
  /** What the gate needs to open. */
  readonly again: ReadingAgain
}

type ReadOptions = {
  /** SIREN whose EPCI may be written (null: all); everything is read all the same. */
  readonly epcis: readonly string[] | null
  /** Whether rows of an EPCI may be written; null: of none. */
  readonly written: (siren: string | null) => boolean
  readonly view: RecordView
  /** Whether every record is read, or those that changed. */
  readonly whole: boolean
  /** Where goes what the actors ask for. */
  readonly gate: Pick<Gate, 'take' | 'late'>
  readonly onPage?: (actors: number) => Promise<void> | void
  /** Whether the store learns nothing of the records of this base until this reading has ended. */
  readonly alone: boolean
  /** Whether the base changed its form while it was read. */
  readonly isMoved: () => Promise<boolean>
}

/** Reads the base once, and assesses every EPCI. Throws SCHEMA_MISMATCH where its form changed meanwhile. */
export async function readBase(parts: SyncContext, options: ReadOptions): Promise<BaseReading> {
  const { base, columns, rules, geography, store, now } = parts
  assertFits(base)
  const { view, written, gate } = options
  const today = parisDay(now())
  const all = actorTables(base, columns)
  const reported = issueLog(all)
  for (const one of base.renamed) reported.add('schema.renamed', 0, renamedText(one))
  const wanted = options.epcis === null ? null : new Set(options.epcis)
  const [declaredRows, day, means] = await Promise.all([
    readDeclaredRows(base, columns, geography),
    storeDigest(store, base.http.keyed).then((digest) => dayRules(parts, today, digest)),
    linkMeans(parts),
  ])
  const sirens = sirensOf(declaredRows.epcis)
  const judge = judging(parts, day, sirens, epciLinks({ ...means, sirens }))
  const read = options.whole ? readAllRecords : readChangedRecords
  const onPage = options.onPage ?? (() => undefined)
  const basis = await prefillBasis(parts, declaredRows, today)
  const quiet = distinctEpcis(declaredRows, geography, issueLog(), dissolvedEpcis(geography))
  // NocoDB is what takes time: while it answers, EPCI are summed as the store knows them, and most of them stand.
  // Not where the store learns meanwhile, from this reading or from live work beside: what has moved is told of what waits.
  const summing = { ...parts, day, sirens: [...quiet.keys()], followedIn: basis.followedIn }
  const [records, early, withoutDay] = await allEnded([
    read({ ...parts, view, judging: judge, sirens, written, gate, onPage }),
    options.whole || !options.alone ? null : sumEpcis({ ...summing, view: recordView(store, base.id) }),
    participantsWithoutDay(base, columns),
  ])
  const sums = await sumAgain({ ...summing, view }, early)
  const dissolved = dissolvedEpcis(geography, (siren) => sums.get(siren)?.insee ?? [])
  const epcis = distinctEpcis(declaredRows, geography, reported, dissolved)
  for (const id of records.differing ?? []) reported.addRecord('actor.differs', id)
  for await (const { id, issues } of view.issues())
    for (const code of issues) reported.addRecord(code as RecordIssue, id)
  for (const id of await view.crowds(rules.duplicates.crowd)) reported.addRecord('duplicates.crowd', id)
  const found = {
    ...{ today, declaredRows, epcis, sums, others: [], basis, reported },
    choices: await choicesSeen(store, declaredRows.epcis),
    asked: new Set<string>(),
  }
  const [outcomes, moved] = await allEnded([inSteps(assessEpcis(parts, found)), options.isMoved()])
  if (moved) throw movedMeanwhile(base)
  const kept = outcomes.filter(({ report }) => wanted === null || wanted.has(report.siren))
  const writes = epciWrites(columns, declaredRows.conditions, kept)
  for (const id of withoutDay) reported.add('participant.no_day', id)
  for (const { id } of strayConditions(declaredRows.conditions, rules))
    reported.add('condition.unknown_code', id)
  const uncounted = wanted === null ? uncountedChanges(columns, declaredRows) : NOTHING_UNCOUNTED
  return {
    records,
    epcis: kept.length,
    counts: await countsOf(columns, all, view, declaredRows),
    ...writes,
    inputs: declaredInputs(declaredRows, epcis, { ...basis, rules: rules.fingerprint }),
    epciChanges: [...writes.epciChanges, ...uncounted.rows],
    noteChanges: [...writes.noteChanges, ...uncounted.notes],
    reported: reported.all(),
    again: { judging: judge, sirens, written, withPairs: !options.whole },
  }
}

/** What of every table was there. */
async function countsOf(
  columns: Columns,
  all: ActorTables,
  view: RecordView,
  declaredRows: DeclaredRows,
): Promise<BaseCounts> {
  const records = ofEveryTable(all, await view.counts(HUMAN_KEYS))
  return { ...records, ...declaredRowCounts(columns, declaredRows) }
}

/** Whether rows of an EPCI may be written, where only these may (null: all). */
export function writable(epcis: readonly string[] | null): (siren: string | null) => boolean {
  const wanted = epcis === null ? null : new Set(epcis)
  return (siren) => wanted === null || (siren !== null && wanted.has(siren))
}

/** Reads it for whoever wants to know: nothing is written, and the store learns nothing. */
export async function readOnly(parts: SyncContext): Promise<BaseReading> {
  const whole = await wholeDue(parts)
  const gate = { take: async () => undefined, late: async () => undefined }
  return withRecordView(parts, (view) =>
    readBase(parts, {
      epcis: null,
      written: () => false,
      view,
      whole,
      gate,
      alone: false,
      isMoved: async () => false,
    }),
  )
}
