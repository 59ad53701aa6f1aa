import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Sending, Sent } from './hook-sender.ts'
import type { LiveService } from './live-service.ts'

/** What came of a load of webhooks: latencies in milliseconds, and the memory of the service on the way. */
export type HookLoad = Sent & { readonly sent: number; readonly rssMb: readonly number[] }

const LOOK_MS = 5000

/** Sends `perSecond` webhooks for `seconds`, as NocoDB writes them, each of another row than the one before. */
export async function sendHooks(
  service: LiveService,
  where: Omit<Sending, 'url' | 'perSecond' | 'seconds'>,
  rate: { readonly perSecond: number; readonly seconds: number },
): Promise<HookLoad> {
  const sending: Sending = { url: service.url, ...where, ...rate }
  const rssMb = [service.rssMb()]
  const look = setInterval(() => rssMb.push(service.rssMb()), LOOK_MS)
  try {
    const thread = new Worker(new URL('hook-sender.ts', import.meta.url), { workerData: sending })
    const [sent] = (await once(thread, 'message')) as [Sent]
    return { ...sent, sent: rate.perSecond * rate.seconds, rssMb: [...rssMb, service.rssMb()] }
  } finally {
    clearInterval(look)
  }
}
