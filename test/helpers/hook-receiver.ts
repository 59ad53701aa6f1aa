import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call of a webhook: its type, its table, the ids of its rows. */
export type HookCall = { readonly type: string; readonly table: string; readonly rows: readonly number[] }

/** What stands between NocoDB and the service: it counts the calls, and may lose them. */
export type HookReceiver = {
  readonly url: string
  readonly calls: HookCall[]
  /** Where the calls go on to; null: nowhere. Asked once more, as a balancer would, where nobody answers. */
  to: string | null
  /** What the service answered each call that went on, by status; 0: nobody answered. */
  readonly answers: Map<number, number>
  /** Whether this call is lost on the way. */
  loses: (call: HookCall) => boolean
  stop(): Promise<void>
}

export async function startReceiver(): Promise<HookReceiver> {
  const server = createServer((request, response) => {
    void receive(receiver, request).then((status) => response.writeHead(status).end('{}'))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const receiver: HookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/nocodb`,
    calls: [],
    to: null,
    answers: new Map(),
    loses: () => false,
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return receiver
}

async function receive(receiver: HookReceiver, request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const { type, data } = JSON.parse(body.toString())
  const rows = ((data.rows ?? []) as { Id: number }[]).map(({ Id }) => Id)
  const call: HookCall = { type, table: data.table_name, rows }
  receiver.calls.push(call)
  if (receiver.to === null || receiver.loses(call)) return 202
  const headers = {
    'content-type': 'application/json',
    'x-portrea-secret': String(request.headers['x-portrea-secret'] ?? ''),
  }
  const post = async (to: string) =>
    fetch(to, { method: 'POST', headers, body }).then(
      ({ status }) => status,
      () => 0,
    )
  const first = await post(receiver.to)
  const status = first === 0 && receiver.to !== null ? await post(receiver.to) : first
  receiver.answers.set(status, (receiver.answers.get(status) ?? 0) + 1)
  return status || 502 // NocoDB is told so, and does not try again
}
