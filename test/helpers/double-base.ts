import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach } from 'vitest'
import { readSettings } from '../../src/app.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { openStore } from '../../src/store/database.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import type { SyncOptions } from '../../src/sync/run-sync.ts'
import { startNocodbDouble } from './nocodb-double/double.ts'
import type { Values } from './nocodb-double/store.ts'
import { CONFIG } from './rules.ts'

export const settings = readSettings(CONFIG)
export const geography = loadGeography()
const log = pino({ level: 'silent' })
/** A whole synchronisation. */
export const all: SyncOptions = { trigger: 'command', dryRun: false, epcis: null }
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A base on a double: the rows of each table, columns of another type than ours, tables that are missing. */
export async function strangeBase(
  rows: Readonly<Record<string, readonly Values[]>>,
  {
    types = {},
    without = [],
  }: { types?: Readonly<Record<string, string>>; without?: readonly string[] } = {},
) {
  const { tables, links } = desiredSchema(settings.columns, settings.rules.completeness)
  const double = await startNocodbDouble({
    tables: tables
      .filter(({ title }) => !without.includes(title))
      .map(({ title, columns }) => ({
        title,
        rows: rows[title] ?? [],
        fields: columns.map((column) => ({
          title: column.title,
          type: types[`${title}.${column.title}`] ?? column.uidt,
          options: { choices: column.options },
        })),
      })),
    links: links.filter(({ parent, childTitle }) => parent === childTitle),
  })
  closing.push(() => double.stop())
  const folder = await mkdtemp(join(tmpdir(), 'portrea-strange-'))
  closing.push(() => rm(folder, { recursive: true }))
  const store = await openStore({ dataDir: folder })
  closing.push(() => store.close())
  const base = await openBase(
    { url: double.url, token: double.token, base: double.baseId },
    settings.nocodb,
    log,
  )
  closing.push(() => base.close())
  const { rules, columns } = settings
  const now = () => new Date('2026-11-24T10:00:00Z')
  return {
    double,
    sync: (options = all) => runSync({ base, store, log, rules, columns, geography, now }, options),
  }
}
