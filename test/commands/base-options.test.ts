import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { open } from '../../src/commands/base-options.ts'
import { clockLead } from '../../src/nocodb/token-user.ts'

describe('--demo', () => {
  const home = process.cwd()
  const before = { ...process.env }
  beforeEach(() => {
    process.env['PORTREA_CONFIG_DIR'] = join(home, 'config')
    process.chdir(mkdtempSync(join(tmpdir(), 'portrea-demo-')))
    mkdirSync('var')
  })
  afterEach(() => {
    process.chdir(home)
    process.env = { ...before }
  })
  const demo = (text: string) => writeFileSync('var/demo.json', text)

  it("keeps out of the real service's database", () => {
    process.env['DATABASE_URL'] = 'postgres://portrea:secret@db.example.org/portrea'
    process.env['NOCODB_TOKEN'] = 'that-of-the-real-base'
    demo(
      JSON.stringify({
        nocodbUrl: 'http://127.0.0.1:8080',
        token: 'of-the-demo',
        baseId: 'p1',
        serviceUrl: 'http://127.0.0.1:3000',
        apiToken: 'api-of-the-demo',
        webhookSecret: 'hook-of-the-demo',
      }),
    )
    const { environment } = open({ demo: true }, ['NOCODB_URL', 'NOCODB_TOKEN'])
    expect(environment.DATABASE_URL).toBeUndefined()
    expect(environment).toMatchObject({ NOCODB_TOKEN: 'of-the-demo', PORTREA_DATA_DIR: 'var/demo/data' })
  })

  it.each(['{ "nocodbUrl": "http', '{}'])(
    'says that the demo must be started again when its file is %j',
    (text) => {
      demo(text)
      expect(() => open({ demo: true }, [])).toThrow(
        /var\/demo\.json n’est pas entier : relancez `npm run demo`/,
      )
    },
  )
})

describe("the server's clock", () => {
  it('is not known where the server does not answer', async () => {
    expect(await clockLead('http://127.0.0.1:9')).toBeNull()
  })
})
