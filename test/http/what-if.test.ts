import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import type { EpciFacts } from '../../src/domain/epci-report.ts'
import type { Role } from '../../src/domain/member.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import { PortreaError } from '../../src/errors.ts'
import type { NewDiagnostic } from '../../src/http/what-if-routes.ts'
import { saveReports } from '../../src/store/reports.ts'
import { rules } from '../helpers/rules.ts'
import { cookiesOf, signedInPeople } from './signed-in.ts'
import { aReport, SIREN, testServer } from './test-server.ts'

const URL_OF = `/epcis/${SIREN}/et-si`

async function withSheet({
  role = 'editor',
  nowRole = role,
  add = async () => {},
  facts = {},
}: {
  role?: Role
  nowRole?: Role | null
  add?: (given: NewDiagnostic) => Promise<void>
  facts?: Partial<EpciFacts>
} = {}) {
  const people = signedInPeople(role, { roleOf: async () => nowRole, addDiagnostic: add })
  const { server, store, log } = await testServer(people)
  const report = aReport(facts)
  const computedAt = '2026-05-20T03:00:00.000Z'
  await saveReports(store, [{ siren: SIREN, computedAt, rules: rules.fingerprint, report }])
  return { server, report, log, cookies: await cookiesOf(server) }
}

async function get(server: FastifyInstance, cookies: Record<string, string>, query = '') {
  const answer = await server.inject({ url: `${URL_OF}${query}`, cookies })
  const text = answer.body.replaceAll(/<style>[^]*?<\/style>/gu, '').replaceAll(/[ \n]+/gu, ' ')
  return { status: answer.statusCode, text }
}

function post(
  server: FastifyInstance,
  cookies: Record<string, string>,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  return server.inject({
    method: 'POST',
    url: URL_OF,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })
}

const chosen = (text: string, name: string) =>
  new RegExp(`<select[^>]* name="${name}"[^>]*>(?:(?!</select>).)*<option value="(\\w+)" selected`, 'u').exec(
    text,
  )?.[1]

