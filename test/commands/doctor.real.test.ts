import { randomUUID } from 'node:crypto'
import axios from 'axios'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createToken, signIn } from '../../scripts/local-nocodb/account.ts'
import { desiredBase } from '../../src/app.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { openBase } from '../../src/nocodb/base.ts'
import { openSdk } from '../../src/nocodb/meta-client.ts'
import { cli } from '../helpers/cli.ts'
import { describeProduction } from '../helpers/engines.ts'
import { makeTestBase, settings } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const all = { trigger: 'command', dryRun: false, epcis: null } as const

describeProduction('the rights that Portrea needs', (nocodb) => {
  let test: TestBase
  let editor: { email: string; token: string }
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'rights', { schema: desiredBase(settings) })
    editor = await account('editor')
    const [brest] = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: '242900314' },
      { Nom: 'Centre Morbihan Communauté', SIREN: '200067221' },
    ])
    const [actor] = await test.insert('Acteurs', [{ Nom: 'Lieu', 'Code INSEE': '29019' }])
    await test.link('Acteurs', 'EPCI', [{ id: actor!, target: brest! }])
  })
  afterAll(() => test.close())

  /** A person of their own on the base, with a token. */
  async function account(roles: string): Promise<{ email: string; token: string }> {
    const email = `${randomUUID()}@portrea.test`
    const password = 'Portrea-test-1'
    await axios.post(`${nocodb.url}/api/v1/auth/user/signup`, { email, password })
    const headers = { 'xc-auth': await signIn(nocodb.url, nocodb.email, nocodb.password) }
    await axios.post(`${nocodb.url}/api/v2/meta/bases/${test.base.id}/users`, { email, roles }, { headers })
    return { email, token: await createToken(nocodb.url, email, password, roles) }
  }

  type Check = { key: string; ok: boolean; detail: string; remedy: string | null }
  const doctor = async (token: string, environment: Record<string, string> = {}) => {
    const { code, stdout } = await cli(['doctor', '--json'], {
      ...{ NOCODB_URL: nocodb.url, NOCODB_TOKEN: token, NOCODB_BASE: test.base.id },
      ...{ PORTREA_DATA_DIR: test.dataDir, ...environment },
    })
    const { checks } = JSON.parse(stdout) as { checks: Check[] }
    return { code, check: (key: string) => checks.find((one) => one.key === key)! }
  }

  it('are an editor’s to synchronise: what is written bears its account, what people wrote does not', async () => {
    const meta = await openSdk(test.base.http)
    for (const table of ['Acteurs', 'EPCI'])
      await meta.dbTableColumn.create(test.base.table(table).id, {
        ...{ title: 'Modifié par', uidt: 'LastModifiedBy' },
      } as never)
    const { url } = nocodb
    const base = await openBase(
      { url, token: editor.token, base: test.base.id },
      settings.nocodb,
      test.parts.log,
    )
    const { refused, counts } = await runSync({ ...test.parts, base }, all)
    await base.close()
    expect(refused).toEqual([])
    expect(counts.cellsWritten).toBeGreaterThan(0)
    for (const table of ['Acteurs', 'EPCI'])
      for (const row of (await test.cells(table)).values())
        expect(row['Modifié par']).toMatchObject({ email: editor.email })
  })

  it('are told to be enough, once an editor runs a base that is complete', async () => {
    const { code, check } = await doctor(editor.token)
    expect(check('rights')).toMatchObject({
      ok: true,
      remedy: null,
      detail: expect.stringContaining('editor'),
    })
    expect(check('writer')).toMatchObject({
      ok: true,
      remedy: null,
      detail: expect.stringContaining(editor.email),
    })
    expect(code).toBe(0)
  })

  it('are told to be more than needed where they are a creator’s or the server’s, without failing', async () => {
    const creator = await account('creator')
    expect((await doctor(creator.token)).check('rights')).toMatchObject({
      ...{ ok: true, remedy: expect.stringMatching(/repassez ce compte en «\seditor\s»/u) },
    })
    const owner = await doctor(nocodb.token)
    expect(owner.check('rights')).toMatchObject({
      ok: true,
      remedy: expect.stringMatching(/toutes les bases/u),
    })
    expect(owner.check('writer')).toMatchObject({ remedy: expect.stringMatching(/un compte à lui/u) })
    expect(owner.code).toBe(0)
  })

  it('are told to be too weak where they do not write, or where the base is still to be completed', async () => {
    const viewer = await account('viewer')
    const { code, check } = await doctor(viewer.token)
    expect(check('rights')).toMatchObject({ ok: false, remedy: expect.stringMatching(/ne peut pas écrire/u) })
    expect(code).toBe(1)
    const meta = await openSdk(test.base.http)
    await meta.dbTableColumn.delete(test.base.table('Acteurs').columns.get('Ne pas publier')!.id)
    expect((await doctor(editor.token)).check('rights')).toMatchObject({
      ...{ ok: false, remedy: expect.stringMatching(/«\screator\s» le temps de `provision`/u) },
    })
  })

  it('come with what became of an EPCI that the official list has no more', async () => {
    expect((await doctor(editor.token)).check('epcis')).toMatchObject({
      ok: true,
      detail: '1 EPCI sur 2 n’est plus dans la liste officielle',
      remedy: expect.stringMatching(
        /CC Centre Morbihan Communauté.*jusqu’en 2021.*12 communes.*CC Baud Communauté/u,
      ),
    })
  })
})
