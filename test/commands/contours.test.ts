import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keptContours } from '../../src/files/contours-file.ts'
import { cli } from '../helpers/cli.ts'
import { gridContours } from '../helpers/grid-contours.ts'
import { CONFIG } from '../helpers/rules.ts'

const GIVEN = gridContours(['200000001', '200000002'], [-4, 47.5, -1, 48.8])

describe('portrea contours', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portrea-contours-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const written = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const run = (data: string, args: readonly string[], config = CONFIG) =>
    cli(['contours', ...args], {
      PORTREA_DATA_DIR: join(folder, data),
      PORTREA_CONFIG_DIR: config,
      DATABASE_URL: '',
    })

  it('keeps what a file gives, with whose it is, and names what it refuses', async () => {
    const open = { type: 'Feature', properties: { code: '200000003' }, geometry: null }
    const file = await written(
      'epci.geojson',
      JSON.stringify({ ...GIVEN, features: [...GIVEN.features, open] }),
    )
    const dry = await run('file', [file, '--dry-run', '--json'])
    expect(JSON.parse(dry.stdout)).toMatchObject({ epcis: 2, kept: false })
    expect(await keptContours(join(folder, 'file'))()).toBeNull()
    const { code, stdout } = await run('file', [file])
    expect(code).toBe(1)
    expect(stdout).toContain('2 contours d’EPCI')
    expect(stdout).toContain('200000003\u00a0: n’a pas de contour')
    const kept = await keptContours(join(folder, 'file'))()
    expect(kept).toMatchObject({ source: 'epci.geojson', licence: 'Licence Ouverte 2.0' })
    expect(kept?.zones.map(({ name }) => name)).toEqual(['Métropole'])
  })

  it('takes the address of config/map.yaml, and keeps what it had where that gives nothing', async () => {
    let body: Buffer | string = gzipSync(JSON.stringify(GIVEN))
    const server = createServer((_, response) => {
      response.writeHead(200, typeof body === 'string' ? {} : { 'content-encoding': 'gzip' }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/epci.geojson`
      const config = join(folder, 'config')
      await cp(CONFIG, config, { recursive: true })
      const text = await readFile(join(CONFIG, 'map.yaml'), 'utf8')
      await writeFile(join(config, 'map.yaml'), text.replace(/^source: .*$/mu, `source: ${address}`))
      const refused = await run('address', [], config)
      expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('allowPrivate')])
      const allowed = text
        .replace(/^source: .*$/mu, `source: ${address}`)
        .replace('allowPrivate: false', 'allowPrivate: true')
      await writeFile(join(config, 'map.yaml'), allowed)
      expect((await run('address', [], config)).code).toBe(0)
      const kept = keptContours(join(folder, 'address'))
      expect((await kept())?.source).toBe(address)
      for (const bad of ['<html>', '{"type":"FeatureCollection","features":[]}']) {
        body = bad
        expect((await run('address', [], config)).code).toBe(3)
      }
      expect((await kept())?.source).toBe(address)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it.each([
    ['nothing.geojson', null, 'ne peut pas être lu'],
    [
      'points.geojson',
      '{"features":[{"properties":{"code":"200000001"},"geometry":{"type":"Point","coordinates":[1,47]}}]}',
      'n’est pas une surface',
    ],
  ])('says why %s is none', async (name, text, reason) => {
    const file = text === null ? join(folder, name) : await written(name, text)
    const { code, stderr } = await run('none', [file])
    expect([code, stderr]).toEqual([3, expect.stringContaining(reason)])
  })
})
