import type { Logger } from 'pino'
import { z } from 'zod'
import type { CallSettings } from '../config/nocodb-file.ts'
import { PortreaError } from '../errors.ts'
import { detectCapabilities, hasForeignKeys } from './capabilities.ts'
import type { Capabilities } from './capabilities.ts'
import { answerOf } from './failures.ts'
import { ask, openHttp } from './http.ts'
import type { Http } from './http.ts'
import { readTables } from './schema.ts'
import type { Table } from './schema.ts'

/** Where the NocoDB is; `base` is an id or a title. */
export type Connection = { readonly url: string; readonly token: string; readonly base: string }

/** An open base: its tables as they were read last, and what its server can do. */
export type Base = {
  readonly id: string
  readonly title: string
  readonly http: Http
  readonly log: Logger
  readonly capabilities: Capabilities
  readonly settings: CallSettings
  readonly tables: ReadonlyMap<string, Table>
  /** The table of that title; throws SCHEMA_MISMATCH. */
  table(title: string): Table
  /** Reads the schema again, after a provision. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** Someone waits for the first answer: a wrong address must show soon. */
const FIRST_ANSWER_SECONDS = 8

/** Opens a base and asks its server what it can do. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN or SCHEMA_MISMATCH. */
export async function openBase(connection: Connection, settings: CallSettings, log: Logger): Promise<Base> {
  const http = openHttp(connection.url, connection.token, settings, log)
  try {
    const { id, title } = await findBase(
      http,
      connection.base,
      Math.min(FIRST_ANSWER_SECONDS, settings.timeLimitSeconds),
    )
    let tables = await readTables(http, id, settings.foreignKeys)
    let capabilities = await detectCapabilities(http, id, tables, settings)
    if (!capabilities.routes.v2 && !capabilities.routes.v3) throw noRoute(http.url, settings)
    let byTitle = new Map(tables.map((table) => [table.title, table]))
    return {
      id,
      title,
      http,
      log,
      settings,
      get capabilities() {
        return capabilities
      },
      get tables() {
        return byTitle
      },
      table: (wanted) => byTitle.get(wanted) ?? noTable(title, wanted, [...byTitle.keys()]),
      async refresh() {
        tables = await readTables(http, id, settings.foreignKeys)
        byTitle = new Map(tables.map((table) => [table.title, table]))
        capabilities = { ...capabilities, foreignKeys: hasForeignKeys(tables, settings) }
      },
      async close() {
        http.close()
      },
    }
  } catch (error) {
    http.close()
    throw error
  }
}

const BaseList = z.object({ list: z.array(z.object({ id: z.string(), title: z.string() })) })
const Info = z.object({ ncDefaultWorkspaceId: z.string() })
type BaseName = z.infer<typeof BaseList>['list'][number]

/** The base of this id, else of this title, among those that the token sees. Throws SCHEMA_MISMATCH. */
export async function findBase(http: Http, wanted: string, timeLimitSeconds: number): Promise<BaseName> {
  const all = await listBases(http, timeLimitSeconds)
  const byId = all.find(({ id }) => id === wanted)
  if (byId !== undefined) return byId
  const [first, second] = all.filter(({ title }) => title === wanted)
  if (first === undefined) {
    const seen = all.map(({ title, id }) => `"${title}" (${id})`).join(', ') || 'none'
    throw mismatch(
      `No base "${wanted}" for this token, which sees: ${seen}; check NOCODB_BASE, or invite its user to the base.`,
    )
  }
  if (second !== undefined) {
    throw mismatch(
      `Two bases are named "${wanted}" (${first.id}, ${second.id}); put the id of the right one in NOCODB_BASE.`,
    )
  }
  return first
}

/** v2 lists what the token's user sees; where it is gone, v3 lists the default workspace. */
async function listBases(http: Http, timeLimitSeconds: number): Promise<BaseName[]> {
  const get = (path: string) => ({ method: 'GET', path, timeLimitSeconds }) as const
  try {
    return (await ask(http, get('/api/v2/meta/bases/'), BaseList)).list
  } catch (error) {
    if (answerOf(error)?.status !== 404) throw error
  }
  const { ncDefaultWorkspaceId } = await ask(http, get('/api/v1/meta/nocodb/info'), Info).catch((error) => {
    throw answerOf(error)?.status === 404 ? notNocodb(http.url) : error
  })
  return (await ask(http, get(`/api/v3/meta/workspaces/${ncDefaultWorkspaceId}/bases`), BaseList)).list
}

function notNocodb(url: string): PortreaError {
  const message = `A server answers at ${url}, but it is no NocoDB; check NOCODB_URL.`
  return new PortreaError('NOCODB_UNAVAILABLE', message)
}

function noTable(base: string, wanted: string, seen: readonly string[]): never {
  throw mismatch(
    `Table "${wanted}" is missing from base "${base}", which has: ${seen.join(', ') || 'none'}; run provision, or name it in config/columns.yaml.`,
  )
}

function noRoute(url: string, { routes }: CallSettings): PortreaError {
  return mismatch(
    `NocoDB at ${url} answers on none of the data routes allowed (${routes.join(', ')}); allow v2 or v3 in config/nocodb.yaml.`,
  )
}

function mismatch(text: string): PortreaError {
  return new PortreaError('SCHEMA_MISMATCH', text)
}
