// Stands between the service and the real NocoDB: it forwards, spoils on demand, and keeps account of every cell written.
import { once } from 'node:events'
import { Agent, createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What becomes of one request; `lose`: it is answered as if it had been done, and was not. */
export type Fault =
  | { readonly kind: 'refuse' | 'cut-before' | 'cut-after' | 'garbage' | 'lose' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'answer'; readonly status: 429 | 500 | 502 | 503 }
export type FaultKind = Fault['kind']

/** One request, as far as faults and accounts look at it. */
export type Asked = { readonly method: string; readonly path: string; readonly body: unknown }

export type Proxy = {
  readonly url: string
  /** The fault of a request; null: none. */
  spoil: (asked: Asked) => Fault | null
  /** How many faults of each kind were done. */
  readonly faults: Map<FaultKind, number>
  readonly account: Account
  /** Nobody listens any more, or somebody does again, on the same port. */
  down(): Promise<void>
  up(): Promise<void>
  stop(): Promise<void>
}

/** What the service wrote, as NocoDB took it. */
export type Account = {
  cells: number
  /** Cells written with the value that they were last written with, though the answers of both writings arrived. */
  readonly twice: string[]
  /** Titles of columns written that are not the service's. */
  readonly human: Set<string>
}

/** @param written titles of the columns that the service may write, by id of table */
export async function startProxy(
  target: string,
  written: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const book = accounts(written)
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    const asked = { method: request.method ?? 'GET', path: request.url ?? '/', body: jsonOf(body) }
    const fault = proxy.spoil(asked)
    if (fault !== null) proxy.faults.set(fault.kind, (proxy.faults.get(fault.kind) ?? 0) + 1)
    switch (fault?.kind) {
      case 'refuse':
      case 'cut-before':
        return void request.socket.destroy()
      case 'delay':
        await sleep(fault.milliseconds)
        break
      case 'answer':
        return void response.writeHead(fault.status, { 'content-type': 'text/plain' }).end('out of order')
      case 'garbage':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')
      case 'lose':
        return void response.writeHead(200, { 'content-type': 'application/json' }).end(pretended(asked))
      default:
    }
    const answer = await forward(agent, target, request, body)
    const arrives = fault?.kind !== 'cut-after' && !request.socket.destroyed // or it was killed meanwhile
    if (answer.status < 300) book.note(asked, arrives)
    if (!arrives) return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  }
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  }
  const proxy: Proxy = {
    url: `http://127.0.0.1:${port}`,
    spoil: () => null,
    faults: new Map(),
    account: book.account,
    down: close,
    up: () => listen(port),
    async stop() {
      if (server.listening) await close()
      agent.destroy()
    },
  }
  return proxy
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function jsonOf(body: Buffer): unknown {
  return body.length === 0 ? null : JSON.parse(body.toString())
}

type Answered = { readonly status: number; readonly type: string; readonly body: Buffer }

function forward(
  agent: Agent,
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answered> {
  return new Promise((done, reject) => {
    const { host, ...kept } = headers
    const call = ask(new URL(url ?? '/', target), { agent, method, headers: kept }, (answer) => {
      bodyOf(answer).then(
        (text) =>
          done({ status: answer.statusCode ?? 502, type: answer.headers['content-type'] ?? '', body: text }),
        reject,
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** What NocoDB would have said, had it done it. */
function pretended({ path, body }: Asked): string {
  const bulk = idsIn(path)
  if (bulk !== null) return String(bulk.length)
  return JSON.stringify(Array.isArray(body) ? body.map((row) => ({ Id: keyed(row).id })) : body)
}

/** The key of a row that is written, by its title or by the id of its column, and the cells beside it. */
function keyed(row: Readonly<Record<string, unknown>>) {
  const cells = Object.entries(row)
  const at = cells.findIndex(([name]) => name === 'Id' || /^c[a-z0-9]{14}$/.test(name))
  return { id: Number(cells[at]?.[1]), cells: Object.fromEntries(cells.toSpliced(at, 1)) }
}

/** The ids named by a bulk update of v1; null: another kind of request. */
function idsIn(path: string): number[] | null {
  if (!path.includes('/bulk/')) return null
  const where = new URL(path, 'http://proxy').searchParams.get('where') ?? ''
  return [...where.replace(/^\(\w+,in,/, '').matchAll(/\d+/g)].map(([id]) => Number(id))
}

function accounts(written: ReadonlyMap<string, ReadonlySet<string>>) {
  const account: Account = { cells: 0, twice: [], human: new Set() }
  const last = new Map<string, { value: string; arrived: boolean }>()
  const write = (table: string, id: number, cells: Readonly<Record<string, unknown>>, arrived: boolean) => {
    for (const [title, cell] of Object.entries(cells)) {
      if (!written.get(table)?.has(title)) account.human.add(`${table} ${title}`)
      const [key, value] = [`${table} ${id} ${title}`, JSON.stringify(cell)]
      const before = last.get(key)
      if (before?.value === value && before.arrived && arrived) account.twice.push(`${key} = ${value}`)
      last.set(key, { value, arrived })
      account.cells += 1
    }
  }
  return {
    account,
    note({ method, path, body }: Asked, arrived: boolean) {
      if (method !== 'PATCH') return
      const table = [...written.keys()].find((id) => path.includes(id))
      if (table === undefined) return
      const bulk = idsIn(path)
      if (bulk !== null) for (const id of bulk) write(table, id, body as Record<string, unknown>, arrived)
      else
        for (const row of [body].flat() as Record<string, unknown>[]) {
          const { id, cells } = keyed(row)
          write(table, id, cells, arrived)
        }
    },
  }
}
