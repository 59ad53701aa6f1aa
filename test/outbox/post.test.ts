import { describe, expect, it } from 'vitest'
import { post } from '../../src/outbox/post.ts'
import type { Message } from '../../src/outbox/post.ts'
import { startReceiver, status } from './receiver.ts'

const message = (url: string, changes: Partial<Message> = {}): Message => ({
  url: new URL(url),
  headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' },
  body: '{"é":1}',
  allowPrivate: true,
  timeoutSeconds: 5,
  ...changes,
})
const failure = { sent: false, retryAfterSeconds: null, final: false }

describe('one attempt to send', () => {
  it('posts headers and body, to the whole address', async () => {
    const receiver = await startReceiver()
    expect(await post(message(`${receiver.url}/hooks/x?key=1`))).toEqual({ sent: true })
    expect(receiver.received).toMatchObject([
      { body: '{"é":1}', path: '/hooks/x?key=1', headers: { 'webhook-id': 'msg_1', 'content-length': '8' } },
    ])
  })

  it.each([
    [204, { sent: true }],
    [500, { ...failure, reason: 'status 500' }],
    [404, { ...failure, reason: 'status 404' }],
    [410, { ...failure, reason: 'status 410', final: true }],
  ])('answered %d is %o', async (code, expected) => {
    const receiver = await startReceiver()
    receiver.answer = status(code)
    expect(await post(message(receiver.url))).toEqual(expected)
  })

  it('hears when to come back', async () => {
    const receiver = await startReceiver()
    receiver.answer = status(429, { 'retry-after': '120' })
    expect(await post(message(receiver.url))).toMatchObject({ reason: 'status 429', retryAfterSeconds: 120 })
    receiver.answer = status(503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })
    expect(await post(message(receiver.url))).toMatchObject({ reason: 'status 503', retryAfterSeconds: null })
  })

  it('follows no redirect: it could lead anywhere', async () => {
    const [receiver, inside] = [await startReceiver(), await startReceiver()]
    receiver.answer = status(307, { location: inside.url })
    expect(await post(message(receiver.url))).toMatchObject({
      reason: 'status 307 (redirects are not followed)',
    })
    expect(inside.received).toEqual([])
  })

  it('connects to nothing private unless it is allowed', async () => {
    const receiver = await startReceiver()
    const { url } = receiver
    expect(await post(message(url, { allowPrivate: false }))).toEqual({
      ...failure,
      reason: 'address not allowed (loopback)',
    })
    expect(receiver.received).toEqual([])
  })

  it('resolves a name once, and connects to the address that was checked', async () => {
    const receiver = await startReceiver()
    let asked = 0
    const rebinding = async () => {
      asked += 1
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    expect(await post(message(`http://hub.invalid:${receiver.port}`), rebinding)).toEqual({ sent: true })
    expect(asked).toBe(1)
    expect(receiver.received[0]?.headers.host).toBe(`hub.invalid:${receiver.port}`)
  })

  it('waits no longer than it may, for an answer or for a name', async () => {
    const receiver = await startReceiver()
    receiver.answer = () => undefined
    const late = { ...failure, reason: 'no answer in 0.1 s' }
    expect(await post(message(receiver.url, { timeoutSeconds: 0.1 }))).toEqual(late)
    const never = () => new Promise<never>(() => {})
    expect(await post(message('http://hub.invalid', { timeoutSeconds: 0.1 }), never)).toEqual(late)
  })

  it('is not held by an answer that never ends', async () => {
    const receiver = await startReceiver()
    receiver.answer = (response) => void response.writeHead(200).write('…')
    expect(await post(message(receiver.url, { timeoutSeconds: 60 }))).toEqual({ sent: true })
  })

  it('says by a code what went wrong with the connection, never by an address', async () => {
    expect(await post(message('http://127.0.0.1:1/secret'))).toEqual({ ...failure, reason: 'ECONNREFUSED' })
    const receiver = await startReceiver()
    receiver.answer = (response) => void response.socket?.destroy()
    expect(await post(message(receiver.url))).toMatchObject({ reason: 'ECONNRESET' })
    const https = receiver.url.replace('http:', 'https:')
    expect(await post(message(https))).toMatchObject({ reason: expect.stringMatching(/^[A-Z_0-9]+$/) })
  })
})
