import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { checkHost, pinned } from './address.ts'
import type { Resolve } from './address.ts'

/** What became of one attempt; `reason` is ours, never a word of the receiver's. */
export type Posted =
  | { readonly sent: true }
  | {
      readonly sent: false
      readonly reason: string
      /** The receiver asks to be left alone for so long; null: it asks nothing. */
      readonly retryAfterSeconds: number | null
      /** The receiver says that it will never take it. */
      readonly final: boolean
    }

/** What to send, and where: `allowPrivate` opens private addresses. */
export type Message = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly allowPrivate: boolean
  readonly timeoutSeconds: number
}

/** Posts once, to a checked address, following no redirect; never throws. Any answer of 2xx is a success. */
export async function post(message: Message, resolve?: Resolve): Promise<Posted> {
  const signal = AbortSignal.timeout(message.timeoutSeconds * 1000)
  try {
    const checked = await before(signal, checkHost(message.url.hostname, message.allowPrivate, resolve))
    if ('refused' in checked) return failure(checked.refused)
    const response = await answer(message, pinned(checked.addresses), signal)
    response.on('error', () => {}) // what comes after the status is of no use to us
    response.destroy()
    return outcome(response)
  } catch (cause) {
    return failure(signal.aborted ? `no answer in ${message.timeoutSeconds} s` : reasonOf(cause))
  }
}

function answer(
  { url, headers, body }: Message,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        lookup,
        signal,
        agent: false, // a connection of its own: one kept open could be to an address checked long ago
      },
      resolve,
    )
    request.on('error', reject)
    request.end(body)
  })
}

function before<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true })
    work.then(resolve, reject)
  })
}

function outcome({ statusCode: status = 0, headers }: IncomingMessage): Posted {
  if (status >= 200 && status < 300) return { sent: true }
  const redirect = status >= 300 && status < 400 ? ' (redirects are not followed)' : ''
  const after = /^\d{1,6}$/u.test(headers['retry-after'] ?? '') ? Number(headers['retry-after']) : null
  return { ...failure(`status ${status}${redirect}`), retryAfterSeconds: after, final: status === 410 }
}

function failure(reason: string) {
  return { sent: false, reason, retryAfterSeconds: null, final: false } as const
}

/** A code (ECONNREFUSED, CERT_HAS_EXPIRED …): messages may hold addresses. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^[A-Z0-9_]+$/u.test(code) ? code : 'connection failed'
}
