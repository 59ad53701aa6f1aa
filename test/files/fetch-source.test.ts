import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fetchSource } from '../../src/files/fetch-source.ts'
import type { FetchBy, Fetched } from '../../src/files/fetch-source.ts'

const LIST = `id,nom\n${Array.from({ length: 20_000 }, (_, at) => `${at},Médiathèque ${at}`).join('\n')}\n`
const BYTES = Buffer.from(LIST)
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

type Answer = (request: IncomingMessage, response: ServerResponse, asked: number) => unknown
let server: Server
let origin = ''
let answer: Answer = () => {}
const asked: IncomingMessage[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response, asked.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const folders: string[] = []
afterEach(() => {
  asked.length = 0
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'portrea-fetch-'))
  folders.push(path)
  return path
}
const by = (more: Partial<FetchBy> = {}): FetchBy => ({
  ...{
    folder: folder(),
    allowPrivate: true,
    megabytes: 5,
    minutes: 1,
    onlyIfChanged: true,
    readAs: 'a',
    pauses: [0, 0],
  },
  ...more,
})
function listOf(fetched: Fetched): Buffer {
  if (fetched.status !== 'read') throw new Error('unchanged')
  return readFileSync(fetched.path)
}
/** Answers as a server of files does: versions, conditions, ranges. */
const fileServer =
  (content: () => Buffer, { tag = '"v1"', cutAt = [] as readonly number[] } = {}): Answer =>
  (request, response, count) => {
    const bytes = content()
    const headers = { etag: tag, 'content-type': 'text/csv' }
    if (request.headers['if-none-match'] === tag) return void response.writeHead(304, headers).end()
    const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0)
    const isPart = from > 0 && request.headers['if-range'] === tag
    const body = isPart ? bytes.subarray(from) : bytes
    const range = isPart ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}
    response.writeHead(isPart ? 206 : 200, { ...headers, ...range, 'content-length': body.length })
    const cut = cutAt[count - 1]
    if (cut === undefined) return void response.end(body)
    response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20))
  }

