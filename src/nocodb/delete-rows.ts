import type { Base } from './base.ts'
import type { RowId } from './cells.ts'
import { isRefusal } from './failures.ts'
import { readPage } from './pages.ts'
import { chunk } from './chunk.ts'
import { keyName, idIn } from './row-key.ts'
import type { Table } from './schema.ts'
import { batchLimit, learnBatchLimit } from './send-writes.ts'

/**
 * Deletes rows, a batch at a time, and looks whether they are gone; gives those that are still there.
 * Throws NOCODB_UNAVAILABLE and NOCODB_FORBIDDEN.
 */
export async function deleteRows(base: Base, table: Table, ids: readonly RowId[]): Promise<RowId[]> {
  const left: RowId[] = []
  for (const some of chunk(ids, batchLimit(base))) {
    await deleteSome(base, table, some)
    const where = idIn(table, some)
    const { records } = await readPage(base, table, { fields: [], where, limit: some.length })
    left.push(...records.map(({ id }) => id))
  }
  return left
}

/** What a batch refuses is tried row by row: one that somebody deleted meanwhile makes NocoDB refuse the others. */
async function deleteSome(base: Base, table: Table, ids: readonly RowId[]): Promise<void> {
  const { v2 } = base.capabilities.routes
  const path = v2 ? `/api/v2/tables/${table.id}/records` : `/api/v3/data/${base.id}/${table.id}/records`
  try {
    const key = v2 ? keyName(table) : 'id'
    await base.http.send({ method: 'DELETE', path, body: ids.map((id) => ({ [key]: id })) })
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (ids.length === 1) return // the reading afterwards says whether it is there
    const size = learnBatchLimit(base, error, ids.length) ? batchLimit(base) : 1
    for (const some of chunk(ids, size)) await deleteSome(base, table, some)
  }
}
