import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What a receiver got. */
export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }
/** Someone who subscribed: an HTTP server on loopback. */
export type Receiver = {
  readonly url: string
  readonly port: number
  readonly received: Received[]
  /** How the next calls are answered; 200 by default. */
  answer: (response: ServerResponse) => void
}

/** Starts a receiver on a free port of 127.0.0.1, stopped after the test. */
export async function startReceiver(): Promise<Receiver> {
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    receiver.received.push({ headers: request.headers, body, path: request.url ?? '' })
    receiver.answer(response)
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    port,
    received: [],
    answer: (response) => void response.end('ok'),
  }
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  return receiver
}

/** An answer of this status. */
export function status(code: number, headers: Record<string, string> = {}): Receiver['answer'] {
  return (response) => void response.writeHead(code, headers).end()
}
