// The service as it runs for people: a process of its own, which may be killed, starved of disk, or moved in time.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Line = Readonly<Record<string, unknown>>

/** `portrea serve` under way. */
export type Served = {
  /** Of its HTTP server. */
  readonly url: string
  readonly pid: number
  /** All that it logged. */
  readonly lines: readonly Line[]
  /** kill -9, and wait for its end. */
  kill(): Promise<void>
  /** SIGTERM; answers its exit code. */
  stop(): Promise<number | null>
  /** Its files may grow no more, or may again. */
  disk(full: boolean): Promise<void>
  /** Moves its clock, milliseconds from the real one. */
  clock(offset: number): void
}

const run = promisify(execFile)

/** Starts it and answers once it listens; its clock is moved through the file `clock`. */
export async function serve(env: Readonly<Record<string, string>>, clock: string): Promise<Served> {
  writeFileSync(clock, '0')
  const child = spawn(process.execPath, ['src/cli.ts', 'serve'], {
    env: {
      ...process.env,
      ...{ LOG_LEVEL: 'debug', PORT: '0', HOST: '127.0.0.1', PORTREA_CLOCK_FILE: clock },
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stepped-clock.mjs')}`,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: Line[] = []
  const url = await listening(child, lines)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill(signal)
    return (await exited)[0] as number | null
  }
  return {
    ...{ url, lines, pid: child.pid ?? 0 },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    disk: async (full) =>
      void (await run('prlimit', [
        '--pid',
        String(child.pid),
        `--fsize=${full ? '1' : 'unlimited'}:unlimited`,
      ])),
    clock(offset) {
      writeFileSync(`${clock}.new`, String(offset))
      renameSync(`${clock}.new`, clock) // it is read at any moment: never half
    },
  }
}

function listening(child: ChildProcess, lines: Line[]): Promise<string> {
  return new Promise((done, reject) => {
    let rest = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const [last, ...whole] = `${rest}${text}`.split('\n').toReversed()
      rest = last ?? ''
      for (const line of whole.toReversed()) {
        lines.push(lineOf(line))
        if (lines.at(-1)?.['msg'] === 'service started') done(String(lines.at(-1)?.['url']))
      }
    })
    child.once('exit', (code, signal) =>
      reject(new Error(`the service ended with ${code ?? signal}: ${JSON.stringify(lines.slice(-3))}`)),
    )
  })
}

function lineOf(text: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    return { msg: text }
  }
}
