import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import axios from 'axios'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { signIn } from '../../src/nocodb/sign-in.ts'

describe('signing in on the real NocoDB', () => {
  const { url, token, email, password } = inject('postgresNocodb')
  const headers = { 'xc-token': token }
  const other = { email: `${randomUUID()}@portrea.test`, password: 'Un-mot-de-passe-1' }
  let base = ''
  beforeAll(async () => {
    const made = await axios.post<{ id: string }>(
      `${url}/api/v2/meta/bases/`,
      { title: randomUUID() },
      { headers },
    )
    base = made.data.id
    await axios.post(`${url}/api/v1/auth/user/signup`, other)
  })

  it('welcomes an owner, and a member of any role', async () => {
    expect(await signIn(url, base, { email, password })).toMatchObject({ role: expect.any(String) })
    await axios.post(
      `${url}/api/v2/meta/bases/${base}/users`,
      { email: other.email, roles: 'viewer' },
      { headers },
    )
    expect(await signIn(`${url}/`, base, other)).toMatchObject({ role: expect.any(String) })
  })

  it.each([
    ['a wrong password', () => ({ email, password: 'autre' })],
    ['an unknown address', () => ({ email: 'personne@portrea.test', password })],
    ['no address', () => ({ email: '', password })],
  ])('refuses %s', async (_, who) => {
    expect(await signIn(url, base, who())).toBe('refused')
  })

  it('tells someone with an account but no role on the base from a member', async () => {
    const stranger = { email: `${randomUUID()}@portrea.test`, password: 'Un-mot-de-passe-1' }
    await axios.post(`${url}/api/v1/auth/user/signup`, stranger)
    expect(await signIn(url, base, stranger)).toBe('stranger')
  })

  it('says that NocoDB is away, without a word of who signs in', async () => {
    const server = createServer((_, answer) => answer.writeHead(503).end('busy')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const busy = await signIn(address, base, { email, password }).catch((cause: unknown) => cause)
    server.close()
    const gone = await signIn('http://127.0.0.1:9', base, { email, password }).catch(
      (cause: unknown) => cause,
    )
    for (const failure of [busy, gone]) {
      expect(failure).toMatchObject({ code: 'NOCODB_UNAVAILABLE' })
      expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(email)
    }
  })
})
