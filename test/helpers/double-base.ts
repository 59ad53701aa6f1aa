import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { desiredBase, readSettings } from '../../src/app.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { openStore } from '../../src/store/database.ts'
import type { SyncContext } from '../../src/engine/sync-context.ts'
import { namesKnownTo } from '../../src/engine/known-base.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncOptions, SyncResult } from '../../src/engine/run-sync.ts'
import type { Double } from './nocodb-double/double.ts'
import type { Values } from './nocodb-double/store.ts'
import { portreaDouble } from './portrea-double.ts'
import { CONFIG } from './rules.ts'

/** The files of config/ as they ship. */
export const settings = readSettings(CONFIG)
export const geography = loadGeography()
/** A run of the whole job by a command. */
export const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }

const log = pino({ level: 'silent' })

/** A base on a double of NocoDB with a store of its own; closed and removed after the test. */
export type DoubleBase = {
  readonly double: Double
  readonly parts: SyncContext
  sync(options?: SyncOptions, changes?: Partial<SyncContext>): Promise<SyncResult>
}

/** The rows of each table, columns of another type than ours, tables that are missing. */
export async function doubleBase(
  rows: Readonly<Record<string, readonly Values[]>>,
  options: Parameters<typeof portreaDouble>[1] = {},
): Promise<DoubleBase> {
  const { columns = settings.columns } = options
  const double = await portreaDouble(rows, options)
  onTestFinished(() => double.stop())
  const folder = await mkdtemp(join(tmpdir(), 'portrea-double-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const store = await openStore({ dataDir: folder })
  onTestFinished(() => store.close())
  const base = await openBase(
    { url: double.url, token: double.token, base: double.baseId },
    settings.nocodb,
    log,
    namesKnownTo(store, desiredBase({ ...settings, columns })),
  )
  onTestFinished(() => base.close())
  const { rules, webhooks } = settings
  const now = () => new Date('2026-11-24T10:00:00Z')
  const { brake } = settings.nocodb
  const parts: SyncContext = { base, store, log, rules, columns, webhooks, brake, geography, now }
  return { double, parts, sync: (options = all, changes = {}) => runSync({ ...parts, ...changes }, options) }
}
