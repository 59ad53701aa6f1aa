import { sign } from '@fastify/cookie'
import { describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../../src/domain/member.ts'
import { PortreaError } from '../../src/errors.ts'
import { saveReports } from '../../src/store/reports.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { aReport, SIREN, testServer } from './test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const MINUTE = 60_000

/** Somebody signed in, a NocoDB that says what `base.role` holds, and a clock that only the test moves. */
async function signedIn() {
  const base: { role: Role | null | 'away'; asked: string[] } = { role: 'viewer', asked: [] }
  const clock = { at: Date.parse('2026-05-20T08:00:00Z') }
  const made = await testServer({
    now: () => new Date(clock.at),
    people: {
      signIn: async () => ({ id: 'us1', role: 'viewer' }),
      roleOf: async (id) => {
        base.asked.push(id)
        if (base.role === 'away') throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
        return base.role
      },
      settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' } as const,
      baseAddress: async () => 'https://nocodb.example/',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  const report = aReport()
  const computedAt = '2026-05-20T03:00:00.000Z'
  await saveReports(made.store, [{ siren: SIREN, computedAt, rules: rules.fingerprint, report }])
  let cookies = await cookiesOf(made.server)
  return {
    ...made,
    base,
    pass: (minutes: number) => void (clock.at += minutes * MINUTE),
    /** Looks at a page as a browser does, which keeps what it is given. */
    async look(url = '/') {
      const answer = await made.server.inject({ url, cookies })
      const given = answer.cookies.filter(({ name }) => name === 'portrea')
      if (given.length > 0) cookies = { portrea: given[0]!.value }
      return { status: answer.statusCode, text: plain(answer.body), cookies: given }
    },
    cookie: () => cookies,
  }
}

async function cookiesOf(server: FastifyInstance): Promise<Record<string, string>> {
  const answer = await server.inject({
    method: 'POST',
    url: '/connexion',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(PERSON).toString(),
  })
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]))
}

describe('a session', () => {
  it('asks NocoDB again after a few minutes, once, whether its person is still a member', async () => {
    const { look, pass, base } = await signedIn()
    await look()
    pass(4)
    await look()
    expect(base.asked).toEqual([])
    pass(2)
    expect((await look()).status).toBe(200)
    await look(`/epcis/${SIREN}`)
    expect(base.asked).toEqual(['us1'])
    pass(6)
    await look()
    expect(base.asked).toHaveLength(2)
  })

  it.each(['/', `/epcis/${SIREN}`, '/nocodb'])(
    'of somebody removed from the base ends at %s with a page that says so, and shows nothing',
    async (url) => {
      const { look, pass, base } = await signedIn()
      base.role = null
      pass(6)
      const { status, text, cookies } = await look(url)
      expect(status).toBe(403)
      expect(text).toContain("n'est plus membre de la base")
      expect(text).not.toMatch(/Saint-Brieuc|camille/u)
      expect(cookies[0]).toMatchObject({ value: '' })
      base.role = 'viewer'
      expect((await look(url)).status, 'one has to sign in again').toBe(303)
    },
  )

  it('cannot be had back with the cookie kept from before', async () => {
    const { server, pass, base, cookie } = await signedIn()
    const kept = cookie()
    base.role = null
    pass(6)
    for (let at = 0; at < 2; at++)
      expect((await server.inject({ url: '/', cookies: kept })).statusCode).toBe(403)
  })

  it('follows a role that changed', async () => {
    const { look, pass, base } = await signedIn()
    expect((await look()).text).toContain('(lecteur·rice)')
    base.role = 'owner'
    pass(6)
    expect((await look()).text).toContain('(propriétaire)')
    expect((await look()).text).toContain('(propriétaire)')
  })

  it('goes on for a while where NocoDB is away, and says until when; then shows nothing until it is back', async () => {
    const { look, pass, base, log } = await signedIn()
    base.role = 'away'
    pass(6)
    const soon = await look()
    expect(soon.status).toBe(200)
    expect(soon.text).toContain("n'a pas pu être vérifié")
    expect(soon.text).toContain('se fermera le 20 mai 2026 à 11:00')
    pass(53)
    expect((await look()).status).toBe(200)
    pass(2)
    const late = await look()
    expect(late.status).toBe(503)
    expect(late.text).toContain('vérifié depuis le 20 mai 2026 à 10:00')
    expect(late.text).not.toContain('Saint-Brieuc')
    base.role = 'viewer'
    const back = await look()
    expect(back.status).toBe(200)
    expect(back.text).not.toContain('pas pu être vérifié')
    expect(log.text()).toContain('NocoDB does not say who is a member')
  })

  it('ends after its ten hours however often it was checked', async () => {
    const { look, pass } = await signedIn()
    for (let hour = 0; hour < 10; hour++) {
      pass(59)
      expect((await look()).status).toBe(200)
    }
    pass(11)
    expect((await look()).status).toBe(303)
  })

  it('is not read from a cookie of an older release, which held an address alone', async () => {
    const { server, cookie } = await signedIn()
    const { portrea = '' } = cookie()
    const fields = JSON.parse(Buffer.from(portrea.split('.')[0]!, 'base64url').toString()) as object
    expect(Object.keys(fields).sort()).toEqual(['checkedAt', 'email', 'id', 'role', 'until'])
    const old = sign(Buffer.from('{"email":"x","until":9e15}').toString('base64url'), 'a secret for tests')
    expect((await server.inject({ url: '/', cookies: { portrea: old } })).statusCode).toBe(303)
  })

  it('leaves nothing of its person in the log, nor a password or a token anywhere', async () => {
    const { look, pass, base, log, cookie } = await signedIn()
    pass(6)
    await look()
    base.role = null
    pass(6)
    await look()
    expect(log.text()).not.toMatch(/camille|un mot de passe|us1/u)
    expect(Buffer.from(cookie().portrea ?? '', 'base64url').toString()).not.toContain('un mot de passe')
  })
})