describe('a list at an address', () => {
  it('is fetched whole, with what tells it from another, and nothing stays of it once it is dealt with', async () => {
    answer = fileServer(() => BYTES)
    const how = by()
    const fetched = await fetchSource(`${origin}/liste.csv`, how)
    expect(listOf(fetched).equals(BYTES)).toBe(true)
    expect(fetched).toMatchObject({
      ...{ status: 'read', isSame: false },
      about: { sha256: sha256(BYTES), bytes: BYTES.length, etag: '"v1"', contentType: 'text/csv' },
    })
    if (fetched.status === 'read') await fetched.keep()
    expect(readdirSync(how.folder)).toEqual([expect.stringMatching(/^[0-9a-f]{24}\.json$/u)])
  })

  it('is not read again while it has not changed', async () => {
    answer = fileServer(() => BYTES)
    const how = by()
    const first = await fetchSource(`${origin}/a`, how)
    if (first.status === 'read') await first.keep()
    expect((await fetchSource(`${origin}/a`, how)).status).toBe('unchanged')
    expect((await fetchSource(`${origin}/a`, { ...how, onlyIfChanged: false })).status).toBe('read')
    expect((await fetchSource(`${origin}/a`, { ...how, readAs: 'b' })).status).toBe('read')
    answer = fileServer(() => Buffer.from('id,nom\n1,B\n'), { tag: '"v2"' })
    const changed = await fetchSource(`${origin}/a`, how)
    expect(changed).toMatchObject({ status: 'read', isSame: false })
    expect((await fetchSource(`${origin}/b`, how)).status).toBe('read')
  })

  it('is read again where what it says was not dealt with', async () => {
    answer = fileServer(() => BYTES)
    const how = by()
    const first = await fetchSource(`${origin}/a`, how)
    if (first.status === 'read') await first.drop()
    expect((await fetchSource(`${origin}/a`, how)).status).toBe('read')
  })

  it('is known to be the same by its words where the server says nothing of versions', async () => {
    answer = (_, response) => response.end(BYTES)
    const how = by()
    const first = await fetchSource(origin, how)
    if (first.status === 'read') await first.keep()
    expect(await fetchSource(origin, how)).toMatchObject({ status: 'read', isSame: true })
  })

  it('is gone on with where it was cut, as often as it takes', async () => {
    answer = fileServer(() => BYTES, { cutAt: [100_000, 150_000] })
    const fetched = await fetchSource(origin, by())
    expect(listOf(fetched).equals(BYTES)).toBe(true)
    expect(asked.map(({ headers }) => headers.range)).toEqual([
      undefined,
      expect.stringMatching(/^bytes=\d+-$/u),
      expect.stringMatching(/^bytes=\d+-$/u),
    ])
  })

  it('is gone on with by the next run, where this one gave up', async () => {
    answer = fileServer(() => BYTES, { cutAt: [200_000] })
    const how = by({ pauses: [] })
    await expect(fetchSource(origin, how)).rejects.toThrow('ne se lit pas jusqu’au bout')
    answer = fileServer(() => BYTES)
    expect(listOf(await fetchSource(origin, how)).equals(BYTES)).toBe(true)
    expect(asked[1]?.headers.range).toMatch(/^bytes=\d+-$/u)
  })

  it('is read from its beginning where what is there now is of another day', async () => {
    const other = Buffer.from(LIST.replaceAll('A', 'B'))
    let day = 'Mon, 23 Nov 2026 10:00:00 GMT'
    const bytes = () => (day.startsWith('Mon') ? BYTES : other)
    answer = (request, response, count) => {
      const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0)
      const headers = { 'last-modified': day, 'content-range': `bytes ${from}-9999999/10000000` }
      response.writeHead(from > 0 ? 206 : 200, headers)
      if (count > 1) return void response.end(bytes().subarray(from))
      response.write(bytes().subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20))
    }
    const how = by({ pauses: [] })
    await expect(fetchSource(origin, how)).rejects.toThrow('ne se lit pas jusqu’au bout')
    day = 'Tue, 24 Nov 2026 10:00:00 GMT'
    expect(listOf(await fetchSource(origin, how)).equals(other)).toBe(true)
  })

  it.each([
    [
      'another version is there',
      fileServer(() => Buffer.from('id,nom\n1,B\n'), { tag: '"v2"' }),
      'id,nom\n1,B\n',
    ],
    ['the server knows no parts', (_, response) => response.end(BYTES), LIST],
    [
      'the server sends another part',
      (request, response) =>
        request.headers.range === undefined
          ? response.end(BYTES)
          : response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('nom,x'),
      LIST,
    ],
    [
      'the server sends a part of another version',
      (request, response) => {
        const from = /^bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1]
        if (from === undefined) response.end(BYTES)
        else
          response.writeHead(206, { etag: '"v3"', 'content-range': `bytes ${from}-999999/1000000` }).end('x')
      },
      LIST,
    ],
    [
      'the server has no such part',
      (request, response) =>
        request.headers.range === undefined ? response.end(BYTES) : response.writeHead(416).end(),
      LIST,
    ],
  ])('is read from its beginning after a cut where %s', async (_, after, content) => {
    answer = fileServer(() => BYTES, { cutAt: [200_000] })
    const how = by({ pauses: [] })
    await expect(fetchSource(origin, how)).rejects.toThrow('ne se lit pas jusqu’au bout')
    answer = after
    expect(listOf(await fetchSource(origin, how)).toString()).toBe(content)
  })

  it.each([
    [
      'on its way',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BYTES)),
    ],
    ['as a file', (response: ServerResponse) => response.end(gzipSync(BYTES))],
  ])('is unpacked where it is packed %s', async (_, send) => {
    answer = (_request, response) => void send(response)
    const fetched = await fetchSource(origin, by())
    expect(listOf(fetched).equals(BYTES)).toBe(true)
    expect(fetched.about.sha256).toBe(sha256(BYTES))
  })

  it('follows the few addresses that it leads to', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end()
      else response.end('id,nom\n')
    }
    expect(listOf(await fetchSource(`${origin}/5`, by())).toString()).toBe('id,nom\n')
    await expect(fetchSource(`${origin}/6`, by())).rejects.toThrow('plus de 5 fois')
  })

  it.each([
    ['a network of its own', 'http://10.0.0.1/liste', false],
    ['this machine', 'http://127.0.0.1/liste', false],
    ['this machine in IPv6', 'http://[::1]/liste', false],
    [
      'the secrets of a cloud, even where private addresses are allowed',
      'http://169.254.169.254/latest',
      true,
    ],
  ])('is not fetched from %s', async (_, address, allowPrivate) => {
    await expect(fetchSource(address, by({ allowPrivate }))).rejects.toThrow('n’est pas une adresse publique')
  })

  it.each([
    ['http://169.254.169.254/latest', 'n’est pas une adresse publique'],
    ['ftp://exemple.fr/liste', 'n’est pas http(s)'],
    ['file:///etc/passwd', 'n’est pas http(s)'],
    ['http://moi:secret@127.0.0.1/', 'un nom ou un mot de passe'],
  ])('is not fetched from where it leads to: %s', async (location, told) => {
    answer = (_, response) => response.writeHead(301, { location }).end()
    await expect(fetchSource(origin, by())).rejects.toThrow(told)
    expect(asked).toHaveLength(1)
  })

  it('is fetched from the address that was checked, whatever the name says afterwards', async () => {
    answer = (_, response) => response.end('id,nom\n')
    let times = 0
    const resolve = () => {
      times += 1
      return Promise.resolve([{ address: times === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }])
    }
    const address = `http://liste.exemple:${new URL(origin).port}/`
    expect(listOf(await fetchSource(address, by({ resolve }))).toString()).toBe('id,nom\n')
    expect(times).toBe(1)
  })

  it.each([
    [
      'that says how long it is',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 9_000_000 }).write('x'),
    ],
    ['that never ends', endless],
    [
      'that unpacks to more',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(6_000_000))),
    ],
  ])('is refused past its limit: one %s', async (_, send) => {
    answer = (_request, response) => send(response)
    const how = by()
    await expect(fetchSource(origin, how)).rejects.toThrow('plus de 5 Mo')
    expect(readdirSync(how.folder)).toEqual([])
    expect(asked).toHaveLength(1)
  })

  it('is given up where it takes too long, and kept for the next time', async () => {
    answer = (_, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': BYTES.length })
      const drip = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(drip))
    }
    const how = by({ minutes: 0.005 })
    await expect(fetchSource(origin, how)).rejects.toThrow('ne s’est pas lue en')
    expect(readdirSync(how.folder).some((name) => name.endsWith('.part'))).toBe(true)
  })

  it('is given up where the server says nothing any more', async () => {
    answer = (_, response) => void response.writeHead(200, { 'content-length': 100 }).write('id,nom')
    await expect(fetchSource(origin, by({ idleSeconds: 0.1, pauses: [] }))).rejects.toThrow(origin)
  })

  it('is not a part that nobody asked for', async () => {
    answer = (_, response) => response.writeHead(206, { 'content-range': 'bytes 0-2/10' }).end('id,')
    await expect(fetchSource(origin, by())).rejects.toThrow('qu’une partie')
    expect(asked).toHaveLength(4)
  })

  it.each([
    [404, 1],
    [403, 1],
    [500, 3],
    [429, 3],
  ])('is told by its status %i, asked as often as it may help', async (status, times) => {
    answer = (_, response) => response.writeHead(status).end('rien')
    await expect(fetchSource(origin, by())).rejects.toThrow(`répond ${status}`)
    expect(asked).toHaveLength(times)
  })

  it.each([
    ['a codage that nobody asked for', { 'content-encoding': 'br' }, 'x', 'codage'],
    ['damaged packing', { 'content-encoding': 'gzip' }, 'pas du gzip', 'abîmé'],
  ])('is told with %s', async (_, headers, body, told) => {
    answer = (_request, response) => response.writeHead(200, headers).end(body)
    await expect(fetchSource(origin, by())).rejects.toThrow(told)
  })
})

function endless(response: ServerResponse): void {
  response.writeHead(200)
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(100_000, 'x')));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
