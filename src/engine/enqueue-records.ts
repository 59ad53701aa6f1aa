import type { RecordId } from '../domain/record-id.ts'
import { actorTables, byTable } from '../nocodb/actor-tables.ts'
import { enqueueFound } from '../store/inbox.ts'
import type { SyncContext } from './sync-context.ts'

/** Has these actor records looked at again, each once. */
export async function enqueueRecords(
  { base, columns, store, now }: Pick<SyncContext, 'base' | 'columns' | 'store' | 'now'>,
  ids: Iterable<RecordId>,
): Promise<void> {
  const all = actorTables(base, columns)
  const jobs = byTable(all, new Set(ids), (id) => id).flatMap(([{ table }, own]) =>
    own.map((id) => ({ base: base.id, about: table.id, record: String(all.rowOf(id)) })),
  )
  await enqueueFound(store, jobs, now())
}
