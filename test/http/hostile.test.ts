import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { MOST_LISTENERS } from '../../src/http/event-feed.ts'
import { AUTHORIZED, SIREN, testServer, WEBHOOK_SECRETS } from './test-server.ts'

/** Far less than the service waits: the same server, for impatient tests. */
const IMPATIENT = { arrival: { headersMs: 200, requestMs: 400, checkMs: 50 } }

async function listening(parts: Parameters<typeof testServer>[0] = {}) {
  const made = await testServer(parts)
  await made.server.listen({ host: '127.0.0.1', port: 0 })
  return { ...made, port: (made.server.server.address() as AddressInfo).port }
}

/** What the server says to these bytes, until it closes the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(bytes)
  return text(socket)
}

describe('a request that is slow to arrive', () => {
  it.each([
    ['its headers', 'GET /health/live HTTP/1.1\r\nHost: x\r\n'],
    ['its first line', 'GET /hea'],
    ['nothing at all', ''],
    [
      'its body',
      `POST /api/recommendations HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZED.authorization}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`,
    ],
  ])('is answered 408 and let go: %s', async (_, bytes) => {
    const { port } = await listening(IMPATIENT)
    expect(await raw(port, bytes)).toMatch(/^HTTP\/1\.1 408 Request Timeout/u)
  })

  it('holds up nobody else, were there three hundred of them', async () => {
    const { server, port } = await listening()
    const slow = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => {}))
    onTestFinished(() => slow.forEach((socket) => socket.destroy()))
    for (const socket of slow) socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n')
    const answer = await fetch(`${server.listeningOrigin}/health/live`)
    expect(answer.status).toBe(200)
  })
})

describe('an address', () => {
  it('that is far too long is refused as such', async () => {
    const { port } = await listening()
    const said = await raw(port, `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(said).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large/u)
    expect(said).toContain('"code":"REQUEST_INVALID"')
  })

  it.each([
    [`/api/epcis/${'1'.repeat(8000)}`, 400],
    [`/api/epcis/${SIREN}?${'a=b&'.repeat(3000)}`, 404],
    [`/?q=${'x'.repeat(8000)}`, 303],
    ['/api/epcis/%00', 400],
    ['/api/epcis/%E0%A4%A', 400],
    ['/epcis/..%2f..%2fetc%2fpasswd', 303],
  ])('of %#: no fault of ours', async (url, status) => {
    const { server } = await testServer()
    expect((await server.inject({ url, headers: AUTHORIZED })).statusCode).toBe(status)
  })
})

const post = (server: FastifyInstance, url: string, payload: string, headers: Record<string, string>) =>
  server.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } })

/** JSON that nobody means well with. */
const JSONS: readonly [what: string, json: string][] = [
  ['__proto__', '{"__proto__":{"admin":true}}'],
  ['__proto__ further in', '{"answers":{"__proto__":{"aim":"database"}}}'],
  ['constructor.prototype', '{"constructor":{"prototype":{"admin":true}}}'],
  ['constructor as a key', '{"answers":{"constructor":"x"}}'],
  ['arrays in arrays', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['objects in objects', '{"answers":'.repeat(5000) + '1' + '}'.repeat(5000)],
  ['an array that never ends', '['.repeat(60_000)],
  ['a number without end', `{"answers":{"meetingsPerYear":${'9'.repeat(50_000)}}}`],
  ['lone surrogates', String.raw`{"siren":"\ud800","answers":{"\udfff":1}}`],
  ['NUL', String.raw`{"siren":"\u0000"}`],
]

describe('a body', () => {
  const secret = { 'x-portrea-secret': WEBHOOK_SECRETS[0] }
  it.each(JSONS)(
    'of %s is refused at every route that reads one, and changes no object of ours',
    async (_, json) => {
      const { server, log } = await testServer()
      for (const [url, headers] of [
        ['/api/recommendations', AUTHORIZED],
        ['/api/syncs', AUTHORIZED],
        ['/webhooks/nocodb', secret],
      ] as const) {
        const answer = await post(server, url, json, headers)
        expect([url, answer.statusCode]).toEqual([url, 400])
        expect(answer.body.length).toBeLessThan(2000)
      }
      expect(({} as { admin?: boolean }).admin).toBeUndefined()
      expect(log.lines.filter(({ level }) => Number(level) >= 50)).toEqual([])
    },
  )

  it('of deep cells in a webhook is taken for what it is: so many rows changed', async () => {
    const { server } = await testServer()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const rows = `[{"Id":1,"Nom":${deep},"constructor":"x"}]`
    const json = `{"type":"records.after.update","id":"a","base_id":"p1","version":"v3","data":{"table_id":"m1","table_name":"A","rows":${rows},"previous_rows":[]}}`
    const answer = await post(server, '/webhooks/nocodb', json, secret)
    expect([answer.statusCode, answer.json()]).toEqual([202, { rows: 1 }])
  })

  it.each([
    '__proto__[admin]=1&email=x&password=y',
    'constructor.prototype.admin=1',
    `to=${'/'.repeat(60_000)}`,
    `${'a'.repeat(30_000)}=1`,
  ])('of a form: %#: leads nowhere and signs nobody in', async (payload) => {
    const { server } = await testServer()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await server.inject({ method: 'POST', url: '/connexion', payload, headers })
    expect([400, 401]).toContain(answer.statusCode)
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  it.each([
    ['/api/recommendations', AUTHORIZED, 'application/json'],
    ['/connexion', {}, 'application/x-www-form-urlencoded'],
  ])('over the limit is refused: %s', async (url, headers, type) => {
    const { server } = await testServer()
    const payload = `"${'x'.repeat(100_000)}"`
    const answer = await server.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...headers, 'content-type': type },
    })
    expect(answer.statusCode).toBe(413)
  })
})

describe('a thousand listeners of the live feed', () => {
  it('are let in as far as there is room, the others told to come later; everybody else is answered', async () => {
    const { server, port } = await listening()
    const open: IncomingMessage[] = []
    onTestFinished(() => open.forEach((response) => response.destroy()))
    const listen = async () => {
      const request = get({ port, path: '/api/events', headers: AUTHORIZED, agent: false })
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      response.on('error', () => {})
      if (response.statusCode === 200) open.push(response)
      else response.resume()
      return [response.statusCode, response.headers['retry-after']]
    }
    const answers: unknown[] = []
    for (let round = 0; round < 10; round++)
      answers.push(...(await Promise.all(Array.from({ length: 100 }, listen))))
    expect(answers.filter((one) => (one as unknown[])[0] === 200)).toHaveLength(MOST_LISTENERS)
    expect(new Set(answers.slice(MOST_LISTENERS).map((one) => JSON.stringify(one)))).toEqual(
      new Set(['[429,"60"]']),
    )
    const live = await fetch(`${server.listeningOrigin}/health/live`)
    expect(live.status).toBe(200)
    open.splice(0, 1)[0]!.destroy()
    await expect.poll(async () => (await listen())[0]).toBe(200)
  })

  it('asked for in one moment are not more than there is room for', async () => {
    const { port } = await listening()
    const open: IncomingMessage[] = []
    onTestFinished(() => open.forEach((response) => response.destroy()))
    const answers = await Promise.all(
      Array.from({ length: MOST_LISTENERS + 100 }, async () => {
        const request = get({ port, path: '/api/events', headers: AUTHORIZED, agent: false })
        const [response] = (await once(request, 'response')) as [IncomingMessage]
        open.push(response.on('error', () => {}))
        return response.statusCode
      }),
    )
    expect(answers.filter((status) => status === 200)).toHaveLength(MOST_LISTENERS)
  })
})
