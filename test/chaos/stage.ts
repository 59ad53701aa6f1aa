// What the tests of whole processes stand on: a base with records, its webhooks, and the proxy before NocoDB.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TABLE_KEYS } from '../../src/columns/tables.ts'
import { writtenTitles } from '../../src/nocodb/provision/desired-schema.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store, StoreOptions } from '../../src/store/database.ts'
import { countInbox } from '../../src/store/inbox.ts'
import { isRunning, lastDoneRun } from '../../src/store/runs.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET, leftToWrite } from '../helpers/live-service.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import type { RealNocodb } from '../helpers/real-nocodb.ts'
import { startProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'
import { serve } from './serve.ts'
import type { Served } from './serve.ts'

export const API_TOKEN = 'a-token-of-the-api'

export type Stage = {
  readonly test: TestBase
  readonly epcis: readonly number[]
  readonly actors: readonly number[]
  /** API token of NocoDB. */
  readonly token: string
  readonly receiver: HookReceiver
  readonly proxy: Proxy
  /** Starts a service on this store; with the reconciliation every so many minutes. */
  serve(store: Partial<StoreOptions>): Promise<Served>
  close(): Promise<void>
}

/** Said by every record, so that a service that never saw the base knows as much of its freshness as one that did. */
export const RECENTLY = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)

const EPCIS = [
  { Nom: 'Brest Métropole', SIREN: '242900314', Population: 213_403 },
  { Nom: 'Rennes Métropole', SIREN: '243500139', Population: 470_000 },
  { Nom: 'Quimper Bretagne Occidentale', SIREN: '200068120', Population: 100_000 },
  { Nom: 'Saint-Brieuc Armor Agglomération', SIREN: '200069409', Population: 151_000 },
]

export async function openStage(nocodb: RealNocodb, title: string, records: number): Promise<Stage> {
  const receiver = await startReceiver()
  const test = await makeTestBase(nocodb, title, { target: { url: receiver.url, secret: HOOK_SECRET } })
  const epcis = await test.insert('EPCI', EPCIS)
  const key = test.base.table('Acteurs').foreignKeys.get('EPCI')!
  const rows = Array.from({ length: records }, (_, at) => ({
    ...{ Nom: `Lieu ${at}`, 'Date de mise à jour': RECENTLY },
    [key]: epcis[at % epcis.length]!,
  }))
  const actors = await test.insert('Acteurs', rows)
  const written = TABLE_KEYS.map((table) => {
    const { title: name } = settings.columns[table]
    return [test.base.table(name).id, new Set(writtenTitles(settings.columns, table))] as const
  })
  const proxy = await startProxy(nocodb.url, new Map(written))
  const folder = await mkdtemp(join(tmpdir(), 'portrea-chaos-'))
  let services = 0
  return {
    ...{ test, epcis, actors, receiver, proxy, token: nocodb.token },
    serve({ dataDir, databaseUrl }) {
      const env = {
        ...{ NOCODB_URL: proxy.url, NOCODB_TOKEN: nocodb.token, NOCODB_BASE: test.base.id },
        ...{ PORTREA_API_TOKEN: API_TOKEN, PORTREA_WEBHOOK_SECRET: HOOK_SECRET },
        PORTREA_DATA_DIR: dataDir ?? folder,
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      }
      return serve(env, join(folder, `clock-${(services += 1)}`))
    },
    async close() {
      await proxy.stop()
      await receiver.stop()
      await test.close()
    },
  }
}

/** Waits until the first whole run is done, no run is under way and nothing waits in the inbox, for a while. */
export async function quiet(store: Store, seconds = 60): Promise<void> {
  const limit = performance.now() + seconds * 1000
  for (let calm = 0; calm < 10; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const [done, running, inbox] = await Promise.all([
      lastDoneRun(store),
      isRunning(store),
      countInbox(store),
    ])
    calm = done !== null && !running && inbox.waiting === 0 ? calm + 1 : 0
    if (performance.now() > limit)
      throw new Error(`not quiet after ${seconds} s: ${JSON.stringify({ running, inbox })}`)
  }
}

/** The cells that a whole run would still write, by this store (see `leftToWrite`). */
export async function leftBy(test: TestBase, options: StoreOptions) {
  const store = await openStore(options)
  try {
    return await leftToWrite({ parts: { ...test.parts, now: () => new Date() } }, store)
  } finally {
    await store.close()
  }
}
