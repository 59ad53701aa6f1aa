// The thread of the work: `workBeside` starts it, and calls what it `Offers`.
import { parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { createLog } from '../app.ts'
import type { Settings } from '../app.ts'
import type { Environment } from '../config/environment.ts'
import { PortreaError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import type { SyncWish } from '../http/sync-routes.ts'
import type { StoreLoss } from '../store/engine.ts'
import { openWork } from './work.ts'
import type { Work } from './work.ts'

/** An error with a code would lose it on its way to another thread: it goes as plain data. */
export type Outcome<Value> =
  | { readonly value: Value }
  | {
      readonly fault: {
        readonly code: ErrorCode
        readonly message: string
        readonly faults: readonly string[]
      }
    }

/** What the thread can be asked: first to open, then what `Work` can. */
export type WorkerMethods = {
  open(environment: Environment, settings: Settings, logLevel: string): Promise<Outcome<null>>
  start(wish: SyncWish): Promise<Outcome<{ readonly id: string }>>
} & Pick<Work, 'notify' | 'resync' | 'begin' | 'counts' | 'stop'>

/** What it tells of itself. */
export type HostMethods = { lost(loss: StoreLoss): void }

if (parentPort !== null) answer(parentPort)

function answer(port: NonNullable<typeof parentPort>): void {
  let opened: Work | null = null
  const work = (): Work => {
    if (opened === null) throw new Error('the work is not open')
    return opened
  }
  const offers: WorkerMethods = {
    open: (environment, settings, logLevel) =>
      outcome(async () => {
        opened = await openWork(environment, settings, createLog(logLevel), (loss) => void hears.lost(loss))
        return null
      }),
    start: (wish) => outcome(() => work().start(wish)),
    notify: () => work().notify(),
    resync: () => work().resync(),
    begin: () => work().begin(),
    counts: () => work().counts(),
    stop: () => work().stop(),
  }
  const hears = createBirpc<HostMethods, WorkerMethods>(offers, {
    post: (message) => port.postMessage(message),
    on: (listener) => port.on('message', listener),
    bind: 'functions',
    eventNames: ['lost'],
  })
}

async function outcome<Value>(act: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await act() }
  } catch (cause) {
    if (!(cause instanceof PortreaError)) throw cause
    const { code, message, faults } = cause
    return { fault: { code, message, faults } }
  }
}
