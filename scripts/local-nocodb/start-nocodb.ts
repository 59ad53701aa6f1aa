import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { PortreaError } from '../../src/errors.ts'
import { createToken, signIn } from './account.ts'
import { enterableFolder } from './folders.ts'
import { ensureNocodb, ensureSqlite3 } from './install.ts'
import type { OnStep } from './install.ts'
import { endLeftover } from './postgres.ts'
import { postgresPlace } from './server-settings.ts'
import type { ServerNews, ServerSettings } from './server-settings.ts'

export type LocalNocodbOptions = {
  readonly database: 'postgres' | 'sqlite'
  /** Where everything typed is kept; made where it is not there. */
  readonly dataDir: string
  /** 0 or nothing: one that is free. */
  readonly port?: number
  readonly email: string
  readonly password: string
  /** Called with a sentence before each long step. */
  readonly onStep?: OnStep
  /** More variables for NocoDB. */
  readonly env?: Readonly<Record<string, string>>
  /** For tests and benches: PostgreSQL skips fsync, and the data is deleted when NocoDB stops. */
  readonly disposable?: boolean
}

export type LocalNocodb = {
  readonly url: string
  readonly email: string
  readonly password: string
  readonly pid: number
  /** Where the data really is: elsewhere than asked when PostgreSQL's user cannot enter that folder. */
  readonly dataDir: string
  /** A second, empty database of that PostgreSQL, for our own store; null on SQLite. */
  readonly databaseUrl: string | null
  /** A session token (JWT) of the account. */
  signIn(): Promise<string>
  /** An API token of the account. */
  createToken(description: string): Promise<string>
  /** Ends NocoDB, then PostgreSQL. */
  stop(): Promise<void>
}

/** Installs NocoDB where it is not, starts it on 127.0.0.1, and answers when it is ready. */
export async function startNocodb(options: LocalNocodbOptions): Promise<LocalNocodb> {
  const onStep = options.onStep ?? (() => {})
  const modules = await ensureNocodb(onStep)
  const sqlite3 = options.database === 'sqlite' ? await ensureSqlite3(onStep) : null
  const folder = options.database === 'sqlite' ? resolve(options.dataDir) : enterableFolder(options.dataDir)
  if (folder !== resolve(options.dataDir))
    onStep(`The data is kept in ${folder}: PostgreSQL cannot enter ${options.dataDir}.`)
  await mkdir(folder, { recursive: true })
  const port = await freePort(options.port ?? 0)
  const postgres =
    options.database === 'postgres' ? { port: await freePort(0), password: await keptPassword(folder) } : null
  onStep(`Starting NocoDB on ${options.database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}…`)
  const { email, password, disposable = false } = options
  return launch({ folder, modules, port, email, password, postgres, sqlite3, disposable }, options.env ?? {})
}

async function launch(settings: ServerSettings, env: Readonly<Record<string, string>>): Promise<LocalNocodb> {
  const { folder, email, password } = settings
  const log = join(folder, 'nocodb.log')
  const child = forkServer(folder, log, env)
  child.send(settings)
  const { databaseUrl } = await readiness(child, log)
  const url = `http://127.0.0.1:${settings.port}`
  return {
    url,
    email,
    password,
    pid: child.pid ?? 0,
    dataDir: folder,
    databaseUrl,
    signIn: () => signIn(url, email, password),
    createToken: (description) => createToken(url, email, password, description),
    stop: () => stop(child, settings),
  }
}

// In a process group of its own: Ctrl-C reaches us alone, and we end it in order.
function forkServer(cwd: string, log: string, extra: Readonly<Record<string, string>>): ChildProcess {
  const output = openSync(log, 'a')
  const env = {
    ...process.env,
    NC_DISABLE_TELE: 'true',
    NC_ALLOW_LOCAL_HOOKS: 'true',
    NC_AUTOMATION_LOG_LEVEL: 'ALL',
    ...extra,
  }
  try {
    return fork(join(import.meta.dirname, 'server.ts'), [cwd], {
      cwd,
      env,
      detached: true,
      execArgv: [],
      stdio: ['ignore', output, output, 'ipc'],
    })
  } finally {
    closeSync(output)
  }
}

function readiness(child: ChildProcess, log: string): Promise<{ databaseUrl: string | null }> {
  return new Promise((done, reject) => {
    const fail = (reason: string): void => {
      reject(
        new PortreaError(
          'NOCODB_UNAVAILABLE',
          `NocoDB did not start: ${reason}\nEnd of ${log}:\n${tail(log)}`,
        ),
      )
    }
    const slow = setTimeout(() => {
      child.disconnect()
      fail('it was not ready after 3 minutes.')
    }, 180_000)
    child.once('message', (news: ServerNews) => {
      clearTimeout(slow)
      if ('ready' in news) done(news.ready)
      else fail(news.failed)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(slow)
      fail(`its process ended (${signal ?? code}).`)
    })
  })
}

async function stop(child: ChildProcess, settings: ServerSettings): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((done) => child.once('exit', done))
    if (child.connected) child.disconnect()
    await ended
  }
  // Had its process been killed, PostgreSQL would still run.
  if (settings.postgres) await endLeftover(postgresPlace(settings))
}

/** The port asked for, if nobody has it; one that is free for 0. */
function freePort(port: number): Promise<number> {
  return new Promise((done, reject) => {
    const probe = createServer()
    probe.once('error', (cause) => {
      const message = `Port ${port} is already taken on this machine: choose another one, or end who holds it.`
      reject(new PortreaError('NOCODB_UNAVAILABLE', message, { cause }))
    })
    probe.listen(port, '127.0.0.1', () => {
      const chosen = (probe.address() as AddressInfo).port
      probe.close(() => done(chosen))
    })
  })
}

async function keptPassword(folder: string): Promise<string> {
  const file = join(folder, 'postgres-password')
  if (!existsSync(file)) await writeFile(file, randomBytes(18).toString('hex'), { mode: 0o600 })
  return readFile(file, 'utf8')
}

function tail(file: string): string {
  const lines = existsSync(file)
    ? stripVTControlCharacters(readFileSync(file, 'utf8')).trimEnd().split('\n')
    : []
  return lines.slice(-12).join('\n')
}
