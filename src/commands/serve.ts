import { startService } from '../main.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'

/** `portrea serve`: runs until SIGINT or SIGTERM, then stops in order. */
export async function serve(options: CommonOptions): Promise<number> {
  const required = ['NOCODB_URL', 'NOCODB_TOKEN', 'PORTREA_API_TOKEN'] as const
  const { environment, settings, log } = open(options, required, false)
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  const service = await startService(environment, settings, log)
  await asked
  await service.stop()
  return 0
}
