import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Sending, Sent } from './hook-sender.ts'
import type { LiveService } from './live-service.ts'

/** What came of a load of webhooks: latencies in milliseconds, and the memory of the service on the way. */
export type HookLoad = Sent & { readonly sent: number; readonly rssMb: readonly number[] }

const LOOK_MS = 5000

/** Sends `perSecond` webhooks for `seconds`, as NocoDB writes them, each of another row than the one before. */
export async function sendHooks(
  service: LiveService,
  where: Pick<Sending, 'base' | 'table' | 'rows'>,
  rate: { readonly perSecond: number; readonly seconds: number },
): Promise<HookLoad> {
  const bare = await startBare()
  const sending: Sending = { url: service.url, bareUrl: bare.url, ...where, ...rate }
  const rssMb = [service.rssMb()]
  const look = setInterval(() => rssMb.push(service.rssMb()), LOOK_MS)
  try {
    const thread = new Worker(new URL('hook-sender.ts', import.meta.url), { workerData: sending })
    const [sent] = (await once(thread, 'message')) as [Sent]
    return { ...sent, sent: rate.perSecond * rate.seconds, rssMb: [...rssMb, service.rssMb()] }
  } finally {
    clearInterval(look)
    await bare.stop()
  }
}

async function startBare(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-bench-bare-'))
  const child = fork(join(import.meta.dirname, 'bare-hooks.ts'), [join(folder, 'told')])
  const [port] = (await once(child, 'message')) as [number]
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
      await rm(folder, { recursive: true })
    },
  }
}
