import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import { attemptLimit, networkOf } from '../../src/http/sign-in-limit.ts'
import { testServer } from './test-server.ts'

const isWrong = (outcome: unknown) => outcome === 'wrong'
const later = <Value>(value: Value) => new Promise<Value>((resolve) => setTimeout(resolve, 2, value))

/** The sign-in of one person, from an address that a proxy may tell. */
function signIn(
  server: Awaited<ReturnType<typeof testServer>>['server'],
  who: { readonly email: string; readonly password: string },
  headers: Record<string, string> = {},
  remoteAddress = '203.0.113.7',
) {
  return server.inject({
    method: 'POST',
    url: '/connexion',
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(who).toString(),
  })
}

/** A server whose NocoDB knows one password, and how often it was asked, and by how many at once. */
async function guarded(trustedProxies: readonly string[] = []) {
  const asked = { times: 0, now: 0, most: 0 }
  const { server } = await testServer({
    trustedProxies,
    people: {
      async signIn({ password }) {
        asked.times += 1
        asked.now += 1
        asked.most = Math.max(asked.most, asked.now)
        await later(null)
        asked.now -= 1
        if (password === 'away') throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
        return password === 'right' ? { id: 'us1', role: 'viewer' } : 'refused'
      },
      roleOf: async () => 'viewer',
      settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' } as const,
      baseAddress: async () => '',
      secret: null,
      secure: false,
    },
  })
  return { server, asked }
}
const person = (at: number, password = 'right') => ({ email: `p${at}@exemple.bzh`, password })
const count = (statuses: readonly number[], status: number) => statuses.filter((one) => one === status).length

describe('signing in', () => {
  it('lets thirty people of one room in at once, ten side by side', async () => {
    const { server, asked } = await guarded()
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => signIn(server, person(at))))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 30 }, () => 303))
    expect(asked.most).toBeLessThanOrEqual(10)
  })

  it('tries ten wrong passwords and no more, even where a hundred come at once', async () => {
    const { server, asked } = await guarded()
    const guesses = Array.from({ length: 100 }, (_, at) => signIn(server, person(at, `guess ${at}`)))
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode)
    expect([count(statuses, 401), count(statuses, 429)]).toEqual([10, 90])
    expect(asked.times).toBe(10)
  })

  it('is not dodged by a forged X-Forwarded-For', async () => {
    const { server, asked } = await guarded()
    for (let at = 0; at < 30; at++)
      await signIn(server, person(at, 'guess'), {
        'x-forwarded-for': `198.51.100.${at}`,
        forwarded: `for=198.51.100.${at}`,
      })
    expect(asked.times).toBe(10)
  })

  it('believes a proxy that the configuration names, and nothing that was written before it', async () => {
    const { server, asked } = await guarded(['10.0.0.1'])
    const from = (at: number, forged: string) =>
      signIn(server, person(at, 'guess'), { 'x-forwarded-for': forged }, '10.0.0.1')
    for (let at = 0; at < 30; at++) await from(at, `198.51.100.${at}, 203.0.113.9`)
    expect(asked.times, 'one address, whatever it says of itself').toBe(10)
    await from(31, '203.0.113.10')
    expect(asked.times, 'another address behind the proxy').toBe(11)
    for (let at = 0; at < 30; at++)
      await signIn(server, person(at, 'guess'), { 'x-forwarded-for': `198.51.100.${at}` }, '203.0.113.50')
    expect(asked.times, 'somebody who is not the proxy').toBe(21)
  })

  it('tries ten wrong passwords of one account, from wherever they come', async () => {
    const { server, asked } = await guarded()
    for (let at = 0; at < 40; at++) await signIn(server, person(1, 'guess'), {}, `203.0.113.${at}`)
    expect(asked.times).toBe(10)
  })

  it('counts neither who is let in nor a NocoDB that is away', async () => {
    const { server } = await guarded()
    for (let at = 0; at < 12; at++) expect((await signIn(server, person(at, 'away'))).statusCode).toBe(503)
    for (let at = 0; at < 12; at++) expect((await signIn(server, person(at))).statusCode).toBe(303)
    expect((await signIn(server, person(1, 'guess'))).statusCode).toBe(401)
  })
})

describe('the limit', () => {
  it('never lets more than ten failures through within a minute, in whatever order attempts come and end', async () => {
    const attempts = fc.array(fc.record({ wrong: fc.boolean(), wait: fc.integer({ min: 0, max: 3 }) }), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(attempts, async (attempts) => {
        const limit = attemptLimit(() => 0)
        let failures = 0
        const act = async (wrong: boolean, wait: number) => {
          for (let turn = 0; turn < wait; turn++) await Promise.resolve()
          if (wrong) failures += 1
          return wrong ? 'wrong' : 'right'
        }
        const outcomes = await Promise.all(
          attempts.map(({ wrong, wait }) => limit.attempt('one', () => act(wrong, wait), isWrong)),
        )
        expect(failures).toBeLessThanOrEqual(10)
        if (!attempts.some(({ wrong }) => wrong)) expect(outcomes).not.toContain('often')
      }),
    )
  })

  it('forgets failures after a minute', async () => {
    let now = 0
    const limit = attemptLimit(() => now)
    const guess = () => limit.attempt('one', async () => 'wrong', isWrong)
    for (let at = 0; at < 10; at++) expect(await guess()).toBe('wrong')
    expect(await guess()).toBe('often')
    now = 60_001
    expect(await guess()).toBe('wrong')
  })

  it('takes an attempt that broke for none', async () => {
    const limit = attemptLimit(() => 0)
    for (let at = 0; at < 12; at++)
      await expect(limit.attempt('one', () => Promise.reject(new Error('broken')), isWrong)).rejects.toThrow(
        'broken',
      )
    expect(await limit.attempt('one', async () => 'right', isWrong)).toBe('right')
  })

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('takes %s for %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
