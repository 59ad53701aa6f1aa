// The process that holds a local NocoDB and its PostgreSQL: started by start-nocodb.ts, which tells it
// what to do by messages. It ends with its parent, however that one ends.
import { ftruncateSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { withLock } from '../lock.mjs'
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'
import { postgresPlace } from './server-settings.ts'
import type { ServerNews, ServerSettings } from './server-settings.ts'

process.once('message', (settings: ServerSettings) => {
  hold(settings).then(
    () => process.exit(0),
    (error: Error) => {
      console.error(error)
      tell({ failed: error.message })
      process.exit(1)
    },
  )
})

async function hold(settings: ServerSettings): Promise<void> {
  const stop = asked()
  let tired: NodeJS.Timeout | undefined
  const inUse = new Promise<never>((_, reject) => {
    tired = setTimeout(
      () => reject(new Error(`Another NocoDB uses ${settings.folder}: stop it first.`)),
      10_000,
    )
  })
  const held = withLock(join(settings.folder, 'in-use.lock'), () => {
    clearTimeout(tired)
    ftruncateSync(process.stdout.fd) // the log of this start only
    return serve(settings, stop)
  })
  await Promise.race([held, inUse])
  if (settings.disposable) await rm(settings.folder, { recursive: true, force: true })
}

async function serve(settings: ServerSettings, stop: Promise<unknown>): Promise<void> {
  const postgres = settings.postgres
    ? await startPostgres(
        { ...postgresPlace(settings), ...settings.postgres, durable: !settings.disposable },
        ['nocodb', 'portrea'],
      )
    : null
  try {
    // Asked to stop meanwhile? NocoDB cannot be stopped halfway: it ends as soon as it has started.
    const server = await startServer(settings, postgres)
    tell({ ready: { databaseUrl: postgres?.url('portrea') ?? null } })
    await stop
    server.closeAllConnections()
  } finally {
    await postgres?.stop()
  }
}

function tell(news: ServerNews): void {
  if (process.connected) process.send?.(news)
}

// A signal counts too: somebody may end this process alone.
function asked(): Promise<unknown> {
  return new Promise((stop) => {
    process.once('message', stop)
    process.once('disconnect', stop)
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  })
}

async function startServer(settings: ServerSettings, postgres: Postgres | null): Promise<Server> {
  process.chdir(settings.modules) // NocoDB reads its own version from there
  const require = createRequire(join(settings.modules, 'package.json'))
  const tools = join(settings.folder, 'nocodb')
  mkdirSync(tools, { recursive: true })
  Object.assign(process.env, {
    NC_TOOL_DIR: tools,
    NC_ADMIN_EMAIL: settings.email,
    NC_ADMIN_PASSWORD: settings.password,
  })
  if (postgres) process.env.NC_DB_JSON = JSON.stringify(knexSettings(postgres.url('nocodb')))
  if (settings.sqlite3) useSqlite3(require, settings.sqlite3)
  const app = require('express')()
  app.enable('trust proxy')
  app.disable('etag')
  const server: Server = await new Promise((listening, reject) => {
    const opened = app.listen(settings.port, '127.0.0.1', () => listening(opened)).once('error', reject)
  })
  app.use(await require('nocodb').Noco.init({}, server, app))
  return server
}

function knexSettings(url: string): object {
  const { hostname, port, username, password, pathname } = new URL(url)
  const connection = {
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database: pathname.slice(1),
  }
  return { client: 'pg', connection }
}

// NocoDB's own folder has an empty module of that name: the real one takes its place.
function useSqlite3(require: NodeJS.Require, folder: string): void {
  createRequire(join(folder, 'package.json'))('sqlite3')
  const real = createRequire(join(folder, 'package.json')).resolve('sqlite3')
  require.cache[require.resolve('sqlite3')] = require.cache[real]
}
