import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import type { EpciFacts, EpciReport } from '../../src/domain/epci-report.ts'
import type { Role } from '../../src/domain/member.ts'
import type { KeptDiagnostic, NewDiagnostic } from '../../src/domain/new-answers.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { REFERENTIAL_LABELS } from '../../src/domain/labels.ts'
import { PortreaError } from '../../src/errors.ts'
import { saveReports } from '../../src/store/reports.ts'
import { rules } from '../helpers/rules.ts'
import { cookiesOf, signedInPeople } from './signed-in.ts'
import { aReport, SIREN, testServer } from './test-server.ts'

const URL_OF = `/epcis/${SIREN}/et-si`

async function withSheet({
  role = 'editor',
  nowRole = role,
  add = async () => ({ kind: 'kept' }),
  facts = {},
  edit = (made) => made,
}: {
  role?: Role
  nowRole?: Role | null
  add?: (given: NewDiagnostic) => Promise<KeptDiagnostic>
  facts?: Partial<EpciFacts>
  edit?: (made: EpciReport) => EpciReport
} = {}) {
  const people = signedInPeople(role, { roleOf: async () => nowRole, addDiagnostic: add })
  const { server, store, log } = await testServer(people)
  const report = edit(aReport(facts))
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

  it('keeps what was changed alone, as a diagnostic of who asks, once, and says so once', async () => {
    const given: NewDiagnostic[] = []
    const add = async (one: NewDiagnostic) => {
      given.push(one)
      return { kind: 'kept' } as const
    }
    const { server, cookies } = await withSheet({ add })
    const fields = {
      ...{ vu_aim: 'database', aim: 'networking', network: 'informal', mastery: 'inconnu' },
      ...{ actors: '300', remarque: ' Vu en réunion\r\nà Brest ' },
    }
    const answers = await Promise.all([1, 2].map(() => post(server, cookies, fields)))
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
      [303, URL_OF],
      [303, URL_OF],
    ])
    expect(given).toEqual([
      {
        siren: SIREN,
        seen: { aim: 'database' },
        wished: { aim: 'networking' },
        author: 'camille@exemple.bzh',
        remark: 'Vu en réunion\nà Brest',
      },
    ])
    const left = answers[1]!.cookies.find(({ name }) => name === 'portrea-dit')!
    const shown = await server.inject({ url: URL_OF, cookies: { ...cookies, [left.name]: left.value } })
    expect(shown.body).toContain('est enregistré dans NocoDB')
    expect(shown.cookies.find(({ name }) => name === left.name)?.value).toBe('')
  })

  it.each(['?enregistre=1', '?portrea-dit=1'])(
    'does not say saved because a link does: %s',
    async (query) => {
      const { server, cookies } = await withSheet()
      const forged = Buffer.from(
        JSON.stringify({ word: `diagnostic ${SIREN} camille@exemple.bzh`, until: 9e15 }),
      ).toString('base64url')
      const { text } = await get(server, { ...cookies, 'portrea-dit': forged }, query)
      expect(text).not.toContain('est enregistré dans NocoDB')
    },
  )

  it('tells both clicks what became of the first, and lets it be tried again', async () => {
    let times = 0
    const { server, cookies } = await withSheet({
      async add() {
        times += 1
        await sleep(50)
        if (times === 1) throw new PortreaError('NOCODB_REFUSED', 'no')
        return { kind: 'kept' }
      },
    })
    const both = await Promise.all([1, 2].map(() => post(server, cookies, { aim: 'networking' })))
    expect([times, ...both.map(({ statusCode }) => statusCode)]).toEqual([1, 422, 422])
    expect([(await post(server, cookies, { aim: 'networking' })).statusCode, times]).toEqual([303, 2])
  })

  it('says before and after that « je ne sais pas » is not kept', async () => {
    let times = 0
    const add = async () => {
      times += 1
      return { kind: 'kept' } as const
    }
    const { server, cookies } = await withSheet({ add })
    const { text } = await get(server, cookies, '?aim=inconnu')
    expect(text).toContain('n’efface jamais une réponse')
    expect(text).not.toContain('Enregistrer comme nouveau diagnostic')
    const answer = await post(server, cookies, { aim: 'inconnu' })
    expect([answer.statusCode, times]).toEqual([400, 0])
    expect(answer.body).toContain('n’efface jamais une réponse')
  })

  it('does not keep a number of référents that is counted', async () => {
    const { server, cookies } = await withSheet({
      facts: {
        answers: { ...aReport().situation.answers, referents: 'one' },
        listedReferents: 1,
      },
    })
    const { text } = await get(server, cookies, '?referents=pair')
    expect(text).toContain('se compte dans la table')
    expect((await post(server, cookies, { referents: 'pair' })).statusCode).toBe(400)
  })

  it('shows what the base says where somebody answered meanwhile, and keeps what was typed', async () => {
    const { answers } = aReport().situation
    const now = { answers: { ...answers, aim: 'mutual_knowledge' as const }, listed: { referents: 0 } }
    const { server, cookies } = await withSheet({ add: async () => ({ kind: 'moved', now }) })
    const answer = await post(server, cookies, {
      ...{ vu_aim: 'database', aim: 'networking', actors: '300', remarque: 'Vu <ici>' },
    })
    const text = answer.body.replaceAll(/[ \n]+/gu, ' ')
    expect([answer.statusCode, chosen(text, 'aim')]).toEqual([409, 'networking'])
    expect(text).toContain('name="vu_aim" value="mutual_knowledge"')
    expect(text).toContain('>Vu &lt;ici&gt;</textarea>')
    expect(text).toContain('value="300"')
  })

  it('refuses a remark that is too long, and gives it back; line ends count once', async () => {
    let times = 0
    const add = async () => {
      times += 1
      return { kind: 'kept' } as const
    }
    const { server, cookies } = await withSheet({ add })
    const long = 'é'.repeat(2001)
    const refused = await post(server, cookies, { aim: 'networking', remarque: long })
    expect([refused.statusCode, times]).toEqual([400, 0])
    expect(refused.body).toMatch(/dépasse 2\s000 signes/u)
    expect(refused.body).toContain(`>${long}</textarea>`)
    const lines = 'a\r\n'.repeat(1000)
    expect((await post(server, cookies, { aim: 'networking', remarque: lines })).statusCode).toBe(303)
  })

  it('holds today against the change by the same rules, with the days of the retained', async () => {
    const stored = aReport({ retained: 'reseau' })
    const { server, cookies } = await withSheet({
      facts: { retained: 'reseau' },
      edit: (made) => ({
        ...made,
        recommendation: {
          ...made.recommendation,
          scores: { generaliste: 91.7, outil: 91.7, reseau: 91.7 },
        },
      }),
    })
    const { text } = await get(server, cookies)
    expect(text).not.toContain('91,7')
    expect(text).not.toContain('<strong>changé</strong>')
    const { estimate } = stored.recommendation.workloads.reseau.referents
    expect(stored.recommendation.workload.referents.estimate).not.toBe(estimate)
    const days = estimate.toLocaleString('fr-FR', { maximumFractionDigits: 1 })
    expect(text).toMatch(new RegExp(`référent·e·s \\(Réseau, retenu\\)</th> ?<td[^>]*>${days}`, 'u'))
    expect(text).toContain('Chiffres du 20 mai 2026.')
  })

  it.each([
    ['a viewer', { role: 'viewer' as const }, {}],
    ['a commenter', { role: 'commenter' as const }, {}],
    ['who was an editor', { role: 'editor' as const, nowRole: 'viewer' as const }, {}],
    ['who is no member any more', { role: 'editor' as const, nowRole: null }, {}],
    ['a form of another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ])('keeps nothing for %s', async (_, given, headers) => {
    let kept = 0
    const add = async () => {
      kept += 1
      return { kind: 'kept' } as const
    }
    const { server, cookies } = await withSheet({ ...given, add })
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
