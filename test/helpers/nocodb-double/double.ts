import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Call } from './answers.ts'
import { noRoute, say } from './answers.ts'
import type { Hook } from './hooks.ts'
import { answer } from './routes.ts'
import { DoubleTable, addLink, newId } from './store.ts'
import type { Field, LinkOption, TableOption } from './store.ts'
import { BadWhere } from './where.ts'

export type Route = 'v1' | 'v2' | 'v3' | 'v2meta'

/** What happens to a call: another answer, a connection cut before or after the work, or a 200 and nothing written. */
export type Fault =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Record<string, string>
    }
  | { readonly kind: 'cut-before' | 'cut-after' | 'lose' | 'hang' }
/** The fault of one call, or nothing. */
export type Faults = (call: Call) => Fault | undefined

export type DoubleOptions = {
  readonly tables?: readonly TableOption[]
  readonly links?: readonly LinkOption[]
  readonly faults?: Faults
  readonly missing?: readonly Route[]
  readonly maxPage?: number
  readonly limits?: { readonly v2: number; readonly v3: number }
}

/** NocoDB 0.301.3 on PostgreSQL as far as we use it, on real HTTP; held to it by the contract suite. */
export type Double = {
  readonly url: string
  readonly token: string
  readonly baseId: string
  title: string
  /** What the user of the token may do. */
  role: 'owner' | 'editor' | 'viewer'
  readonly all: DoubleTable[]
  readonly hooks: Hook[]
  /** Every call that came in, in order. */
  readonly calls: Call[]
  faults: Faults
  missing: readonly Route[]
  readonly maxPage: number
  readonly limits: { readonly v2: number; readonly v3: number }
  table(title: string): DoubleTable
  tableById(id: string): DoubleTable | undefined
  /** The rows that a `Links` of a parent lists. */
  childrenOf(field: Field, parent: number): Iterable<number>
  stop(): Promise<void>
}

/** Starts a double on a free port of 127.0.0.1. */
export async function startNocodbDouble(options: DoubleOptions = {}): Promise<Double> {
  const all = (options.tables ?? []).map((table) => new DoubleTable(table))
  const tableById = (id: string) => all.find((table) => table.id === id)
  const table = (title: string) => {
    const found = all.find((one) => one.title === title)
    if (found === undefined) throw new Error(`the double has no table "${title}"`)
    return found
  }
  for (const { parent, title, child } of options.links ?? []) addLink(table(parent), title, table(child))
  const server = createServer((request, response) => void serve(double, request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const double: Double = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'double-token',
    baseId: newId('p'),
    title: 'Double',
    role: 'owner',
    all,
    hooks: [],
    calls: [],
    faults: options.faults ?? (() => undefined),
    missing: options.missing ?? [],
    maxPage: options.maxPage ?? 1000,
    limits: options.limits ?? { v2: 100, v3: 10 },
    table,
    tableById,
    *childrenOf(field, parent) {
      yield* tableById(field.related!)?.linkedTo(field.key!, parent) ?? []
    },
    stop: () => stop(server),
  }
  return double
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}

async function serve(double: Double, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await callOf(request)
  double.calls.push(call)
  const fault = double.faults(call)
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'cut-before') return void request.socket.destroy()
  if (fault?.kind === 'answer') return reply(response, { headers: {}, body: '', ...fault })
  if (fault?.kind === 'lose') return reply(response, say([]))
  const result = await respond(double, call, request.headers['xc-token'])
  if (fault?.kind === 'cut-after') return void request.socket.destroy()
  reply(response, result)
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double')
  const text = Buffer.concat(chunks).toString()
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: searchParams,
    body: text === '' ? null : JSON.parse(text),
  }
}

async function respond(double: Double, call: Call, token: unknown): Promise<Answer> {
  if (token !== double.token && call.path !== '/api/v1/meta/nocodb/info') {
    const message = 'Authentication required - Invalid token'
    return say({ error: 'ERR_AUTHENTICATION_REQUIRED', message }, 401)
  }
  if (double.role === 'viewer' && isWriting(call))
    return say({ error: 'ERR_FORBIDDEN', message: 'Forbidden - Unauthorized access' }, 403)
  try {
    return (await answer(double, call)) ?? noRoute(call)
  } catch (error) {
    if (error instanceof BadWhere) return say({ msg: error.message }, 422)
    return say({ msg: error instanceof Error ? error.message : String(error) }, 500)
  }
}

function isWriting({ method, path }: Call): boolean {
  return method !== 'GET' && !path.startsWith('/api/v1/auth')
}

function reply(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers })
  response.end(isText ? body : JSON.stringify(body))
}
