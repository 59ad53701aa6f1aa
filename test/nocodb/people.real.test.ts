import { randomUUID } from 'node:crypto'
import axios from 'axios'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { createToken } from '../../scripts/local-nocodb/account.ts'
import { openHttp } from '../../src/nocodb/http.ts'
import type { Http } from '../../src/nocodb/http.ts'
import { membersOf } from '../../src/nocodb/members.ts'
import { openPeople } from '../../src/nocodb/people.ts'
import { testServer } from '../http/test-server.ts'

const log = pino({ level: 'silent' })
const CALLS = { connections: 2, timeLimitSeconds: 20 }
const MINUTE = 60_000

describe('members of the base on the real NocoDB', () => {
  const { url, token } = inject('postgresNocodb')
  const headers = { 'xc-token': token }
  const title = `Membres ${randomUUID()}`
  let base = ''
  let http: Http
  const account = async (roles: string | null) => {
    const credentials = { email: `${randomUUID()}@portrea.test`, password: 'Un-mot-de-passe-1' }
    await axios.post(`${url}/api/v1/auth/user/signup`, credentials)
    if (roles !== null)
      await axios.post(
        `${url}/api/v2/meta/bases/${base}/users`,
        { email: credentials.email, roles },
        { headers },
      )
    return credentials
  }
  const change = (id: string, email: string, roles: string) =>
    axios.patch(`${url}/api/v2/meta/bases/${base}/users/${id}`, { email, roles }, { headers })
  const remove = (id: string) => axios.delete(`${url}/api/v2/meta/bases/${base}/users/${id}`, { headers })

  beforeAll(async () => {
    const made = await axios.post<{ id: string }>(`${url}/api/v2/meta/bases/`, { title }, { headers })
    base = made.data.id
    // The service runs with the account of an editor: what a creator may list is of no help.
    const service = await account('editor')
    http = openHttp(url, await createToken(url, service.email, service.password, 'service'), CALLS, log)
  })
  afterAll(() => http.close())

  it('are told with their role, by an editor’s token, as they are now', async () => {
    const people = openPeople(http, title)
    const viewer = await account('viewer')
    const signed = await people.signIn(viewer)
    expect(signed).toMatchObject({ role: 'viewer' })
    const { id } = signed as { id: string }
    const role = async () => (await membersOf(http, base)).get(id)?.role ?? null
    expect(await role()).toBe('viewer')
    await change(id, viewer.email, 'creator')
    expect(await role()).toBe('creator')
    await change(id, viewer.email, 'no-access')
    expect(await role()).toBeNull()
    expect(await people.signIn(viewer)).toBe('stranger')
    await change(id, viewer.email, 'commenter')
    expect(await role()).toBe('commenter')
    await remove(id)
    expect(await role()).toBeNull()
  })

  it('are all there, beyond a page of them', async () => {
    await Promise.all(Array.from({ length: 30 }, () => account('viewer')))
    const roles = [...(await membersOf(http, base)).values()]
    expect(roles.filter(({ role }) => role === 'viewer').length).toBeGreaterThanOrEqual(30)
  })

  it('removed while signed in are signed out within minutes; those whose role changed keep on with it', async () => {
    const people = openPeople(http, title)
    const [one, two] = [await account('viewer'), await account('viewer')]
    const clock = { at: Date.now() }
    const { server } = await testServer({
      now: () => new Date(clock.at),
      people: {
        ...openPeople(http, title),
        settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' } as const,
        secret: 'a secret for tests',
        secure: false,
      },
    })
    const enter = async (who: { email: string; password: string }) => {
      const answer = await server.inject({
        method: 'POST',
        url: '/connexion',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(who).toString(),
      })
      return { portrea: answer.cookies[0]!.value }
    }
    const [first, second] = [await enter(one), await enter(two)]
    const ids = [await people.signIn(one), await people.signIn(two)] as { id: string }[]
    await remove(ids[0]!.id)
    await change(ids[1]!.id, two.email, 'editor')
    clock.at += 6 * MINUTE
    const [gone, kept] = [
      await server.inject({ url: '/', cookies: first }),
      await server.inject({ url: '/', cookies: second }),
    ]
    expect(gone.statusCode).toBe(403)
    expect(kept.statusCode).toBe(200)
    expect(kept.body).toContain('(éditeur·rice)')
  })

  it('are asked of the base of that name, also where it was made anew', async () => {
    const name = `Refaite ${randomUUID()}`
    const make = async () =>
      (await axios.post<{ id: string }>(`${url}/api/v2/meta/bases/`, { title: name }, { headers })).data.id
    const owner = openHttp(url, token, CALLS, log)
    onTestFinished(() => owner.close())
    const people = openPeople(owner, name)
    const former = await make()
    expect(await people.baseAddress()).toContain(former)
    const { email, password } = inject('postgresNocodb')
    expect(await people.signIn({ email, password })).toMatchObject({ role: 'owner' })
    await axios.delete(`${url}/api/v2/meta/bases/${former}`, { headers })
    await make()
    expect(await people.signIn({ email, password })).toMatchObject({ role: 'owner' })
  })

  it('sign in ten at once', async () => {
    const people = openPeople(http, title)
    const many = await Promise.all(Array.from({ length: 10 }, () => account('viewer')))
    const outcomes = await Promise.all(many.map((one) => people.signIn(one)))
    expect(outcomes.map((one) => typeof one === 'object' && one.role)).toEqual(many.map(() => 'viewer'))
  })
})
