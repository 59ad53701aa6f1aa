import { fork, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { BareRead } from './bare-read.ts'
import type { SdkRead } from './sdk-read.ts'
import { SMALL_HEAP, SMALL_POOLS } from '../small-memory.mjs'

/** Where the base is; `store` is the folder of the store that a run starts from (null: an empty one). */
export type Place = {
  readonly url: string
  readonly token: string
  readonly base: string
  readonly store: string | null
}

/** What a process of its own does and times. */
export type Job =
  | { readonly kind: 'bare'; readonly read: BareRead }
  | { readonly kind: 'sdk'; readonly read: SdkRead }
  | { readonly kind: 'read'; readonly place: Place }
  /** `keepStore`: where to leave the store as the run left it. */
  | { readonly kind: 'sync'; readonly place: Place; readonly keepStore?: string; readonly whole?: boolean }
  | { readonly kind: 'webhook'; readonly place: Place }
  | { readonly kind: 'duplicates'; readonly records: number }
  | { readonly kind: 'source'; readonly path: string }
  | { readonly kind: 'match'; readonly base: string; readonly source: string }
  | { readonly kind: 'score'; readonly place: Place; readonly read: BareRead }

/** Figures by name; `seconds` is the work alone, without the start of the process. */
export type Outcome = { readonly seconds: number; readonly rssMb: number } & Readonly<Record<string, number>>

/** Work of ours: in a process that is started as the service is. */
const OURS: readonly Job['kind'][] = ['read', 'sync', 'webhook', 'duplicates', 'source', 'match']

/** Runs one job in a new process, as a nightly command would, so that none is warmed up by another. */
export function runJob(job: Job): Promise<Outcome> {
  return new Promise((done, reject) => {
    const ours = OURS.includes(job.kind)
    const child = fork(
      join(import.meta.dirname, 'job.ts'),
      ours
        ? { execArgv: [...SMALL_HEAP, '--expose-gc'], env: { ...process.env, ...SMALL_POOLS } }
        : { execArgv: ['--expose-gc'] },
    )
    child.once('message', (outcome: Outcome) => done(outcome))
    child.once('exit', (code) => reject(new Error(`The job "${job.kind}" ended with ${code}.`)))
    child.send(job)
  })
}

/** What a script of the peers prints. */
export type PeerOutcome = { readonly seconds: number; readonly read: number; readonly written: number }

/** Runs a script in Python with its settings on standard input; null where there is no Python. */
export function runPython(script: string, settings: object): Promise<PeerOutcome | null> {
  return new Promise((done, reject) => {
    const child = spawn('python3', [join(import.meta.dirname, script)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text))
    child.on('error', () => done(null)) // no Python on this machine
    child.on('close', (code) => {
      if (code === 0) done(JSON.parse(output) as PeerOutcome)
      else reject(new Error(`${script} ended with ${code}.`))
    })
    child.stdin.end(JSON.stringify(settings))
  })
}
