import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import axios from 'axios'
import { PortreaError } from '../../src/errors.ts'

const READY_SECONDS = 60
const STOP_SECONDS = 15

/** The service, running beside us. */
export type Service = {
  /** Settles when its process has ended. */
  readonly ended: Promise<unknown>
  stop(): Promise<void>
}

/** Starts the service in a process of its own, its log in `log`, and answers when /health/ready does. */
export async function startService(
  url: string,
  env: Readonly<Record<string, string>>,
  log: string,
): Promise<Service> {
  const child = forkService(env, log)
  const ended = new Promise((end) => child.once('exit', end))
  const service = { ended, stop: () => stop(child, ended) }
  for (const limit = Date.now() + READY_SECONDS * 1000; Date.now() < limit; await wait(150)) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await answers(`${url}/health/ready`)) return service
  }
  await service.stop()
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8)
  throw new PortreaError('INTERNAL', `Le service n'a pas démarré. Fin de ${log} :`, { faults: lines })
}

/** In a process group of its own: Ctrl-C reaches the demo alone, which ends it in order. */
function forkService(env: Readonly<Record<string, string>>, log: string): ChildProcess {
  const output = openSync(log, 'w', 0o600)
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NOCODB_|PORTREA_(?!CONFIG_DIR)|DATABASE_URL)/.test(name),
  )
  try {
    return fork(join(import.meta.dirname, 'held-service.ts'), {
      env: { ...Object.fromEntries(inherited), ...env },
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    })
  } finally {
    closeSync(output)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await axios.get(url, { timeout: 2000, validateStatus: () => true })).status === 200
  } catch {
    return false // not listening yet
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000)
  await ended
  clearTimeout(late)
}
