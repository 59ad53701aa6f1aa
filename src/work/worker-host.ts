import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import type { Settings } from '../app.ts'
import type { Environment } from '../config/environment.ts'
import { PortreaError } from '../errors.ts'
import type { WorkCounts } from '../http/metrics.ts'
import { NOTHING_DONE } from './counts.ts'
import type { StoreLoss } from '../store/engine.ts'
import type { HostMethods, WorkerMethods, Outcome } from './worker.ts'
import type { Work } from './work.ts'

/**
 * The work in a thread of its own: a page of NocoDB that is parsed, records that are assessed and a heap that is swept
 * there keep no webhook and no reader waiting here. `lost` hears of a store that is gone or damaged. An unforeseen error there ends the process, as one here would.
 * Throws CONFIG_INVALID, STORE_UNAVAILABLE.
 */
export async function startWorker(
  environment: Environment,
  settings: Settings,
  logLevel: string,
  lost: (loss: StoreLoss) => void,
): Promise<Work> {
  const thread = new Worker(new URL('worker.ts', import.meta.url), { name: 'work' })
  const offers = createBirpc<WorkerMethods, HostMethods>(
    { lost },
    {
      post: (message) => thread.postMessage(message),
      on: (listener) => thread.on('message', listener),
      eventNames: ['notify', 'resync', 'begin'],
      timeout: -1, // a stop waits for the run in progress
    },
  )
  let last: WorkCounts | null = null // once it has ended
  thread.on('error', (cause) => {
    throw cause
  })
  thread.on('exit', (code) => {
    if (last === null && code !== 0) throw new Error(`the thread of the work ended with ${code}`)
    offers.$close()
  })
  try {
    valueOf(await offers.open(environment, settings, logLevel))
  } catch (cause) {
    last = NOTHING_DONE
    await thread.terminate()
    throw cause
  }
  const tell = (what: 'notify' | 'resync' | 'begin') => {
    if (last === null) void offers[what]()
  }
  let stopping = false
  return {
    notify: () => tell('notify'),
    resync: () => tell('resync'),
    begin: () => tell('begin'),
    async start(wish) {
      if (stopping)
        throw new PortreaError('STORE_UNAVAILABLE', 'Le service s’arrête : redemandez dans un moment.')
      return valueOf(await offers.start(wish))
    },
    counts: async () => last ?? offers.counts(),
    async stop() {
      stopping = true
      last = await offers.stop()
      await thread.terminate()
      return last
    },
  }
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if ('value' in outcome) return outcome.value
  const { code, message, faults } = outcome.fault
  throw new PortreaError(code, message, { faults })
}
