import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Validator } from '@seriousme/openapi-schema-validator'
import axios from 'axios'
import { describe, expect, it } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import { Problem } from '../../src/http/schemas/problem.ts'
import { AUTHORIZED, IDLE_WORK, SIREN, testServer, TOKEN } from './test-server.ts'

const GUARDED = [
  '/metrics',
  '/api/epcis',
  `/api/epcis/${SIREN}`,
  '/api/calibration',
  '/api/agreement',
  '/api/syncs',
  '/api/syncs/x',
]
const OPEN = [
  '/connexion',
  '/health/live',
  '/health/ready',
  '/openapi.json',
  '/docs',
  '/docs/static/swagger-ui.css',
]

describe('who may read what', () => {
  it.each(GUARDED)('asks for the bearer token at %s', async (url) => {
    const { server } = await testServer()
    for (const authorization of [
      undefined,
      'Bearer',
      `Bearer ${TOKEN}x`,
      `Basic ${TOKEN}`,
      TOKEN,
      `Bearer ${TOKEN} x`,
    ]) {
      const answer = await server.inject({
        url,
        headers: authorization === undefined ? {} : { authorization },
      })
      expect(answer.statusCode, authorization).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="Portrea"')
      expect(Problem.parse(answer.json()).code).toBe('UNAUTHORIZED')
    }
    expect((await server.inject({ url, headers: AUTHORIZED })).statusCode).not.toBe(401)
  })

  it('asks for it before it looks at the body', async () => {
    const { server } = await testServer()
    for (const url of ['/api/recommendations', '/api/syncs'])
      expect((await server.inject({ method: 'POST', url, payload: { bad: 1 } })).statusCode).toBe(401)
  })

  it.each(OPEN)('is open at %s', async (url) => {
    const { server } = await testServer()
    const { statusCode, headers } = await server.inject({ url })
    expect(statusCode).toBe(200)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('shows people what this is, in French, and nothing from elsewhere', async () => {
    const { server } = await testServer()
    const { body } = await server.inject({ url: '/connexion' })
    expect(body).toContain('<html lang="fr">')
    expect(body).toContain('href="/docs"')
    expect(body).not.toMatch(/https?:/u)
    expect((await server.inject({ url: '/docs' })).body).not.toMatch(/(src|href)="https?:/u)
  })
})

describe('every error is a problem', () => {
  it('says that there is nothing there', async () => {
    const { server } = await testServer()
    for (const [method, url] of [
      ['GET', '/nothing'],
      ['DELETE', '/api/epcis'],
    ] as const) {
      const answer = await server.inject({ method, url, headers: AUTHORIZED })
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(Problem.parse(answer.json())).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    }
  })

  it('answers an address that cannot be read', async () => {
    const { server } = await testServer()
    const answer = await server.inject({ url: '/api/epcis/%ZZ' })
    expect(Problem.parse(answer.json())).toMatchObject({ status: 400, code: 'REQUEST_INVALID' })
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it.each([
    [new PortreaError('NOCODB_UNAVAILABLE', 'secret address'), 503],
    [new PortreaError('NOCODB_FORBIDDEN', 'secret address'), 502],
    [new PortreaError('STORE_UNAVAILABLE', 'secret address'), 503],
    [new TypeError('secret address'), 500],
  ])('hides what went wrong inside, and logs it with the id of the request: %s', async (fault, status) => {
    const start = () => Promise.reject(fault)
    const { server, log } = await testServer({ work: { ...IDLE_WORK, start } })
    const answer = await server.inject({ method: 'POST', url: '/api/syncs', headers: AUTHORIZED })
    const { request, code } = Problem.parse(answer.json())
    expect(answer.statusCode).toBe(status)
    expect(code).toBe(fault instanceof PortreaError ? fault.code : 'INTERNAL')
    expect(answer.body).not.toContain('secret')
    expect(answer.headers['x-request-id']).toBe(request)
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        request,
        msg: 'request failed',
        err: expect.objectContaining({ message: 'secret address' }),
      }),
    )
  })
})

describe('the log', () => {
  it('holds no query, no body, no header', async () => {
    const { server, log } = await testServer()
    await server.inject({ url: '/api/syncs?limit=2&name=MARTIN', headers: AUTHORIZED })
    await server.inject({ url: '/nothing/MARTIN?x=MARTIN' })
    const payload = { answers: { aim: 'MARTIN' } }
    await server.inject({ method: 'POST', url: '/api/recommendations', headers: AUTHORIZED, payload })
    expect(log.lines).toMatchObject([
      { method: 'GET', route: '/api/syncs', status: 400, msg: 'request answered' },
      { method: 'GET', route: null, status: 404 },
      { method: 'POST', route: '/api/recommendations', status: 400 },
    ])
    expect(log.text()).not.toMatch(new RegExp(`MARTIN|${TOKEN}`, 'u'))
  })
})

describe('/health/ready', () => {
  it('says what does not answer', async () => {
    const found = { ready: false, checks: { nocodb: { ok: false, detail: 'NOCODB_UNAVAILABLE' } } }
    const { server } = await testServer({ readiness: async () => found })
    const answer = await server.inject({ url: '/health/ready' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toEqual(found)
    expect((await server.inject({ url: '/health/live' })).statusCode).toBe(200)
  })

  it('looks once for all who ask at the same time: it is open, and NocoDB is not to be hammered', async () => {
    let looks = 0
    const readiness = async () => {
      looks += 1
      return { ready: true, checks: {} }
    }
    const { server } = await testServer({ readiness })
    await Promise.all(Array.from({ length: 20 }, () => server.inject({ url: '/health/ready' })))
    expect(looks).toBe(1)
  })
})

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { server } = await testServer()
    const validator = new Validator()
    const result = await validator.validate((await server.inject({ url: '/openapi.json' })).json())
    expect(result).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('lists every route, says which ask for the token, and names all that it refers to', async () => {
    const { server } = await testServer()
    const document = (await server.inject({ url: '/openapi.json' })).json()
    const routes = Object.entries<Record<string, { security?: unknown; summary?: string }>>(document.paths)
    const described = routes.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => `${method} ${path}${security ? ' *' : ''}`),
    )
    expect(described.toSorted()).toEqual([
      'get /api/agreement *',
      'get /api/calibration *',
      'get /api/epcis *',
      'get /api/epcis/{siren} *',
      'get /api/epcis/{siren}/history *',
      'get /api/epcis/{siren}/prefill *',
      'get /api/epcis/{siren}/replay *',
      'get /api/events *',
      'get /api/inbox *',
      'get /api/syncs *',
      'get /api/syncs/{id} *',
      'get /api/typology *',
      'get /api/workload *',
      'get /exports/{file}',
      'get /exports/{siren}/{file}',
      'get /health/live',
      'get /health/ready',
      'get /metrics *',
      'get /openapi.json',
      'post /api/recommendations *',
      'post /api/syncs *',
      'post /webhooks/nocodb *',
    ])
    const printed = server.printRoutes({ commonPrefix: false })
    expect(
      printed.match(/\((GET|POST)/gu),
      'these addresses, the six of /docs, and those of pages',
    ).toHaveLength(routes.length + 6 + 51)
    const named = Object.keys(document.components.schemas)
    const used = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/gu)].map(
      ([, name]) => name,
    )
    expect(named.toSorted()).toEqual([...new Set(used)].toSorted())
  })
})

describe('over the network', () => {
  it('answers, and stops', async () => {
    const { server } = await testServer()
    const baseURL = await server.listen({ host: '127.0.0.1', port: 0 })
    const http = axios.create({ baseURL, validateStatus: () => true, proxy: false })
    expect((await http.get('/health/live')).data).toEqual({ status: 'ok' })
    expect((await http.get('/api/epcis', { headers: AUTHORIZED })).data).toEqual({ epcis: [] })
    expect((await http.get('/api/epcis')).status).toBe(401)
    await server.close()
    await expect(http.get('/health/live')).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN/u) })
  })

  it('answers what is not HTTP with a problem too', async () => {
    const { server } = await testServer()
    const { hostname, port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
    const socket = connect(Number(port), hostname)
    socket.write('BONJOUR\r\n\r\n')
    const [head, body] = (await text(socket)).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json/u)
    expect(JSON.parse(body!)).toMatchObject({ status: 400, code: 'REQUEST_INVALID' })
  })
})
