// A NocoDB of its own, on PostgreSQL, that may be killed and started again at its address, and so may its PostgreSQL.
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureNocodb, postgresPrograms } from '../../../scripts/local-nocodb/install.ts'
import { endLeftover, startPostgres } from '../../../scripts/local-nocodb/postgres.ts'
import { startNocodb } from '../../../scripts/local-nocodb/start-nocodb.ts'
import type { LocalNocodb } from '../../../scripts/local-nocodb/start-nocodb.ts'
import type { RealNocodb } from '../../helpers/real-nocodb.ts'
import { besides } from './besides.ts'
import type { Killable } from './scene.ts'

/** It is up; `stop` ends it and its data. */
export type KillableNocodb = Killable & { readonly access: RealNocodb; stop(): Promise<void> }

/** Starts it. */
export async function startKillable(say: (text: string) => void): Promise<KillableNocodb> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-breakdowns-nocodb-'))
  await chmod(dataDir, 0o711) // PostgreSQL may run as another user
  const account = { email: 'chaos@portrea.test', password: 'Portrea-chaos-1' }
  const options = { database: 'postgres', dataDir, ...account, onStep: say, disposable: true } as const
  let running: LocalNocodb = await startNocodb(options)
  const port = Number(new URL(running.url).port)
  const access = { url: running.url, ...account, token: await running.createToken('breakdowns') }
  const postgres = await placeOf(running.dataDir, say)
  const start = async () => {
    running = await startNocodb({ ...options, port })
  }
  return {
    ...besides(access, () => running.databaseUrl ?? ''),
    access,
    async kill() {
      process.kill(running.pid, 'SIGKILL')
      await gone(running.pid)
    },
    start,
    async ensure() {
      if (!isAlive(running.pid)) await start()
    },
    async postgresAway(milliseconds) {
      const settings = { ...postgres, port: Number(new URL(running.databaseUrl ?? '').port) }
      await endLeftover(settings)
      await sleep(milliseconds)
      await startPostgres({ ...settings, durable: false }, [])
    },
    async stop() {
      await running.stop()
      await rm(running.dataDir, { recursive: true, force: true })
    },
  }
}

async function placeOf(folder: string, say: (text: string) => void) {
  const programs = postgresPrograms(await ensureNocodb(say))
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8')
  return { programs, folder: join(folder, 'pg'), password }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
