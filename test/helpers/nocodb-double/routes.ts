// Which path does what; null: no such route.
import type { Answer, Call } from './answers.ts'
import { say } from './answers.ts'
import type { Double, Route } from './double.ts'
import { createHook, listHooks, testHook, triggerHook, updateHook } from './hooks.ts'
import { changeLinks, getLinks } from './links.ts'
import {
  bases,
  createBase,
  createColumn,
  createField,
  createTable,
  deleteColumn,
  deleteTable,
  info,
  me,
  tables,
  tableV2,
  tableV3,
  updateColumn,
  updateTable,
} from './meta.ts'
import { count, listV2, listV3 } from './reads.ts'
import type { DoubleTable } from './store.ts'
import { deleteV2, insertV2, insertV3, updateAll, updateV2, updateV3 } from './writes.ts'

type TableRoute = (double: Double, table: DoubleTable, call: Call) => Answer | Promise<Answer>
type Entry = {
  readonly route?: Route
  readonly pattern: RegExp
  readonly does: (double: Double, call: Call, parts: string[]) => Answer | Promise<Answer>
}

export function answer(double: Double, call: Call): Answer | Promise<Answer> | null {
  const asked = `${call.method} ${call.path}`
  for (const { route, pattern, does } of ROUTES) {
    const parts = pattern.exec(asked)
    if (parts === null) continue
    return route !== undefined && double.missing.includes(route) ? null : does(double, call, parts.slice(1))
  }
  return null
}

const ID = '([a-z0-9]+)'
const on = (pattern: string, does: Entry['does'], route?: Route): Entry => ({
  pattern: new RegExp(`^${pattern}$`),
  does,
  ...(route === undefined ? {} : { route }),
})
/** v2 says 404 to an unknown table, v3 says 422. */
const onTable = (pattern: string, does: TableRoute, route: Route | undefined, unknown: 404 | 422): Entry =>
  on(
    pattern,
    (double, call, [id = '']) => {
      const table = double.tableById(id)
      if (table !== undefined) return does(double, table, call)
      return say({ error: 'ERR_TABLE_NOT_FOUND', message: `Table '${id}' not found` }, unknown)
    },
    route,
  )
const onLinks = (pattern: string, route: 'v2' | 'v3', change: boolean): Entry =>
  on(
    pattern,
    (double, call, [id = '', fieldId = '', record = '']) => {
      const table = double.tableById(id)
      const field = table?.field(fieldId)
      if (table === undefined || field?.related === undefined)
        return say({ error: 'ERR_FIELD_NOT_FOUND', message: 'Field not found' }, 404)
      return (change ? changeLinks : getLinks)(double, table, field, Number(record), call, route === 'v2')
    },
    route,
  )
const empty = () => say({ list: [] })

const DATA_V3 = '/api/v3/data/[a-z0-9]+'
const META_V3 = '/api/v3/meta/bases/[a-z0-9]+/tables'
const ROUTES: readonly Entry[] = [
  on('GET /api/v1/meta/nocodb/info', info),
  on('GET /api/v2/meta/bases/', bases, 'v2meta'),
  on(`GET /api/v3/meta/workspaces/${ID}/bases`, bases),
  on(`POST /api/v3/meta/workspaces/${ID}/bases`, createBase),
  on(`GET ${META_V3}`, tables),
  on(`POST ${META_V3}`, createTable),
  onTable(`GET ${META_V3}/${ID}`, tableV3, undefined, 422),
  onTable(`POST ${META_V3}/${ID}/fields`, createField, undefined, 422),
  onTable(`GET /api/v2/meta/tables/${ID}`, tableV2, 'v2meta', 404),
  onTable(`PATCH /api/v2/meta/tables/${ID}`, updateTable, 'v2meta', 404),
  onTable(`DELETE /api/v2/meta/tables/${ID}`, deleteTable, 'v2meta', 404),
  onTable(`POST /api/v2/meta/tables/${ID}/columns`, createColumn, 'v2meta', 404),
  on(`PATCH /api/v2/meta/columns/${ID}`, updateColumn, 'v2meta'),
  on(`DELETE /api/v2/meta/columns/${ID}`, deleteColumn, 'v2meta'),
  on('GET /api/v1/auth/user/me', me),
  onTable(`GET /api/v2/meta/tables/${ID}/views`, empty, 'v2meta', 404),
  onTable(`GET /api/v2/meta/tables/${ID}/hooks`, listHooks, 'v2meta', 404),
  onTable(`POST /api/v2/meta/tables/${ID}/hooks`, createHook, 'v2meta', 404),
  onTable(`POST /api/v2/meta/tables/${ID}/hooks/test`, testHook, 'v2meta', 404),
  on(`PATCH /api/v2/meta/hooks/${ID}`, updateHook, 'v2meta'),
  on(`POST /api/v2/meta/hooks/${ID}/trigger/(\\d+)`, triggerHook, 'v2meta'),
  on('GET /api/v2/meta/bases/[a-z0-9]+/api-tokens', empty, 'v2meta'),
  onTable(`PATCH /api/v1/db/data/bulk/noco/[a-z0-9]+/${ID}/all`, updateAll, 'v1', 404),
  onTable(`GET /api/v2/tables/${ID}/records`, listV2, 'v2', 404),
  onTable(`PATCH /api/v2/tables/${ID}/records`, updateV2, 'v2', 404),
  onTable(`POST /api/v2/tables/${ID}/records`, insertV2, 'v2', 404),
  onTable(`DELETE /api/v2/tables/${ID}/records`, deleteV2, 'v2', 404),
  onTable(`GET /api/v2/tables/${ID}/records/count`, count, 'v2', 404),
  onLinks(`GET /api/v2/tables/${ID}/links/${ID}/records/(\\d+)`, 'v2', false),
  onLinks(`(?:POST|DELETE) /api/v2/tables/${ID}/links/${ID}/records/(\\d+)`, 'v2', true),
  onTable(`GET ${DATA_V3}/${ID}/records`, listV3, 'v3', 422),
  onTable(`PATCH ${DATA_V3}/${ID}/records`, updateV3, 'v3', 422),
  onTable(`POST ${DATA_V3}/${ID}/records`, insertV3, 'v3', 422),
  onTable(`GET ${DATA_V3}/${ID}/count`, count, 'v3', 422),
  onLinks(`GET ${DATA_V3}/${ID}/links/${ID}/(\\d+)`, 'v3', false),
  onLinks(`(?:POST|DELETE) ${DATA_V3}/${ID}/links/${ID}/(\\d+)`, 'v3', true),
]