describe('what if', () => {
  it('shows today where nothing is changed', async () => {
    const { server, cookies } = await withSheet()
    const { status, text } = await get(server, cookies)
    expect(status).toBe(200)
    expect(text).toContain('Aucun changement')
    expect([chosen(text, 'aim'), chosen(text, 'governance')]).toEqual(['database', 'inconnu'])
    expect(text).not.toContain('<strong>changé</strong>')
  })

  it.each([
    [{ aim: 'networking', network: 'facilitated' }],
    [{ aim: 'inconnu' }],
    [
      {
        governance: 'active',
        roadmap: 'adopted',
        tool: 'local',
        use: 'regular',
        completeness: '12,5',
        actors: '210',
      },
    ],
  ])('recommends for %j what the rules recommend, and marks what was changed', async (changes) => {
    const { server, cookies, report } = await withSheet()
    const { text } = await get(server, cookies, `?${new URLSearchParams(changes).toString()}`)
    const number = (key: string) => ({ completeness: 12.5, actors: 210 })[key]
    const set = (keys: readonly string[]) =>
      Object.fromEntries(
        Object.entries(changes)
          .filter(([key]) => keys.includes(key))
          .map(([key, value]) => [key, number(key) ?? (value === 'inconnu' ? null : value)]),
      )
    const situation = {
      ...report.situation,
      answers: { ...report.situation.answers, ...set(Object.keys(report.situation.answers)) },
      observed: { ...report.situation.observed, ...set(['completeness']) },
      drivers: { ...report.situation.drivers, ...set(['actors']) },
    }
    const { recommended, workload } = recommend(situation, rules)
    const [before, after] = [report.recommendation.recommended, recommended].map(
      (key) => REFERENTIAL_LABELS[key],
    )
    expect(text).toContain(before === after ? `resterait ${after}.` : `passerait de ${before} à ${after}.`)
    expect(text).toContain(workload.referents.estimate.toLocaleString('fr-FR', { maximumFractionDigits: 1 }))
    expect(text.match(/class="field changed"/gu)).toHaveLength(Object.keys(changes).length)
  })

  it.each([
    ['actors', '1e9'],
    ['actors', '3,5'],
    ['completeness', '120'],
    ['completeness', '-1'],
    ['freshness', '<script>'],
    ['meetingsPerYear', 'NaN'],
    ['governance', 'constructor'],
    ['aim', '__proto__'],
  ])('says that %s cannot be %s, and keeps what it is today', async (name, value) => {
    const { server, cookies } = await withSheet()
    const { status, text } = await get(
      server,
      cookies,
      `?${new URLSearchParams({ [name]: value }).toString()}`,
    )
    expect(status).toBe(200)
    expect(text).toContain('Aucun changement')
    expect(text).toMatch(/est gardée/u)
    expect(text).not.toContain('<script>alert')
  })

  it('keeps a figure to its last decimal where the form sends it as it shows it', async () => {
    const facts = { ...aReport().situation }
    expect(facts.observed.freshness).not.toBe(null)
    const { server, cookies } = await withSheet()
    const { text } = await get(server, cookies, '?freshness=33,3&aim=networking')
    expect(text.match(/class="field changed"/gu)).toHaveLength(1)
  })

  it('keeps the answers as a diagnostic of who asks, once, and says so', async () => {
    const kept: NewDiagnostic[] = []
    const { server, cookies, report } = await withSheet({ add: async (given) => void kept.push(given) })
    const fields = { aim: 'networking', mastery: 'inconnu', actors: '300', remarque: ' Vu en réunion ' }
    for (const _ of [1, 2]) {
      const { statusCode, headers } = await post(server, cookies, fields)
      expect([statusCode, headers.location]).toEqual([303, `${URL_OF}?enregistre=1`])
    }
    expect(kept).toEqual([
      {
        siren: SIREN,
        answers: { ...report.situation.answers, aim: 'networking', mastery: null },
        author: 'camille@exemple.bzh',
        remark: 'Vu en réunion',
      },
    ])
    expect((await get(server, cookies, '?enregistre=1')).text).toContain('est enregistré dans NocoDB')
  })

  it.each([
    ['a viewer', { role: 'viewer' as const }, {}],
    ['a commenter', { role: 'commenter' as const }, {}],
    ['who was an editor', { role: 'editor' as const, nowRole: 'viewer' as const }, {}],
    ['who is no member any more', { role: 'editor' as const, nowRole: null }, {}],
    ['a form of another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ])('keeps nothing for %s', async (_, given, headers) => {
    let kept = 0
    const { server, cookies } = await withSheet({ ...given, add: async () => void (kept += 1) })
    const answer = await post(server, cookies, { aim: 'networking' }, headers)
    expect([answer.statusCode, kept]).toEqual([403, 0])
  })

  it('shows viewers no way to keep anything, and asks who is out to sign in', async () => {
    const { server, cookies } = await withSheet({ role: 'viewer' })
    expect((await get(server, cookies)).text).not.toContain('Enregistrer')
    expect((await post(server, {}, { aim: 'networking' })).statusCode).toBe(303)
  })

  it.each([
    ['NOCODB_UNAVAILABLE', 503],
    ['NOCODB_REFUSED', 422],
  ] as const)('says that nothing is kept on %s', async (code, status) => {
    const { server, cookies, log } = await withSheet({
      add: async () => {
        throw new PortreaError(code, 'no')
      },
    })
    const answer = await post(server, cookies, { aim: 'networking' })
    expect([answer.statusCode, answer.body]).toEqual([
      status,
      expect.stringContaining('rien n’est enregistré'),
    ])
    expect(JSON.stringify(log.lines)).not.toContain('camille')
  })

  it('keeps nothing where no answer has changed', async () => {
    const { server, cookies } = await withSheet()
    expect((await post(server, cookies, { actors: '300' })).statusCode).toBe(400)
  })

  it.each(['999999999', 'abc'])('of %s is no page', async (siren) => {
    const { server, cookies } = await withSheet()
    expect((await server.inject({ url: `/epcis/${siren}/et-si`, cookies })).statusCode).toBe(404)
  })
})
