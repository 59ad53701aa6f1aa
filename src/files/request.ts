import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { checkHost, pinned } from '../outbox/address.ts'
import type { Resolve } from '../outbox/address.ts'
import { packageVersion } from '../version.ts'

/** Why an address gives no list; `isFinal`: asking again would not help. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean, options?: ErrorOptions) {
    super(message, options)
    this.isFinal = isFinal
  }
}

/** How an address is asked. */
export type Asking = {
  readonly headers: Readonly<Record<string, string>>
  readonly allowPrivate: boolean
  readonly signal: AbortSignal
  readonly idleSeconds: number
  readonly resolve?: Resolve | undefined
}

const MOST_REDIRECTS = 5

/**
 * Asks an address, and those that it leads to, a few at most: each is checked as that of a subscriber is, and connected to
 * as it was checked. Gives the first answer that leads nowhere else, its body not read yet.
 */
export async function ask(address: string, asking: Asking): Promise<{ response: IncomingMessage; url: URL }> {
  let url = urlOf(address, null)
  for (let redirects = 0; ; redirects += 1) {
    const response = await answer(url, asking)
    const location = response.headers.location
    if (!REDIRECTS.includes(response.statusCode ?? 0) || location === undefined) return { response, url }
    response.destroy()
    if (redirects === MOST_REDIRECTS)
      throw new FetchFailure(`renvoie plus de ${MOST_REDIRECTS} fois ailleurs`, true)
    url = urlOf(location, url)
  }
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

function urlOf(address: string, from: URL | null): URL {
  if (!URL.canParse(address, from?.href)) throw new FetchFailure('n’est pas une adresse', true)
  const url = new URL(address, from?.href)
  if (!['http:', 'https:'].includes(url.protocol))
    throw new FetchFailure(`mène à une adresse qui n’est pas http(s) (${url.protocol})`, true)
  if (from?.protocol === 'https:' && url.protocol === 'http:')
    throw new FetchFailure('renvoie d’https à http, où n’importe qui peut changer la liste en chemin', true)
  if (url.username !== '' || url.password !== '')
    throw new FetchFailure('contient un nom ou un mot de passe ; donnez une adresse publique', true)
  return url
}

async function answer(url: URL, asking: Asking): Promise<IncomingMessage> {
  const checked = await checkHost(url.hostname, asking.allowPrivate, asking.resolve)
  if ('refused' in checked)
    throw checked.refused === 'name not found'
      ? new FetchFailure(`mène à ${url.hostname}, que rien ne connaît`, false)
      : new FetchFailure(
          `mène à ${url.hostname}, qui n’est pas une adresse publique ; \`allowPrivate: true\` dans sa source l’autorise`,
          true,
        )
  asking.signal.throwIfAborted()
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        headers: {
          'user-agent': `portrea/${packageVersion()}`,
          'accept-encoding': 'gzip',
          accept: '*/*',
          ...asking.headers,
        },
        lookup: pinned(checked.addresses),
        signal: asking.signal,
        agent: false, // a connection of its own: one kept open could be to an address checked long ago
        timeout: asking.idleSeconds * 1000,
      },
      resolve,
    )
    request.on('timeout', () =>
      request.destroy(new FetchFailure(`ne dit rien depuis ${asking.idleSeconds} s`, false)),
    )
    request.on('error', reject)
    request.end()
  })
}
