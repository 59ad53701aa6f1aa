import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { driftStage, proveByNight, proveLive, right, until } from '../helpers/drift-stage.ts'
import type { DriftStage } from '../helpers/drift-stage.ts'
import { startReceiver } from '../helpers/hook-receiver.ts'
import type { HookReceiver } from '../helpers/hook-receiver.ts'
import { HOOK_SECRET } from '../helpers/live-service.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'
import { driftCases } from './drift.ts'

const nocodb = inject('postgresNocodb')

/** An account of the service alone: an editor of the base, as README asks for. */
async function serviceAccount(base: string): Promise<{ readonly token: string; readonly id: string }> {
  const post = async <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const answer = await fetch(nocodb.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const who = { email: `${randomUUID()}@portrea.test`, password: 'Un-mot-de-passe-1' }
  await post('/api/v1/auth/user/signup', who)
  await post(
    `/api/v2/meta/bases/${base}/users`,
    { email: who.email, roles: 'editor' },
    { 'xc-token': nocodb.token },
  )
  const session = await post<{ token: string }>('/api/v1/auth/user/signin', who)
  const auth = { 'xc-auth': session.token }
  const { token, fk_user_id: id } = await post<{ token: string; fk_user_id: string }>(
    '/api/v1/tokens',
    { description: 'service' },
    auth,
  )
  return { token, id }
}

describe.each([['by night', proveByNight] as const, ['live', proveLive] as const])(
  'a base that changes under the service, %s (NocoDB on PostgreSQL)',
  (way, prove) => {
    let home: TestBase
    let stage: DriftStage
    let receiver: HookReceiver
    let account: { readonly token: string; readonly id: string }
    beforeAll(async () => {
      receiver = await startReceiver()
      home = await makeTestBase(nocodb, `drift ${way}`, {
        target: { url: receiver.url, secret: HOOK_SECRET },
      })
      await fill(home)
      account = await serviceAccount(home.base.id)
      stage = await driftStage({
        ...{ url: nocodb.url, token: nocodb.token, serviceToken: account.token, base: home.base.id },
        listen: (url) => {
          receiver.to = url
        },
      })
      if (way === 'live') {
        await stage.start()
        await right(stage)
      } else await stage.sync()
    }, 300_000)
    afterAll(async () => {
      await stage.stop()
      await receiver.stop()
      await home.close()
    })

    driftCases((one) => prove(stage, one))

    it('sees a column that a view hides, as before', async () => {
      const { place } = stage
      const { views } = await place.call<{ views: { id: string }[] }>(
        'GET',
        `/api/v2/meta/tables/${place.tableId('Acteurs')}`,
      )
      const path = `/api/v2/meta/views/${views[0]!.id}/columns`
      const { list } = await place.call<{ list: { id: string; fk_column_id: string }[] }>('GET', path)
      const hidden = list.find((one) => one.fk_column_id === place.columnId('Acteurs', 'Commune'))!
      const change = () => place.call('PATCH', `${path}/${hidden.id}`, { show: false })
      await prove(stage, { name: 'hidden', change, mend: null, outcome: 'follows' })
    }, 300_000)

    it.each([
      ['may only read', 'viewer', 'NOCODB_FORBIDDEN', /ne peut plus écrire.*viewer.*« editor »/u],
      ['was taken out of the base', 'no-access', /SCHEMA_MISMATCH|NOCODB_FORBIDDEN/u, /base|jeton/u],
    ])(
      'writes nothing where its account %s, and goes on once it may',
      async (_, role, code, says) => {
        const { place } = stage
        const give = (roles: string) =>
          place.call('PATCH', `/api/v2/meta/bases/${home.base.id}/users/${account.id}`, { roles })
        await give(role)
        try {
          if (way === 'live') {
            await until('health says so', async () => {
              const { status, detail } = await stage.health()
              return status === 503 && new RegExp(code).test(detail)
            })
            await stage.write({ 'Site web': `https://${role}.example.org` })
            await until('people read it', async () => says.test((await stage.lastFaults()) ?? ''))
          } else await expect(stage.sync()).rejects.toMatchObject({ code: expect.stringMatching(code) })
        } finally {
          await give('editor')
        }
        if (way === 'live') {
          await right(stage)
          await until('health is well again', async () => (await stage.health()).status === 200)
        } else expect((await stage.sync()).counts.cellsWritten).toBe(0)
      },
      300_000,
    )

    it('says which table is gone', async () => {
      const { place } = stage
      await place.call('DELETE', `/api/v2/meta/tables/${place.tableId('Journées')}`)
      const says = /La table « Journées » n'est plus dans NocoDB.*sauvegarde/u
      const nothing = async () => undefined
      await prove(stage, { name: 'a table is gone', change: nothing, mend: null, outcome: says })
    }, 300_000)

    it('says that the base is gone', async () => {
      const { place } = stage
      await place.call('DELETE', `/api/v2/meta/bases/${home.base.id}`)
      const says = /La base « .* » n'est plus là/u
      if (way === 'live') {
        await until('health says so', async () => {
          const { status, detail } = await stage.health()
          return status === 503 && /ne voit pas de base/u.test(detail)
        })
        await stage.notice()
        await until('people read it', async () => says.test((await stage.lastFaults()) ?? ''))
      } else await expect(stage.sync()).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
    }, 300_000)
  },
)

async function fill(home: TestBase): Promise<void> {
  const [brest = 0] = await home.insert('EPCI', [
    { Nom: 'Brest Métropole', SIREN: '242900314', Population: 213_403 },
    { Nom: 'Rennes Métropole', SIREN: '243500139', Population: 470_000 },
  ])
  await home.insert('Diagnostics', [{ Date: '2026-11-01', Objectif: 'Base de données', EPCI: brest }])
  await home.insert('Journées', [{ Date: '2027-02-03', EPCI: brest }])
  await home.insert(
    'Acteurs',
    Array.from({ length: 6 }, (_, at) => ({
      ...{ Nom: `Lieu ${at}`, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200' },
      ...{ 'Date de mise à jour': '2026-10-01', Adresse: '1 rue de Siam', EPCI: at < 3 ? brest : null },
    })),
  )
}
