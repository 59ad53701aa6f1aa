import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { desiredBase } from '../../src/app.ts'
import { readColumns } from '../../src/config/columns-file.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { openHttp } from '../../src/nocodb/http.ts'
import type { Http } from '../../src/nocodb/http.ts'
import { openSdk } from '../../src/nocodb/meta-client.ts'
import type { Sdk } from '../../src/nocodb/meta-client.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { cli } from '../helpers/cli.ts'
import { NOW, settings } from '../helpers/portrea-base.ts'
import type { RealNocodb } from '../helpers/real-nocodb.ts'
import { CONFIG } from '../helpers/rules.ts'
import type { OwnBase } from './bases.ts'
import { makeBase, whatTheyOwn } from './make-base.ts'

const log = pino({ level: 'silent' })
const everything = { trigger: 'command', dryRun: false, epcis: null } as const

/** A base of theirs, a folder of configuration of its own, and the commands on both. */
export async function stage(nocodb: RealNocodb, own: OwnBase) {
  const http: Http = openHttp(nocodb.url, nocodb.token, settings.nocodb, log)
  const meta: Sdk = await openSdk(http)
  const id = await makeBase(http, meta, own)
  const config = mkdtempSync(join(tmpdir(), 'portrea-adopt-'))
  cpSync(CONFIG, config, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'portrea-store-'))
  const base: Base = await openBase({ url: nocodb.url, token: nocodb.token, base: id }, settings.nocodb, log)
  const store: Store = await openStore({ dataDir })
  return {
    ...{ meta, id, config, base, store },
    owned: () => whatTheyOwn(meta, id, own),
    portrea: (...args: string[]) =>
      cli(args, {
        ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: id, LOG_LEVEL: 'trace' },
        ...{ PORTREA_CONFIG_DIR: config, PORTREA_DATA_DIR: dataDir },
      }),
    desired: () => desiredBase({ ...settings, columns: readColumns(config) }),
    sync: () =>
      runSync(
        {
          ...{ base, store, log, rules: settings.rules, columns: readColumns(config) },
          ...{ geography: loadGeography(), webhooks: settings.webhooks, now: () => NOW },
          brake: settings.nocodb.brake,
        },
        everything,
      ),
    async close() {
      await store.close()
      await base.close()
      await meta.base.delete(id)
      http.close()
      for (const folder of [config, dataDir]) rmSync(folder, { recursive: true })
    },
  }
}

export type Owned = Awaited<ReturnType<typeof whatTheyOwn>>

/** What people own now, without the choices added since `before` to their selects. */
export function withoutAddedChoices(now: Owned, before: Owned): Owned {
  return now.map((table, at) => ({
    ...table,
    columns: table.columns.map((column: { options?: string[] }, index: number) => ({
      ...column,
      ...(column.options === undefined
        ? {}
        : { options: column.options.slice(0, before[at]!.columns[index].options.length) }),
    })),
  }))
}
