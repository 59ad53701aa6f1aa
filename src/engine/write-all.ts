import type { Columns } from '../config/columns-file.ts'
import type { ConditionRow } from '../nocodb/read-conditions.ts'
import { latestHistory } from '../nocodb/read-history.ts'
import type { Cells } from '../nocodb/write-back.ts'
import type { Change } from '../nocodb/write-rows.ts'
import type { SyncContext } from './sync-context.ts'
import type { EpciOutcome } from './assess-epcis.ts'
import { planConditions } from './plan-conditions.ts'
import { planHistory } from './plan-history.ts'
import type { BaseReading } from './read-base.ts'
import type { Sink, SinkReport } from './write-plan.ts'

/** What the figures of some EPCI ask for. */
export type EpciWrites = Pick<BaseReading, 'reports' | 'epciChanges' | 'noteChanges' | 'conditions'>

/** What the outcomes of some EPCI ask for, where these are the rows of « Conditions de réussite ». */
export function epciWrites(
  columns: Columns,
  rows: readonly ConditionRow[],
  outcomes: readonly EpciOutcome[],
): EpciWrites {
  const reports = outcomes.map(({ report }) => report)
  return {
    reports,
    epciChanges: outcomes.flatMap(({ change }) => change ?? []),
    noteChanges: outcomes.flatMap(({ notes }) => notes),
    conditions: planConditions(columns, rows, reports),
  }
}

/** Writes what they ask for, and the history that follows. A run that fails ends when nothing of it is under way any more. */
export async function writeAll(parts: SyncContext, sink: Sink, read: EpciWrites): Promise<SinkReport> {
  const { columns } = parts
  try {
    await sink.take(columns.epcis.title, read.epciChanges)
    await sink.take(columns.diagnostics.title, read.noteChanges)
    sink.begin()
    await takePlan(sink, columns.conditions.title, read.conditions)
    await takePlan(sink, columns.history.title, planHistory(columns, await latest(parts, read), read.reports))
    return await sink.end()
  } catch (cause) {
    await sink.settled()
    throw cause
  }
}

async function takePlan(
  sink: Sink,
  table: string,
  { changes, inserts }: { readonly changes: readonly Change[]; readonly inserts: readonly Cells[] },
): Promise<void> {
  await sink.take(table, changes)
  if (inserts.length > 0) await sink.add(table, inserts)
}

function latest({ base, columns }: SyncContext, { reports }: Pick<EpciWrites, 'reports'>) {
  return latestHistory(
    base,
    columns,
    reports.map(({ siren }) => siren),
  )
}
