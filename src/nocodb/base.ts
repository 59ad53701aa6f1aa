import type { Logger } from 'pino'
import type { Capabilities } from './capabilities.ts'
import type { Http } from './http.ts'
import type { Table } from './schema.ts'

/** Where the NocoDB is; `base` is an id or a title. */
export type Connection = { readonly url: string; readonly token: string; readonly base: string }

export type Route = 'v1' | 'v2' | 'v3'

/** config/nocodb.yaml: what we let ourselves do with this server. */
export type NocodbSettings = {
  readonly routes: readonly Route[]
  readonly foreignKeys: boolean
  readonly connections: number
  readonly pageSize: number
  readonly timeLimitSeconds: number
}

/** An open base: its tables as they were read last, and what its server can do. */
export type Base = {
  readonly id: string
  readonly title: string
  readonly http: Http
  readonly log: Logger
  readonly capabilities: Capabilities
  readonly settings: NocodbSettings
  readonly tables: ReadonlyMap<string, Table>
  /** The table of that title; throws SCHEMA_MISMATCH. */
  table(title: string): Table
  /** Reads the schema again, after a provision. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** Opens a base and asks its server what it can do. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN or SCHEMA_MISMATCH. */
export async function openBase(
  _connection: Connection,
  _settings: NocodbSettings,
  _log: Logger,
): Promise<Base> {
  throw new Error('on its way')
}
