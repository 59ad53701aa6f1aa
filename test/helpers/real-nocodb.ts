// Set-up of the project `real`: one NocoDB on PostgreSQL, as in production, and one on SQLite where the
// sqlite3 module can be built. TEST_ENGINES=postgres leaves SQLite out.
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureSqlite3 } from '../../scripts/local-nocodb/install.ts'
import { startNocodb } from '../../scripts/local-nocodb/start-nocodb.ts'
import type { LocalNocodb } from '../../scripts/local-nocodb/start-nocodb.ts'

export type RealNocodb = {
  readonly url: string
  /** API token of the owner, for `xc-token`. */
  readonly token: string
  readonly email: string
  readonly password: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresNocodb: RealNocodb
    /** Null where sqlite3 cannot be built: `sqliteSkipped` says why. */
    sqliteNocodb: RealNocodb | null
    sqliteSkipped: string
    /** A PostgreSQL database that is empty when the run begins. */
    databaseUrl: string
  }
}

/** Starts the servers and hands their addresses to the tests; the function returned ends them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const skipped = await sqliteUnavailable()
  const [postgres, sqlite] = await Promise.all([start('postgres'), skipped === '' ? start('sqlite') : null])
  project.provide('postgresNocodb', await access(postgres))
  project.provide('sqliteNocodb', sqlite && (await access(sqlite)))
  project.provide('sqliteSkipped', skipped)
  project.provide('databaseUrl', postgres.databaseUrl ?? '')
  return async () => {
    await Promise.all([postgres.stop(), sqlite?.stop()])
  }
}

async function sqliteUnavailable(): Promise<string> {
  const engines = process.env.TEST_ENGINES
  if (engines && !engines.split(',').includes('sqlite')) return `TEST_ENGINES=${engines}`
  try {
    await ensureSqlite3(say)
    return ''
  } catch (error) {
    say(`NocoDB on SQLite is not tested: ${(error as Error).message}`)
    return 'the sqlite3 module cannot be built on this machine'
  }
}

async function start(database: 'postgres' | 'sqlite'): Promise<LocalNocodb> {
  const dataDir = await mkdtemp(join(tmpdir(), `portrea-test-${database}-`))
  await chmod(dataDir, 0o711) // PostgreSQL may run as another user
  return startNocodb({
    database,
    dataDir,
    email: 'test@portrea.test',
    password: 'Portrea-test-1',
    onStep: say,
    disposable: true,
  })
}

async function access(nocodb: LocalNocodb): Promise<RealNocodb> {
  const { url, email, password } = nocodb
  return { url, email, password, token: await nocodb.createToken('tests') }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
