import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { readSettings } from '../../src/app.ts'
import type { Columns } from '../../src/config/columns-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { columnIds } from '../../src/nocodb/provision/plan-webhooks.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { desiredWebhooks } from '../../src/nocodb/provision/desired-webhooks.ts'
import { openStore } from '../../src/store/database.ts'
import { NOW } from './portrea-base.ts'
import type { TestBase } from './portrea-base.ts'
import { HOOK_SECRET } from './live-service.ts'
import { startNocodbDouble } from './nocodb-double/double.ts'
import type { Double } from './nocodb-double/double.ts'
import { CONFIG } from './rules.ts'

const settings = readSettings(CONFIG)
const geography = loadGeography()

/** Our base on a double, with a store of its own; with webhooks where it is said where they lead. */
export type LiveDouble = Pick<TestBase, 'base' | 'dataDir' | 'parts'> & {
  readonly double: Double
  hooks(url: string): void
  close(): Promise<void>
}

export async function makeLiveDouble(columns: Columns = settings.columns): Promise<LiveDouble> {
  const { rules, webhooks } = settings
  const { tables, links } = desiredSchema(columns, rules)
  const double = await startNocodbDouble({
    tables: tables.map(({ title, columns: wanted }) => ({
      title,
      fields: wanted.map((column) => ({
        ...{ title: column.title, type: column.uidt, options: { choices: column.options } },
      })),
    })),
    links: links.filter(({ child, parent, childTitle }) => parent === childTitle && child !== 'Participants'),
  })
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-double-'))
  const store = await openStore({ dataDir })
  const log = pino({ level: 'silent' })
  const where = { url: double.url, token: double.token, base: double.baseId }
  const base = await openBase(where, { ...settings.nocodb, timeLimitSeconds: 2 }, log)
  return {
    ...{ double, base, dataDir },
    parts: {
      ...{ base, store, log, rules, columns, webhooks, geography },
      ...{ brake: settings.nocodb.brake, now: () => NOW },
    },
    hooks: (url) => setHooks(double, columns, url),
    async close() {
      await base.close()
      await double.stop()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

function setHooks(double: Double, columns: Columns, url: string): void {
  for (const desired of desiredWebhooks(columns, { url, secret: HOOK_SECRET }).hooks) {
    const table = double.table(desired.table)
    const named = table.fields.map((field) => ({ id: field.id, title: field.title }))
    const payload = { path: url, headers: [{ name: 'x-portrea-secret', value: HOOK_SECRET }] }
    double.hooks.push({
      ...{ id: `h${double.hooks.length}`, fk_model_id: table.id, event: desired.event, active: true },
      operation: [...desired.operations],
      trigger_field: desired.event === 'after',
      trigger_fields: columnIds({ columns: named } as never, desired),
      notification: JSON.stringify({ type: 'URL', payload }),
    })
  }
}
