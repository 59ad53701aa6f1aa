import type { CallSettings } from '../config/nocodb-file.ts'
import type { RowId } from './cells.ts'
import { answerOf } from './failures.ts'
import type { Http, Request } from './http.ts'
import { keyName, MADE_BY_NOCODB, rowKey } from './row-key.ts'
import type { Table } from './schema.ts'

/** What this server can do: asked once when the base is opened, printed by `doctor`. */
export type Capabilities = {
  readonly version: string | null
  readonly edition: 'community' | 'enterprise' | null
  /** Data routes that answer and that config/nocodb.yaml allows. */
  readonly routes: { readonly v1: boolean; readonly v2: boolean; readonly v3: boolean }
  /** Rows in one page of a reading. */
  readonly pageSize: number
  /** Rows in one writing. The server does not tell: the first refusal does (learnBatchLimit). */
  readonly batch: { v1: number; v2: number; v3: number }
  readonly foreignKeys: boolean
  /** Routes of the v2 meta that have no v3: views, webhooks, tokens. */
  readonly metaViews: boolean
  readonly metaHooks: boolean
  readonly metaTokens: boolean
}

/** An id that no table has: the refusal it earns tells a route that is there from one that is not. */
const NO_TABLE = 'mxxxxxxxxxxxxxx'
/** No row has it, so nothing can be written by a probe. */
const NO_ROW: RowId = 0

/** Asks the server what it can do, with reads and with one write that matches no row. */
export async function detectCapabilities(
  http: Http,
  baseId: string,
  tables: readonly Table[],
  settings: CallSettings,
): Promise<Capabilities> {
  const table = tables.find((one) => rowKey(one) !== null)
  const tableId = table?.id ?? NO_TABLE
  const key = table === undefined ? MADE_BY_NOCODB.id : keyName(table)
  const allowed = (route: 'v1' | 'v2' | 'v3') => settings.routes.includes(route)
  const get = (path: string) => isThere(http, { method: 'GET', path })
  const [info, v1, page, v3, metaViews, metaHooks, metaTokens] = await Promise.all([
    serverInfo(http),
    allowed('v1') && bulkUpdateAll(http, baseId, tableId, key),
    allowed('v2') ? v2Page(http, tableId, key, settings.pageSize) : null,
    allowed('v3') && get(`/api/v3/data/${baseId}/${tableId}/count`),
    get(`/api/v2/meta/tables/${tableId}/views`),
    get(`/api/v2/meta/tables/${tableId}/hooks`),
    get(`/api/v2/meta/bases/${baseId}/api-tokens`),
  ])
  return {
    ...info,
    routes: { v1, v2: page !== null, v3 },
    pageSize: page ?? settings.pageSize,
    batch: { v1: 300, v2: 100, v3: 10 },
    foreignKeys: hasForeignKeys(tables, settings),
    metaViews,
    metaHooks,
    metaTokens,
  }
}

/** True too where there is no link yet: nothing says then that the server has none. */
export function hasForeignKeys(tables: readonly Table[], settings: CallSettings): boolean {
  const links = tables.flatMap(({ columns }) => [...columns.values()].filter(({ kind }) => kind === 'link'))
  return (
    settings.foreignKeys && (links.length === 0 || tables.some(({ foreignKeys }) => foreignKeys.size > 0))
  )
}

async function serverInfo(http: Http): Promise<Pick<Capabilities, 'version' | 'edition'>> {
  try {
    const info = await http.send<{ version?: unknown; ee?: unknown }>({
      method: 'GET',
      path: '/api/v1/meta/nocodb/info',
    })
    return {
      version: typeof info.version === 'string' ? info.version : null,
      edition: typeof info.ee === 'boolean' ? (info.ee ? 'enterprise' : 'community') : null,
    }
  } catch (error) {
    // A server that no longer tells its version is used all the same: what counts is what it can do.
    if (answerOf(error) === null) throw error
    return { version: null, edition: null }
  }
}

function noRow(key: string): string {
  return `(${key},in,${NO_ROW})`
}

/** v1 writes to every row when it does not understand `where`: trusted only when it says that it matched none. */
async function bulkUpdateAll(http: Http, baseId: string, tableId: string, key: string): Promise<boolean> {
  const path = `/api/v1/db/data/bulk/noco/${baseId}/${tableId}/all`
  try {
    return (await http.send<unknown>({ method: 'PATCH', path, query: { where: noRow(key) }, body: {} })) === 0
  } catch (error) {
    return tableId === NO_TABLE && says(error)
  }
}

/** The page that v2 gives when asked for ours, which may be less (DB_QUERY_LIMIT_MAX); null where v2 is gone. */
async function v2Page(http: Http, tableId: string, key: string, wanted: number): Promise<number | null> {
  const path = `/api/v2/tables/${tableId}/records`
  try {
    const query = { fields: key, where: noRow(key), limit: wanted }
    const { pageInfo } = await http.send<{ pageInfo?: { pageSize?: number } }>({ method: 'GET', path, query })
    return pageInfo?.pageSize ?? wanted
  } catch (error) {
    return says(error) ? wanted : null
  }
}

async function isThere(http: Http, request: Request): Promise<boolean> {
  try {
    await http.send(request)
    return true
  } catch (error) {
    return says(error)
  }
}

/** Whether a failed call was answered by the route itself (it knows no such table, or forbids it); throws when nothing answered. */
function says(error: unknown): boolean {
  const answer = answerOf(error)
  if (answer === null) throw error
  if (answer.status === 401) throw error
  if (answer.status !== 404) return answer.status < 500
  return answer.errorCode?.startsWith('ERR_') === true
}
