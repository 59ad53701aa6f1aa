import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openHttp } from '../../src/nocodb/http.ts'
import type { Http, Request } from '../../src/nocodb/http.ts'
import { startNocodbDouble } from '../helpers/nocodb-double/double.ts'
import type { Double, Fault } from '../helpers/nocodb-double/double.ts'

const lines: string[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })

let double: Double
let http: Http
beforeEach(async () => {
  lines.length = 0
  double = await startNocodbDouble({ tables: [{ title: 'Acteurs', fields: ['Nom'], rows: [{ Nom: 'Un' }] }] })
  http = openHttp(double.url, double.token, { connections: 2, timeLimitSeconds: 5 }, log)
})
afterEach(async () => {
  http.close()
  await double.stop()
})

const records = () => `/api/v2/tables/${double.table('Acteurs').id}/records`
const get = (): Request => ({ method: 'GET', path: records(), query: { fields: 'Id,Nom' } })
const post = (): Request => ({ method: 'POST', path: records(), body: [{ Nom: 'Deux' }] })
const patch = (): Request => ({ method: 'PATCH', path: records(), body: [{ Id: 1, Nom: 'Secret' }] })

/** The first `times` calls fail, the following ones do not. */
function fail(fault: Fault, times = 1): void {
  let left = times
  double.faults = () => (left-- > 0 ? fault : undefined)
}
const status = (code: number, body: unknown = {}, headers = {}): Fault => ({
  kind: 'answer',
  status: code,
  body,
  headers,
})

describe('a call that fails', () => {
  it.each<[string, Fault]>([
    ['too many requests', status(429, { msg: 'Too many' }, { 'retry-after': '0' })],
    ['a proxy without its server', status(502, '<html>Bad gateway</html>')],
    ['a fault of the server', status(500, { msg: 'deadlock' })],
    ['a broken connection', { kind: 'cut-before' }],
    ['a page instead of JSON', status(200, '<html>Sign in</html>')],
  ])('is tried again after %s', async (_name, fault) => {
    fail(fault)
    await expect(http.send(get())).resolves.toMatchObject({ list: [{ Id: 1, Nom: 'Un' }] })
    expect(double.calls).toHaveLength(2)
  })

  it('waits as long as the server asks, in seconds or until a date', async () => {
    for (const wait of [() => '1', () => new Date(Date.now() + 2000).toUTCString()]) {
      fail(status(429, {}, { 'retry-after': wait() }))
      const start = Date.now()
      await http.send(get())
      expect(Date.now() - start).toBeGreaterThan(500)
    }
  })

  it('gives up at once when the wait asked for is beyond the time limit', async () => {
    fail(status(429, {}, { 'retry-after': '3600' }))
    await expect(http.send(get())).rejects.toMatchObject({ code: 'NOCODB_UNAVAILABLE', message: /429/ })
    expect(double.calls).toHaveLength(1)
  })

  it('gives up when the time is over, and says which address and why', async () => {
    fail({ kind: 'hang' }, 99)
    const start = Date.now()
    await expect(http.send({ ...get(), timeLimitSeconds: 0.3 })).rejects.toMatchObject({
      code: 'NOCODB_UNAVAILABLE',
      message: expect.stringContaining(double.url) as string,
    })
    expect(Date.now() - start).toBeLessThan(3000)
  })

  it('says so when nothing listens there', async () => {
    const nobody = openHttp('http://127.0.0.1:9', 'x', { connections: 1, timeLimitSeconds: 0.5 }, log)
    await expect(nobody.send({ method: 'GET', path: '/api/v1/health' })).rejects.toMatchObject({
      code: 'NOCODB_UNAVAILABLE',
      message: /127\.0\.0\.1:9.*ECONNREFUSED.*NOCODB_URL/,
    })
    nobody.close()
  })

  it('is not tried again when NocoDB says no, in either form of its words', async () => {
    fail(status(400, { msg: 'Invalid option' }))
    await expect(http.send(patch())).rejects.toMatchObject({
      code: 'NOCODB_REFUSED',
      message: /Invalid option/,
    })
    fail(status(422, { error: 'ERR_X', message: 'Not this way' }))
    await expect(http.send(patch())).rejects.toMatchObject({
      code: 'NOCODB_REFUSED',
      message: /Not this way/,
    })
    expect(double.calls).toHaveLength(2)
  })

  it('is tried a few times only when NocoDB words the fault itself', async () => {
    fail(status(500, { msg: 'applyCte is not a function' }), 99)
    await expect(http.send(patch())).rejects.toMatchObject({ code: 'NOCODB_REFUSED' })
    expect(double.calls).toHaveLength(3)
  })

  it('says which right is missing', async () => {
    fail(status(403, { error: 'ERR_FORBIDDEN', message: 'Forbidden - roles: Viewer.' }))
    await expect(http.send(patch())).rejects.toMatchObject({
      code: 'NOCODB_FORBIDDEN',
      message: /Viewer.*Editor/,
    })
  })

  it('takes a redirect for a wrong address, for a redirected PATCH would change its method', async () => {
    fail(status(301, '', { location: 'https://example.org' }))
    await expect(http.send(patch())).rejects.toMatchObject({
      code: 'NOCODB_UNAVAILABLE',
      message: /redirect/,
    })
  })
})

describe('an insertion', () => {
  it('is sent again only when the first cannot have arrived', async () => {
    fail(status(429, {}, { 'retry-after': '0' }))
    await http.send(post())
    expect(double.table('Acteurs').lastId).toBe(2)
  })

  it.each<[string, Fault]>([
    ['a connection broken after the work', { kind: 'cut-after' }],
    ['a proxy that gave up', status(504, '<html>')],
  ])('is not sent again after %s', async (_name, fault) => {
    fail(fault)
    await expect(http.send(post())).rejects.toMatchObject({ code: 'NOCODB_UNAVAILABLE' })
    expect(double.calls).toHaveLength(1)
  })
})

it('logs neither the cells nor the token', async () => {
  fail({ kind: 'cut-before' })
  await http.send(patch())
  expect(lines.join()).toContain('trying again')
  expect(lines.join()).not.toMatch(/Secret|double-token/)
})

it('refuses an address that is none', () => {
  expect(() => openHttp('nocodb', 'x', { connections: 1, timeLimitSeconds: 1 }, log)).toThrow(/NOCODB_URL/)
})
