// A thread that sends webhooks as NocoDB does: what this bench does meanwhile does not count as time to answer.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { SECRET } from './live-service.ts'

/** Where to, of which table, and how many. */
export type Sending = {
  readonly url: string
  readonly base: string
  readonly table: string
  readonly rows: number
  readonly perSecond: number
  readonly seconds: number
  /** A server that does the least (bare-hooks.ts): every fifth webhook goes there too. */
  readonly bareUrl: string
}
/** How long each took to be answered, in milliseconds, by the service and by the bare server; how many were refused. */
export type Sent = {
  readonly refused: number
  readonly milliseconds: readonly number[]
  readonly bare: readonly number[]
}

async function send({ url, bareUrl, base, table, rows, perSecond, seconds }: Sending): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const milliseconds: number[] = []
  const bare: number[] = []
  let refused = 0
  const begin = performance.now()
  const pending = new Set<Promise<void>>()
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const due = begin + (at * 1000) / perSecond
    if (due > performance.now()) await sleep(due - performance.now())
    const body = JSON.stringify(payload({ base, table }, 1 + ((at * 7919) % rows)))
    const call = post(agent, `${url}/webhooks/nocodb`, body).then(({ status, took }) => {
      milliseconds.push(took)
      if (status !== 202) refused += 1
    })
    const calls = [call]
    if (at % 5 === 0) calls.push(post(agent, bareUrl, body).then(({ took }) => void bare.push(took)))
    for (const one of calls) {
      pending.add(one)
      void one.finally(() => pending.delete(one))
    }
  }
  await Promise.all(pending)
  agent.destroy()
  return { refused, milliseconds, bare }
}

/** A change of one row, as it was and as it is: some 5 kB. */
function payload({ base, table }: { readonly base: string; readonly table: string }, Id: number): object {
  const row = { Id, CreatedAt: '2026-11-24 23:35:32+00:00', UpdatedAt: '2026-11-24 23:35:40+00:00', ...ROW }
  return {
    ...{ type: 'records.after.update', id: crypto.randomUUID(), base_id: base, version: 'v3' },
    data: { table_id: table, table_name: 'Acteurs', previous_rows: [row], rows: [row] },
  }
}

const ROW = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => [
    `Colonne ${at}`,
    'une valeur de soixante signes, ou à peu près'.repeat(1),
  ]),
)

function post(agent: Agent, url: string, body: string): Promise<{ status: number; took: number }> {
  return new Promise((done) => {
    const begin = performance.now()
    const headers = {
      ...{ 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      'x-portrea-secret': SECRET,
    }
    const end = (status: number) => done({ status, took: performance.now() - begin })
    const call = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => end(answer.statusCode ?? 0))
    })
    call.on('error', () => end(0))
    call.end(body)
  })
}

parentPort?.postMessage(await send(workerData as Sending))
