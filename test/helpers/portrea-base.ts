import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { desiredBase, readSettings } from '../../src/app.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import type { SyncContext } from '../../src/engine/sync-context.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Base } from '../../src/nocodb/base.ts'
import type { Cell, RowId } from '../../src/nocodb/cells.ts'
import { openHttp } from '../../src/nocodb/http.ts'
import { insertRows } from '../../src/nocodb/insert-rows.ts'
import { setLinks } from '../../src/nocodb/links.ts'
import { createBase, openSdk } from '../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../src/nocodb/meta-client.ts'
import type { DesiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import type { WebhookTarget } from '../../src/nocodb/provision/desired-webhooks.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { openStore } from '../../src/store/database.ts'
import type { RealNocodb } from './real-nocodb.ts'
import { CONFIG } from './rules.ts'

/** A provisioned base on a real NocoDB with a store of its own; the caller closes it. */
export type TestBase = {
  readonly parts: SyncContext
  readonly base: Base
  readonly dataDir: string
  insert(table: string, rows: readonly Readonly<Record<string, Cell>>[]): Promise<RowId[]>
  link(table: string, title: string, pairs: readonly { id: RowId; target: RowId }[]): Promise<void>
  /** Every cell of a table as NocoDB gives it, system columns included, by row id. */
  cells(table: string): Promise<Map<RowId, Record<string, unknown>>>
  close(): Promise<void>
}

/** The day on which the tests live. */
export const NOW = new Date('2026-11-24T10:00:00Z')
export const settings = readSettings(CONFIG)
const log = pino({ level: 'silent' })
const geography = loadGeography()

/** What a test base differs by. */
type BaseOptions = {
  /** Makes what stands in the base before it is completed. */
  readonly before?: (base: string, meta: Sdk) => Promise<void>
  /** What it is completed to, all that is ours without its views by default; null: it is left as `before` made it. */
  readonly schema?: DesiredSchema | null
  /** Where its webhooks lead; none: it has none. */
  readonly target?: WebhookTarget
  /** The names of its tables and columns, where they are not those that ship. */
  readonly columns?: Columns
}

export async function makeTestBase(
  nocodb: RealNocodb,
  title: string,
  { before, schema, target, columns = settings.columns }: BaseOptions = {},
): Promise<TestBase> {
  const http = openHttp(nocodb.url, nocodb.token, settings.nocodb, log)
  const id = await createBase(http, `${title} ${process.hrtime.bigint()}`)
  await before?.(id, await openSdk(http))
  http.close()
  const base = await openBase({ url: nocodb.url, token: nocodb.token, base: id }, settings.nocodb, log)
  const wanted =
    schema === undefined
      ? { ...desiredBase({ ...settings, columns }, { target: target ?? null }), views: [] }
      : schema
  if (wanted !== null) await provision(base, wanted)
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-store-'))
  const store = await openStore({ dataDir })
  const { rules, webhooks } = settings
  return {
    parts: {
      ...{ base, store, log, rules, columns, webhooks, geography },
      ...{ brake: settings.nocodb.brake, now: () => NOW },
    },
    base,
    dataDir,
    insert: (table, rows) => insertAll(base, table, rows),
    link: async (table, link, pairs) => void (await setLinks(base, base.table(table), link, pairs)),
    cells: (table) => allCells(base, table),
    async close() {
      await store.close()
      await base.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

async function insertAll(
  base: Base,
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<RowId[]> {
  const { ids, refused } = await insertRows(base, base.table(table), rows)
  if (refused.length > 0) throw new Error(`${table}: ${refused.map(({ reason }) => reason).join('; ')}`)
  return ids.flatMap((id) => (id === null ? [] : [id]))
}

async function allCells(base: Base, table: string): Promise<Map<RowId, Record<string, unknown>>> {
  const path = `/api/v2/tables/${base.table(table).id}/records`
  const { list } = await base.http.send<{ list: Record<string, unknown>[] }>({
    method: 'GET',
    path,
    query: { limit: 1000, sort: 'Id' },
  })
  return new Map(list.map((row) => [row['Id'] as RowId, row]))
}
