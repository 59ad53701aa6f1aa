import { expectedRecords, regionalRatios } from '../domain/expected-records.ts'
import { readConditions } from '../nocodb/read-conditions.ts'
import { readEpcisByIds, readDeclaredRows } from '../nocodb/read-declared-rows.ts'
import type { EpciRow, DeclaredRows } from '../nocodb/read-declared-rows.ts'
import { namedActors } from '../config/columns-file.ts'
import { assertUnmoved } from '../nocodb/drift.ts'
import type { Lease } from '../store/leases.ts'
import { forgetComputed, listComputed } from '../store/computed.ts'
import type { Computed } from '../store/computed.ts'
import { enqueueFound, FIGURES } from '../store/inbox.ts'
import { storeDigest } from '../store/digest-key.ts'
import { idsOfEpci } from '../store/records.ts'
import { forgetReports } from '../store/reports.ts'
import { dissolvedEpcis } from './dissolved-epcis.ts'
import { assessEpcis, declaredCounts, distinctEpcis } from './assess-epcis.ts'
import type { EpciCounts, EpciOutcome } from './assess-epcis.ts'
import { choicesSeen } from './choices-seen.ts'
import { changedRecords } from './changed-records.ts'
import { dayRules } from './day-rules.ts'
import { declaredInputs } from './declared-inputs.ts'
import { DECLARED, lookAtRecords } from './process-row-jobs.ts'
import type { Failures } from './process-row-jobs.ts'
import { enqueueRecords } from './enqueue-records.ts'
import { heldNow, holdFigures } from './live-brake.ts'
import { inSteps } from './in-steps.ts'
import { sumEpcis } from './epci-sums.ts'
import { keepReports } from './keep-reports.ts'
import type { LiveSync } from './live-memory.ts'
import { parisDay } from '../domain/days.ts'
import type { SyncContext } from './sync-context.ts'
import { recordView } from './record-view.ts'
import { issueLog } from './data-issues.ts'
import { prefillBasis } from './epci-prefill.ts'
import type { PrefillBasis } from './epci-prefill.ts'
import { epciWrites, writeAll } from './write-all.ts'
import { writer } from './write-plan.ts'
import type { SinkReport } from './write-plan.ts'

/**
 * Computes the figures of these EPCI from what is known of their records, as a run does, and writes what differs. Where a
 * person asks for it, or declares something new, the records that changed though nothing told of it are looked at first.
 * The EPCI whose expected records follow from the new counts go to the inbox. Throws what concerns them all.
 */
export async function processEpcis(parts: LiveSync, claims: readonly Lease[]): Promise<Failures> {
  const { base, columns, rules, geography, store, log, now } = parts
  const since = now()
  const today = parisDay(since)
  const wanted = new Map(claims.map((claim) => [claim.record, claim]))
  const afresh = new Set(claims.filter(({ event }) => event === 'trigger').map(({ record }) => record))
  const declaredRows = await declaredRowsFor(parts, wanted, afresh.size > 0)
  await holdFigures(parts, declaredRows)
  const basis = await prefillBasis(parts, declaredRows, today, wanted)
  const reported = issueLog()
  const all = distinctEpcis(declaredRows, geography, reported, dissolvedEpcis(geography))
  const epcis = new Map([...all].filter(([siren]) => wanted.has(siren)))
  const day = dayRules(parts, today, await storeDigest(store, base.http.keyed))
  const asked = [...epcis.keys()].filter((siren) => afresh.has(siren))
  const { believed } = await lookAtRecords(parts, await changedRecords(parts, day, declaredRows, asked))
  if (!believed) throw heldNow('NocoDB ne donne plus des fiches qui y étaient')
  const view = recordView(store, base.id)
  const sums = await sumEpcis({
    ...parts,
    view,
    day,
    sirens: [...epcis.keys()],
    followedIn: basis.followedIn,
  })
  const others = countsOf(parts, all, await listComputed(store, base.id), basis).filter(
    ({ siren }) => !wanted.has(siren),
  )
  await assertUnmoved(base, [
    ...namedActors(columns).map(({ title }) => title),
    ...DECLARED.map((key) => columns[key].title),
  ])
  const outcomes = await inSteps(
    assessEpcis(parts, {
      ...{ today, declaredRows, epcis, sums, others },
      ...{ basis, reported, asked: afresh, choices: await choicesSeen(store, [...epcis.values()]) },
    }),
  )
  const reports = outcomes.map(({ report }) => report)
  const { refused } = await write(parts, declaredRows, outcomes)
  const inputs = declaredInputs(declaredRows, all, { ...basis, rules: rules.fingerprint })
  await keepReports(parts, reports, { inputs, since })
  await letGo(
    parts,
    [...wanted.keys()].filter((siren) => !all.has(siren)),
  )
  await markExpected(parts, all, basis)
  const facts = { epcis: [...epcis.keys()], milliseconds: now().getTime() - since.getTime() }
  log.debug(facts, 'figures computed')
  const reasons = new Map(
    refused.flatMap(({ table, id, columns: cells, reason }) =>
      table === columns.epcis.title ? [[id, `${cells.join(', ')}: ${reason}`] as const] : [],
    ),
  )
  return new Map(
    [...epcis].flatMap(([siren, { id }]) => {
      const [claim, reason] = [wanted.get(siren), reasons.get(id)]
      return claim === undefined || reason === undefined ? [] : [[claim, reason] as const]
    }),
  )
}

