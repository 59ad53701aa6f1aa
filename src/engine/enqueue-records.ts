import type { RowId } from '../nocodb/cells.ts'
import { enqueueFound } from '../store/inbox.ts'
import type { SyncContext } from './sync-context.ts'

/** Has these actor records looked at again, each once. */
export async function enqueueRecords(
  { base, columns, store, now }: Pick<SyncContext, 'base' | 'columns' | 'store' | 'now'>,
  ids: Iterable<RowId>,
): Promise<void> {
  const about = base.table(columns.actors.title).id
  const jobs = [...new Set(ids)].map((id) => ({ base: base.id, about, record: String(id) }))
  await enqueueFound(store, jobs, now())
}
