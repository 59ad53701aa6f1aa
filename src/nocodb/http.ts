import { createHmac } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import axios from 'axios'
import type { AxiosInstance } from 'axios'
import type { Logger } from 'pino'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { badAnswer, brokenConnection, garbage } from './failures.ts'
import type { Failure } from './failures.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One call. A POST is sent again only when the first surely never arrived, unless it is said to be idempotent. */
export type Request = {
  readonly method: Method
  /** Starts with `/api`; never holds cell values, for it is written in logs and errors. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly idempotent?: boolean
  /** A shorter limit than that of the settings, retries included. */
  readonly timeLimitSeconds?: number
  /** Whether a 200 holds what was asked; what does not is garbage (a proxy's page, say), and tried again. */
  readonly expects?: (body: unknown) => boolean
}

/** Calls NocoDB and gives the JSON answered. Throws NOCODB_UNAVAILABLE, NOCODB_FORBIDDEN or NOCODB_REFUSED. */
export type Http = {
  readonly url: string
  send<T>(request: Request): Promise<T>
  /** A number below 2^48 that stands for a text, always the same; whoever has not the token cannot find the text from it. */
  readonly keyed: Keyed
  close(): void
}

export type Keyed = (text: string) => string

export type HttpSettings = { readonly connections: number; readonly timeLimitSeconds: number }

const ATTEMPT_MS = 30_000
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 8_000
/** A 500 that NocoDB words itself is mostly a fault of the request: it is not worth waiting for long. */
const FEW_RETRIES = 2

/** Kept-alive connections to one NocoDB; retries with backoff and full jitter, inside an overall time limit. */
export function openHttp(url: string, token: string, settings: HttpSettings, log: Logger): Http {
  const root = rootOf(url)
  const options = { keepAlive: true, maxSockets: settings.connections, scheduling: 'lifo' } as const
  const agents = [new HttpAgent(options), new HttpsAgent(options)] as const
  const client = axios.create({
    baseURL: root,
    httpAgent: agents[0],
    httpsAgent: agents[1],
    headers: { 'xc-token': token, 'content-type': 'application/json', accept: 'application/json' },
    responseType: 'text',
    // Text both ways: axios would parse and stringify once more.
    transformRequest: (text: string) => text,
    transformResponse: (text: string) => text,
    validateStatus: () => true,
    // A redirected PATCH would arrive as a GET; a redirect means that NOCODB_URL is not the right one.
    maxRedirects: 0,
    maxContentLength: Infinity,
    maxBodyLength: Infinity,
  })
  let closed = false
  return {
    url: root,
    send: (request) => sendUntil(client, root, request, settings.timeLimitSeconds, log, () => closed),
    keyed: (text) => createHmac('sha256', token).update(text).digest('base64url'),
    close() {
      closed = true
      for (const agent of agents) agent.destroy()
    },
  }
}

/** `send`, with its answer checked: a form that we do not know is told as such, not as a fault further on. */
export async function ask<T>(http: Http, request: Request, form: z.ZodType<T>): Promise<T> {
  const result = form.safeParse(await http.send(request))
  if (result.success) return result.data
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB (${http.url}) répond à ${request.method} ${request.path} sous une forme que Portrea ne connaît pas : ${z.prettifyError(result.error)}`,
  )
}

function rootOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new PortreaError(
      'NOCODB_UNAVAILABLE',
      `NOCODB_URL n’est pas une adresse (« ${url} ») : donnez celle où vous ouvrez NocoDB, comme https://nocodb.exemple.fr.`,
    )
  }
  return parsed.origin + parsed.pathname.replace(/\/+$/, '')
}

async function sendUntil<T>(
  client: AxiosInstance,
  root: string,
  request: Request,
  limitSeconds: number,
  log: Logger,
  closed: () => boolean,
): Promise<T> {
  const deadline = Date.now() + (request.timeLimitSeconds ?? limitSeconds) * 1000
  for (let attempt = 0; ; attempt++) {
    const outcome = await sendOnce<T>(client, root, request, Math.min(ATTEMPT_MS, deadline - Date.now()))
    if ('body' in outcome) return outcome.body
    const wait = outcome.waitMs ?? Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
    if (closed() || !mayRetry(request, outcome, attempt) || Date.now() + wait >= deadline) throw outcome.error
    const facts = {
      method: request.method,
      path: request.path,
      attempt: attempt + 1,
      waitMs: Math.round(wait),
    }
    log.warn({ ...facts, cause: outcome.cause }, 'NocoDB failed, trying again')
    await sleep(wait)
  }
}

/** Never a retry that could write twice: a POST goes again only when the server cannot have taken the first. */
function mayRetry(request: Request, failure: Failure, attempt: number): boolean {
  const idempotent = request.idempotent ?? request.method !== 'POST'
  if (failure.retry === 'never') return false
  if (!idempotent && failure.arrived) return false
  return failure.retry === 'while-time' || attempt < FEW_RETRIES
}

async function sendOnce<T>(
  client: AxiosInstance,
  root: string,
  request: Request,
  limitMs: number,
): Promise<{ body: T } | Failure> {
  const where = { root, method: request.method, path: request.path }
  let answer
  try {
    answer = await client.request<string>({
      method: request.method,
      url: request.path + queryString(request.query),
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(Math.max(1, limitMs)),
    })
  } catch (error) {
    return brokenConnection(where, error)
  }
  if (answer.status < 200 || answer.status > 299) {
    return badAnswer(where, answer.status, answer.data, answer.headers['retry-after'])
  }
  try {
    const body = JSON.parse(answer.data) as T
    return request.expects === undefined || request.expects(body) ? { body } : garbage(where)
  } catch (error) {
    return garbage(where, error)
  }
}

function queryString(query: Request['query']): string {
  if (query === undefined) return ''
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
