import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../helpers/cli.ts'
import { portreaDouble } from '../helpers/portrea-double.ts'
import { CONFIG } from '../helpers/rules.ts'

describe('portrea import SOURCE', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portrea-import-source-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const written = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const run = (...args: readonly string[]) =>
    cli(['import', ...args], { PORTREA_DATA_DIR: join(folder, 'data'), DATABASE_URL: '' })

  it('tells what a file says, field by field and EPCI by EPCI, what it could not place, and what it could not read', async () => {
    const file = await written(
      'liste.csv',
      'id;nom;code_insee;commune;code_postal;telephone\na;Espace;29019;Brest;29200;0298000000\nb;Autre;;BREST;29200;02\nc;Nulle part;;;;\nd;Trop;29019;Brest;29200;;x\n',
    )
    const { code, stdout, stderr } = await run(file, '--json')
    expect(code).toBe(1)
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({
      ...{ source: null, file: 'liste.csv', records: 3, unplaced: 1 },
      epcis: [{ siren: '242900314', name: 'Brest Métropole', records: 2 }],
      unreadable: [{ line: 5, reason: expect.stringContaining('en trop') }],
    })
    const fields = Object.fromEntries(document.fields.map((one: { field: string }) => [one.field, one]))
    expect(fields).toMatchObject({
      nom: { filled: 3, blocking: 0 },
      telephone: { filled: 2, blocking: 1 },
      horaires: { filled: 0 },
    })
    expect(stderr).toContain('point-virgule')
    const text = (await run(file)).stdout.replaceAll(/[\u00a0\u202f]/gu, ' ')
    expect(text).toContain('3 fiches dans 1 EPCI')
    expect(text).toMatch(/Téléphone +66 % +2 sur 3, dont 1 à corriger/u)
    expect(text).toContain('✗ ligne 5 : ')
  })

  it('reads a file as a preset, and says whom to cite', async () => {
    const file = await written('fs.csv', 'id_fs,lib_fs,insee_com,lib_com\n7,France services,29019,Brest\n')
    const { code, stdout } = await run(file, '--as', 'france-services', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      source: { name: 'france-services', attribution: expect.stringContaining('ANCT') },
      ...{ records: 1, unplaced: 0, unreadable: [] },
    })
  })

  it('reads an address, keeps nothing of it but that it was read, and reads it again only if it has changed', async () => {
    let body = 'id,nom,code_insee,commune\na,Espace,29019,Brest\n'
    const server = createServer((request, response) => {
      const etag = `"${body.length}"`
      if (request.url === '/page')
        response.setHeader('content-type', 'text/html').end('<!doctype html><p>Bonjour')
      else if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.setHeader('etag', etag).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const double = await portreaDouble({})
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const config = join(folder, 'config')
      await cp(CONFIG, config, { recursive: true })
      const text = `title: Notre liste\nproducer: Un Hub\nlicence: LO 2.0\nattribution: Un Hub\nformat: csv\nallowPrivate: true\n`
      await writeFile(join(config, 'sources/notre-liste.yaml'), `${text}url: ${origin}/liste\n`)
      await writeFile(join(config, 'sources/page.yaml'), `${text}url: ${origin}/page\n`)
      const own = (...args: readonly string[]) =>
        cli(['import', ...args], {
          PORTREA_DATA_DIR: join(folder, 'data'),
          DATABASE_URL: '',
          PORTREA_CONFIG_DIR: config,
          ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
        })
      const first = await own('notre-liste', '--json')
      expect(first.code).toBe(0)
      expect(JSON.parse(first.stdout)).toMatchObject({
        records: 1,
        fetched: { bytes: body.length, etag: `"${body.length}"` },
      })
      expect((await own('notre-liste')).stdout).toContain('n’a pas changé depuis sa lecture')
      body += 'b,Autre,29019,Brest\n'
      expect(JSON.parse((await own('notre-liste', '--json')).stdout)).toMatchObject({ records: 2 })
      const kept = await readdir(join(folder, 'data/sources'))
      expect(kept.every((name) => name.endsWith('.json'))).toBe(true)
      const page = await own('page')
      expect([page.code, page.stderr]).toEqual([
        3,
        expect.stringContaining(`${origin}/page est une page web`),
      ])
    } finally {
      server.closeAllConnections()
      await double.stop()
      await new Promise((resolve) => server.close(resolve))
    }
  }, 180_000)

  it.each([
    [['aidants-connect'], 2, '--as aidants-connect'],
    [['x.csv'], 3, 'ni un fichier, ni une adresse'],
    [['x.csv', '--as', 'inconnue'], 2, 'aucune source de ce nom'],
  ])('says what to give where %j names nothing to read', async (args, exit, told) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(exit)
    expect(stderr).toContain(told)
  })

  it('has its sources checked with the rest of config/', async () => {
    const config = join(folder, 'faulty')
    await cp(CONFIG, config, { recursive: true })
    await writeFile(
      join(config, 'sources/essai.yaml'),
      'title: X\nproducer: Y\nlicence: Z\nattribution: A\nformat: cvs\n',
    )
    const { code, stderr } = await cli(['check-config'], { PORTREA_CONFIG_DIR: config })
    expect(code).toBe(3)
    expect(stderr.replaceAll(/[\u00a0\u202f]/gu, ' ')).toContain('• sources/essai.yaml:5: format : ')
    expect(stderr).toContain('Configuration à corriger')
  })
})
