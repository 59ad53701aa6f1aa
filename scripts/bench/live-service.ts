import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './run-job.ts'
import { SMALL_HEAP, SMALL_POOLS } from '../small-memory.mjs'

/** The service as people run it, in a process of its own. */
export type LiveService = {
  readonly url: string
  /** Memory that the process holds now, in MB; NaN where the system does not tell. */
  rssMb(): number
  stop(): Promise<void>
}

export const SECRET = 'the-secret-of-the-bench'
export const API_TOKEN = 'the-token-of-the-bench'

/** Starts it on a base and on the store in this folder; answers once it listens. */
export async function startLiveService({ url, token, base }: Place, store: string): Promise<LiveService> {
  const child = spawn(
    process.execPath,
    [...SMALL_HEAP, join(import.meta.dirname, '../../src/cli.ts'), 'serve'],
    {
      env: {
        ...SMALL_POOLS,
        ...{ PATH: process.env['PATH'], NOCODB_URL: url, NOCODB_TOKEN: token, NOCODB_BASE: base },
        ...{ PORTREA_API_TOKEN: API_TOKEN, PORTREA_WEBHOOK_SECRET: SECRET, PORTREA_DATA_DIR: store },
        ...{ PORT: '0', LOG_LEVEL: 'info' },
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const address = await new Promise<string>((done, reject) => {
    let text = ''
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      if (text.length < 100_000) text += more
      const found = /"url":"([^"]+)","msg":"service started"/.exec(text)?.[1]
      if (found !== undefined) done(found)
    })
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}: ${text.slice(-2000)}`)))
  })
  return {
    url: address,
    rssMb: () => residentMb(child.pid),
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

function residentMb(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN // no /proc on this system
  }
}