/** Writes what a run writes of these EPCI. Rows that were read a moment ago and changed under the memory are read again. */
async function write(
  parts: LiveSync,
  declaredRows: DeclaredRows,
  outcomes: readonly EpciOutcome[],
): Promise<SinkReport> {
  const { base, columns, memory } = parts
  const planned = epciWrites(columns, declaredRows.conditions, outcomes)
  // Another replica may have made them since they were read.
  const there = planned.conditions.inserts.length === 0 ? null : await readConditions(base, columns)
  const writes = there === null ? planned : epciWrites(columns, there, outcomes)
  const { noteChanges, conditions } = writes
  if (noteChanges.length + conditions.inserts.length + conditions.changes.length > 0) memory.forget()
  return writeAll(parts, writer(base), writes)
}

/** What people declare, remembered from a moment ago where nobody declared anything new; the rows to write, as they are now. */
async function declaredRowsFor(
  { base, columns, geography, memory }: LiveSync,
  wanted: ReadonlyMap<string, Lease>,
  afresh: boolean,
): Promise<DeclaredRows> {
  const known = afresh ? null : memory.declaredRows()
  const here = new Set(known?.epcis.map(({ siren }) => siren))
  if (known !== null && [...wanted.keys()].every((siren) => here.has(siren))) {
    const ids = known.epcis.flatMap(({ id, siren }) => (siren !== null && wanted.has(siren) ? [id] : []))
    const rows = new Map((await readEpcisByIds(base, columns, ids)).map((row) => [row.id, row]))
    const epcis = known.epcis.map((row) => rows.get(row.id) ?? row)
    const same = ({ siren, ownName }: EpciRow, at: number) =>
      siren === known.epcis[at]?.siren && ownName === known.epcis[at]?.ownName
    if (ids.length === rows.size && epcis.every(same)) return { ...known, epcis }
  }
  const read = await readDeclaredRows(base, columns, geography)
  memory.keepDeclaredRows(read)
  return read
}

/** What is known of these EPCI, from when their figures were last computed. */
function countsOf(
  { geography }: SyncContext,
  all: ReadonlyMap<string, EpciRow>,
  computed: ReadonlyMap<string, Computed>,
  basis: PrefillBasis,
): EpciCounts[] {
  return [...all].flatMap(([siren, row]) => {
    const known = computed.get(siren)
    if (known === undefined) return []
    const { present, prefilled } = known
    return [{ ...declaredCounts(siren, row, geography, basis), present, prefilled }]
  })
}

/** EPCI that left the base: their records are looked at again, for their links went with them. */
async function letGo(parts: SyncContext, sirens: readonly string[]): Promise<void> {
  const { base, store } = parts
  const computed = await listComputed(store, base.id)
  const gone = sirens.filter((siren) => computed.has(siren))
  const ids = await Promise.all(gone.map((siren) => idsOfEpci(store, base.id, siren)))
  await enqueueRecords(parts, ids.flat())
  await forgetReports(store, gone)
  await forgetComputed(store, base.id, gone)
}

/** Once the counts are kept: the EPCI whose expected records are no longer those that the ratio gives. */
async function markExpected(
  parts: SyncContext,
  all: ReadonlyMap<string, EpciRow>,
  basis: PrefillBasis,
): Promise<void> {
  const { base, rules, store, now } = parts
  const computed = await listComputed(store, base.id)
  const counts = countsOf(parts, all, computed, basis)
  const ratioOf = regionalRatios(counts, rules.prefill)
  const known = new Set(counts.map(({ siren }) => siren))
  const stale = [
    ...[...all.keys()].filter((siren) => !known.has(siren)),
    ...counts.flatMap((one) => {
      const { expected } = expectedRecords(one, ratioOf(one.region))
      return expected === computed.get(one.siren)?.expected ? [] : [one.siren]
    }),
  ]
  const hints = stale.map((siren) => ({ base: base.id, about: FIGURES, record: siren }))
  await enqueueFound(store, hints, now())
}
