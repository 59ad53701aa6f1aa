import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Settings } from '../app.ts'
import type { Environment } from '../config/environment.ts'
import { startService } from '../main.ts'
import type { Service } from '../main.ts'
import type { StoreLoss } from '../store/engine.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'

/** Between two tries to start again. */
const AGAIN_MS = 5000

/** `portrea serve`: runs until SIGINT or SIGTERM, then stops in order. One whose store is lost starts again by itself. */
export async function serve(options: CommonOptions): Promise<number> {
  const required = ['NOCODB_URL', 'NOCODB_TOKEN', 'PORTREA_API_TOKEN'] as const
  const { environment, settings, log } = open(options, required, false)
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort())
  const asked = new Promise<null>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve(null))
  })
  let service: Service | null = await startService(environment, settings, log)
  const again = { ...environment, PORT: Number(new URL(service.url).port) } // the same, where it was to be any
  while (service !== null) {
    const loss: StoreLoss | null = await Promise.race([asked, service.lost])
    if (loss !== null) log.error({ loss }, 'the store is lost: the service starts again')
    await service.stop()
    service = loss === null ? null : await startAgain(again, settings, log, ending.signal)
  }
  return 0
}

/** Tries until it starts: what keeps it from doing so may be mended meanwhile. null: asked to end. */
async function startAgain(
  environment: Environment,
  settings: Settings,
  log: Logger,
  ending: AbortSignal,
): Promise<Service | null> {
  while (!ending.aborted) {
    try {
      return await startService(environment, settings, log)
    } catch (err) {
      log.error({ err }, 'the service does not start again yet')
      await sleep(AGAIN_MS, undefined, { signal: ending }).catch(() => undefined)
    }
  }
  return null
}
