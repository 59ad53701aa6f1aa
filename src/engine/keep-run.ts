import type { EpciReport } from '../domain/epci-report.ts'
import { actorTables } from '../nocodb/actor-tables.ts'
import { saveHeld, saveSeen } from '../store/brake.ts'
import { forgetComputed, listComputed } from '../store/computed.ts'
import type { Store } from '../store/database.ts'
import { forgetElsewhere } from '../store/inbox.ts'
import { rememberLinked } from '../store/records.ts'
import { forgetOtherReports } from '../store/reports.ts'
import type { Verdict } from './brake.ts'
import { keepSeenAll } from './epci-links.ts'
import { keepReports } from './keep-reports.ts'
import type { SyncContext } from './sync-context.ts'
import type { BaseReading } from './read-base.ts'
import { keepWatermark } from './reconcile.ts'
import { keepWhole } from './whole-due.ts'
import type { SinkReport } from './write-plan.ts'

type Kept = {
  readonly read: BaseReading
  readonly done: Pick<SinkReport, 'filled'>
  readonly startedAt: Date
  /** Whether it did the whole job, or only some EPCI. */
  readonly whole: boolean
  /** Whether every record was read. */
  readonly allRecords: boolean
  readonly released: Verdict['released']
}

/** Keeps what a run that wrote has found. What a person accepted stands once all of it was written, not some EPCI. */
export async function keepRun(
  parts: SyncContext,
  { read, done, startedAt, whole, allRecords, released }: Kept,
): Promise<void> {
  const { store, base } = parts
  const { tables } = actorTables(base, parts.columns)
  const linked = done.filled.flatMap(
    ({ table, id }) => tables.find(({ title }) => title === table)?.idOf(id) ?? [],
  )
  await rememberLinked(store, base.id, linked)
  await keepReports(parts, read.reports, { inputs: read.inputs, since: startedAt })
  if (whole) {
    await forgetOthers(store, base.id, read.reports)
    await keepWatermark(parts, read.records.newest, startedAt)
    await saveSeen(store, base.id, read.counts)
    await keepSeenAll(parts, startedAt)
    if (allRecords) await keepWhole(parts, startedAt)
  } else if (released === 'mended') await saveHeld(store, base.id, null)
}

async function forgetOthers(store: Store, base: string, reports: readonly EpciReport[]): Promise<void> {
  const sirens = reports.map(({ siren }) => siren)
  await forgetOtherReports(store, sirens)
  const kept = new Set(sirens)
  const gone = [...(await listComputed(store, base)).keys()].filter((siren) => !kept.has(siren))
  await forgetComputed(store, base, gone)
  await forgetElsewhere(store, base)
}
