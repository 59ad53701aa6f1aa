import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/app.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { openHttp } from '../../src/nocodb/http.ts'
import type { Http } from '../../src/nocodb/http.ts'
import { createBase } from '../../src/nocodb/meta-client.ts'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { readActors } from '../../src/nocodb/read-actors.ts'
import { parisDay } from '../../src/domain/days.ts'
import { actorRows } from '../demo/demo-rows.ts'
import { loadEpcis } from '../demo/load-demo.ts'
import { startNocodb } from '../local-nocodb/start-nocodb.ts'
import type { LocalNocodb } from '../local-nocodb/start-nocodb.ts'
import type { BareRead } from './bare-read.ts'
import { benchActors } from './bench-actors.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { settings, sirensOf } from './our-work.ts'
import { runJob } from './run-job.ts'
import type { Outcome, Place } from './run-job.ts'

/** A real NocoDB on PostgreSQL, started for the bench, with a provisioned base of `records` invented actors. */
export type Stage = {
  readonly records: number
  readonly base: Base
  readonly database: Database
  readonly token: string
  /** The base with the store of a finished run (`settled…`), or with an empty one. */
  place(store: string | null): Place
  /** The lean read of the table, as requests to replay. */
  bareRead(): Promise<BareRead>
  /** Runs everything on `records` actors, once more later to see what was written, and keeps base and store under `name`; answers the first run. */
  settle(name: string, records: number): Promise<Outcome>
  close(): Promise<void>
}

const log = createLog('warn')

export async function openStage(records: number, say: (text: string) => void): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-bench-'))
  await chmod(folder, 0o711) // PostgreSQL may run as another user
  const nocodb = await startNocodb({
    database: 'postgres',
    dataDir: folder,
    email: 'bench@portrea.test',
    password: 'Portrea-bench-1',
    onStep: say,
  })
  const stop = async () => {
    await nocodb.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return await furnish(nocodb, records, stop, say)
  } catch (cause) {
    await stop()
    throw cause
  }
}

async function furnish(
  nocodb: LocalNocodb,
  records: number,
  stop: () => Promise<void>,
  say: (text: string) => void,
): Promise<Stage> {
  const token = await nocodb.createToken('bench')
  const { url, dataDir } = nocodb
  const http = openHttp(url, token, settings.nocodb, log)
  const id = await createBase(http, 'Bench')
  http.close()
  const base = await openBase({ url, token, base: id }, settings.nocodb, log)
  await provision(base, desiredSchema(settings.columns, settings.rules))
  const database = await openDatabase(databaseUrl(nocodb), base)
  say(`Filling the base with ${records} invented actors…`)
  await fill(base, database, records)
  await database.keep('raw')
  const stores = new Map<string, string>()
  const place = (store: string | null): Place => ({
    ...{ url, token, base: id },
    store: store === null ? null : stores.get(store)!,
  })
  return {
    ...{ records, base, database, token, place },
    bareRead: () => requestsOf(base, token),
    async settle(name, count) {
      await database.restore('raw', count)
      const keepStore = join(dataDir, `store-${name}`)
      const outcome = await runJob({ kind: 'sync', place: place(null), keepStore })
      stores.set(name, keepStore)
      await database.age()
      const seen = await runJob({ kind: 'sync', place: place(name), keepStore })
      if (seen['cellsWritten'] !== 0)
        throw new Error(`A second run wrote ${seen['cellsWritten']} cells: it must write none.`)
      await database.keep(name)
      return outcome
    },
    async close() {
      await database.close()
      await base.close()
      await stop()
    },
  }
}

/** The database of NocoDB beside the one that is left to us. */
function databaseUrl(nocodb: LocalNocodb): string {
  const url = new URL(nocodb.databaseUrl ?? '')
  url.pathname = '/nocodb'
  return url.href
}

async function fill(base: Base, database: Database, records: number): Promise<void> {
  const today = parisDay(new Date())
  await loadEpcis({ base, settings, today, marks: { of: () => undefined, set: () => {} } })
  const epcis = new Map([...(await sirensOf(base)).of].map(([id, siren]) => [siren, id]))
  await database.insertActors(actorRows(benchActors(records, today), settings.columns, epcis))
}

/** Reads the actors once and notes the pages asked for: the bare read asks for the very same. */
async function requestsOf(base: Base, token: string): Promise<BareRead> {
  const paths: string[] = []
  const sirens = await sirensOf(base)
  const send: Http['send'] = (request) => {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(request.query ?? {})) query.set(key, String(value))
    paths.push(`${request.path}?${query.toString()}`)
    return base.http.send(request)
  }
  const noted: Base = { ...base, http: { ...base.http, send } }
  for await (const _ of readActors(noted, settings.columns, sirens));
  return { url: base.http.url, token, paths, connections: settings.nocodb.connections }
}
