import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { PortreaError } from '../../src/errors.ts'

export type PostgresSettings = {
  /** Folder of initdb, pg_ctl and postgres. */
  readonly programs: string
  /** Folder of the data; made where it is not there. */
  readonly folder: string
  readonly port: number
  readonly password: string
  /** False: faster, and a power cut may lose everything (tests). */
  readonly durable: boolean
}

type Place = Pick<PostgresSettings, 'programs' | 'folder'>

export type Postgres = {
  /** URL of one database of this server. */
  url(database: string): string
  stop(): Promise<void>
}

const run = promisify(execFile)
const USER = 'portrea'

/** Starts PostgreSQL on 127.0.0.1, with the databases named; as another user where we are root. */
export async function startPostgres(
  settings: PostgresSettings,
  databases: readonly string[],
): Promise<Postgres> {
  const account = await postgresAccount()
  if (!existsSync(settings.folder)) await initialise(settings, account)
  await endLeftover(settings)
  const log = join(settings.folder, 'server.log')
  try {
    await pgCtl(settings, account, ['start', '-w', '-t', '60', '-l', log, '-o', flags(settings)])
  } catch (cause) {
    throw new PortreaError('INTERNAL', `PostgreSQL did not start:\n${tail(log)}`, { cause })
  }
  const url = (database: string): string =>
    `postgres://${USER}:${settings.password}@127.0.0.1:${settings.port}/${database}`
  await createDatabases(url('postgres'), databases)
  return { url, stop: () => stop(settings, account) }
}

type Account = { uid: number; gid: number } | Record<string, never>

// PostgreSQL refuses root: the user postgres where there is one, else nobody, who is everywhere.
async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const uid = await run('id', ['-u', name]).catch(() => null)
    const gid = await run('id', ['-g', name]).catch(() => null)
    if (uid && gid) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  throw new PortreaError(
    'INTERNAL',
    'PostgreSQL refuses root, and there is no user postgres or nobody: run as a user.',
  )
}

// Made beside, then renamed: a folder that exists is whole. ICU sorts É with E and finds é for É.
async function initialise(settings: PostgresSettings, account: Account): Promise<void> {
  const draft = `${settings.folder}.draft`
  const passwordFile = `${settings.folder}.password`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, settings.password, { mode: 0o600 })
  if (account.uid !== undefined) {
    await chown(draft, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr']
  const access = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${passwordFile}`]
  const sync = settings.durable ? [] : ['--no-sync']
  const args = ['-D', draft, ...access, ...locale, ...sync]
  await run(join(settings.programs, 'initdb'), args, { ...account, cwd: draft })
  await rm(passwordFile)
  await rename(draft, settings.folder)
}

/** Ends the PostgreSQL that a kill -9 left alone; clears a pid file that names somebody else's process. */
export async function endLeftover(settings: Place): Promise<void> {
  const pidFile = join(settings.folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = readFileSync(pidFile, 'utf8').split('\n')[0]
  const command = await commandOf(Number(pid))
  if (command?.includes(settings.folder)) await stop(settings, await postgresAccount())
  else if (command !== null) await rm(pidFile, { force: true })
}

async function commandOf(pid: number): Promise<string | null> {
  if (existsSync('/proc/self/cmdline')) {
    return existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : null
  }
  return run('ps', ['-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => null, // ps fails where no such process lives
  )
}

function flags({ port, durable }: PostgresSettings): string {
  const fast = durable ? '' : ' -c fsync=off -c synchronous_commit=off -c full_page_writes=off'
  return `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''${fast}`
}

function stop(place: Place, account: Account): Promise<void> {
  return pgCtl(place, account, ['stop', '-w', '-t', '60', '-m', 'fast'])
}

async function pgCtl({ programs, folder }: Place, account: Account, args: string[]): Promise<void> {
  await run(join(programs, 'pg_ctl'), [...args, '-s', '-D', folder], { ...account, cwd: folder })
}

async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    const missing = names.filter((name) => !rows.some((row) => row.datname === name))
    for (const name of missing) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

function tail(file: string): string {
  return existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
    : '(no log)'
}
