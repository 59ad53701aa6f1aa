import { z } from 'zod'
import { ask } from '../http.ts'
import type { Http } from '../http.ts'

const Count = z.object({ count: z.number() })

/** How many rows of a table hold something in a column. Through its id: a title may hold the signs of a `where`. */
export async function filledCount(
  http: Http,
  tableId: string,
  column: { readonly id: string; readonly uidt: string },
): Promise<number> {
  return countWhere(http, tableId, `(${column.id},${column.uidt === 'Checkbox' ? 'checked' : 'notblank'})`)
}

/** How many rows of a table a condition matches; all of them without one. */
export async function countWhere(http: Http, tableId: string, where: string | null): Promise<number> {
  const path = `/api/v2/tables/${tableId}/records/count`
  const { count } = await ask(http, { method: 'GET', path, query: where === null ? {} : { where } }, Count)
  return count
}
