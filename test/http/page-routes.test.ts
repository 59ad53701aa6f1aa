import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { ServerDependencies } from '../../src/http/server.ts'
import { PortreaError } from '../../src/errors.ts'
import { leaseJobs, retryLater } from '../../src/store/leases.ts'
import { ASK_FOR_AXES } from '../../src/domain/sentences.ts'
import { typeset } from '../../src/domain/typography.ts'
import { saveHistory } from '../../src/store/history.ts'
import { enqueue } from '../../src/store/inbox.ts'
import { saveReports } from '../../src/store/reports.ts'
import { finishRun, startRun } from '../../src/store/runs.ts'
import { rules } from '../helpers/rules.ts'
import { aReport, noRecords, SIREN, testServer } from './test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const OTHER = '242900314'

function people(over: Partial<ServerDependencies['people']> = {}): Partial<ServerDependencies> {
  const signIn: ServerDependencies['people']['signIn'] = async ({ email, password }) =>
    email === PERSON.email && password === PERSON.password ? { id: 'us1', role: 'editor' } : 'refused'
  const baseAddress = async () => 'https://nocodb.example/dashboard/#/nc/p1'
  const settings = { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'open' } as const
  const roleOf = async () => 'editor' as const
  const mine = { signIn, roleOf, settings, baseAddress, secret: 'a secret for tests', secure: false }
  return { people: { ...mine, ...over } }
}

function form(server: FastifyInstance, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return server.inject({
    method: 'POST',
    url: '/connexion',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })
}

async function cookieOf(server: FastifyInstance): Promise<Record<string, string>> {
  const { cookies } = await form(server, PERSON)
  return Object.fromEntries(cookies.map(({ name, value }) => [name, value]))
}

async function withReports(over: Partial<ServerDependencies> = {}) {
  const made = await testServer({ ...people(), ...over })
  const reports = [
    aReport(),
    aReport({
      siren: OTHER,
      name: 'Brest Métropole',
      retained: 'reseau',
      prefill: { ...aReport().prefill, progress: null, status: null, collaborativeDay: null },
    }),
  ]
  await saveReports(
    made.store,
    reports.map((report) => ({
      siren: report.siren,
      computedAt: '2026-05-20T03:00:00.000Z',
      rules: rules.fingerprint,
      report,
    })),
  )
  return made
}

async function page(server: FastifyInstance, url: string) {
  const answer = await server.inject({ url, cookies: await cookieOf(server) })
  return {
    ...answer,
    text: answer.body.replaceAll(/<(?:style|script)>[^]*?<\/(?:style|script)>/g, ''),
    status: answer.statusCode,
  }
}

describe('signing in', () => {
  it.each(['/', `/epcis/${SIREN}`])(
    'leads whoever is not signed in from %s to the form, and back afterwards',
    async (url) => {
      const { server } = await withReports()
      const away = await server.inject({ url })
      expect(away.statusCode).toBe(303)
      expect(away.headers.location).toBe(`/connexion?to=${encodeURIComponent(url)}`)
      const asked = await server.inject({ url: String(away.headers.location) })
      expect(asked.body).toContain(`name="to" value="${url}"`)
      const back = await form(server, { ...PERSON, to: url })
      expect([back.statusCode, back.headers.location]).toEqual([303, url])
    },
  )

  it('shows nothing of the base to someone with a cookie that we did not sign', async () => {
    const { server } = await withReports()
    const { portrea = '' } = await cookieOf(server)
    const [value = '', signature = ''] = portrea.split('.')
    const forged = Buffer.from(JSON.stringify({ email: 'x', until: 9e15 })).toString('base64url')
    for (const cookie of [`${forged}.${signature}`, value, `${forged}.`]) {
      const answer = await server.inject({ url: '/', cookies: { portrea: cookie } })
      expect(answer.statusCode).toBe(303)
      expect(answer.body).not.toContain('Saint-Brieuc')
    }
  })

  it('ends a session after ten hours, and when asked', async () => {
    let now = new Date('2026-05-20T08:00:00Z')
    const { server } = await withReports({ now: () => now })
    const cookies = await cookieOf(server)
    const status = async () => (await server.inject({ url: '/', cookies })).statusCode
    expect(await status()).toBe(200)
    now = new Date('2026-05-20T18:00:01Z')
    expect(await status()).toBe(303)
    const out = await server.inject({
      method: 'POST',
      url: '/deconnexion',
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(out.cookies[0]).toMatchObject({ name: 'portrea', value: '' })
  })

  it.each([
    ['a wrong password', { ...PERSON, password: 'autre' }, 401, 'inconnus de NocoDB'],
    ['an empty form', { email: '', password: '' }, 400, 'Écrivez le courriel'],
  ])('says what is wrong with %s, and keeps no session', async (_, fields, status, text) => {
    const { server } = await withReports()
    const answer = await form(server, fields)
    expect(answer.statusCode).toBe(status)
    expect(answer.body).toContain(text)
    expect(answer.cookies).toEqual([])
  })

  it('says who has an account but no place in the base, and when NocoDB is away', async () => {
    const stranger = await testServer(people({ signIn: async () => 'stranger' }))
    expect((await form(stranger.server, PERSON)).body).toContain('membres')
    const away = await testServer(
      people({ signIn: async () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'away')) }),
    )
    const answer = await form(away.server, PERSON)
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('NocoDB ne répond pas')
  })

  it('stops listening to someone who guesses', async () => {
    let asked = 0
    const signIn = async () => {
      asked += 1
      return 'refused' as const
    }
    const { server } = await testServer(people({ signIn }))
    const statuses = []
    for (let at = 0; at < 12; at += 1) statuses.push((await form(server, PERSON)).statusCode)
    expect(statuses.slice(-2)).toEqual([429, 429])
    expect(asked).toBe(10)
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/x\r\nset-cookie: a=b'])(
    'never leads to another site: %s',
    async (to) => {
      const { server } = await withReports()
      expect((await form(server, { ...PERSON, to })).headers.location).toBe('/')
    },
  )

  it('takes no form from another site', async () => {
    const { server } = await withReports()
    const answer = await form(server, PERSON, { 'sec-fetch-site': 'cross-site' })
    expect(answer.cookies).toEqual([])
  })

  it('keeps the cookie from scripts and, behind https, from clear text', async () => {
    const { server } = await testServer(people({ secure: true }))
    const { cookies } = await form(server, PERSON)
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: true, path: '/' })
  })

  it('allows its own style and its own script, and nothing else', async () => {
    const { server } = await withReports()
    const { body, headers } = await server.inject({ url: '/connexion' })
    const policy = String(headers['content-security-policy'])
    for (const tag of ['style', 'script']) {
      const [, content = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(body) ?? []
      expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`)
    }
    expect(policy).toContain("default-src 'none'")
    expect(body).not.toMatch(/ style=| on[a-z]+=/)
  })

  it('writes neither address nor password in the log', async () => {
    const { server, log } = await withReports()
    await form(server, { ...PERSON, password: 'faux' })
    await page(server, '/')
    expect(JSON.stringify(log.lines)).not.toMatch(/camille|un mot de passe|faux/)
  })
})

describe('the dashboard', () => {
  it('lists every EPCI with what is recommended, and leads to its sheet', async () => {
    const { server } = await withReports()
    const { status, text, headers } = await page(server, '/')
    expect(status).toBe(200)
    expect(text).toContain(`href="/epcis/${SIREN}">CA Saint-Brieuc Armor Agglomération</a>`)
    expect(text).toContain('Brest Métropole')
    expect(text).toContain('2 EPCI')
    expect(text).toContain('<th scope="row" class="name">En tout</th>')
    expect(headers['content-security-policy']).not.toContain('unsafe')
  })

  it('never shows an unknown progress as a zero', async () => {
    const { server } = await withReports()
    const { text } = await page(server, '/?q=brest')
    expect(text).not.toContain('0\u202f%')
    expect(text).toContain('>inconnu<')
  })

  it.each([
    ['?q=brest', ['Brest Métropole']],
    ['?q=BRÉST', ['Brest Métropole']],
    [`?q=${SIREN}`, ['CA Saint-Brieuc Armor Agglomération']],
    ['?referentiel=reseau', ['Brest Métropole']],
    ['?alerte=at_risk', ['CA Saint-Brieuc Armor Agglomération']],
    ['?tri=avancement&sens=desc', ['CA Saint-Brieuc Armor Agglomération', 'Brest Métropole']],
    ['?tri=nom&sens=desc', ['CA Saint-Brieuc Armor Agglomération', 'Brest Métropole']],
    ['?referentiel=reseau&alerte=at_risk', []],
    ['?journee=prevue', ['CA Saint-Brieuc Armor Agglomération']],
    ['?accord=non', ['Brest Métropole']],
    ['?departement=22', ['CA Saint-Brieuc Armor Agglomération']],
    ['?tri=nonsense&sens=x&alerte=y', ['Brest Métropole', 'CA Saint-Brieuc Armor Agglomération']],
  ])('filters and sorts by its address: %s', async (query, names) => {
    const { server } = await withReports()
    const { text } = await page(server, `/${query}`)
    expect(listed(text)).toEqual(names)
  })

  it('puts forward what is at risk, and a run that failed', async () => {
    const { server, store } = await withReports()
    const run = {
      id: 'r',
      startedAt: '2026-05-20T01:00:00.000Z',
      trigger: 'night',
      dryRun: false,
      rules: 'r',
      epcis: null,
      base: 'b',
    } as const
    await startRun(store, run)
    await finishRun(store, 'r', {
      finishedAt: '2026-05-20T01:01:00.000Z',
      status: 'failed',
      counts: null,
      error: { code: 'NOCODB_UNAVAILABLE', message: 'away' },
    })
    const { text } = await page(server, '/')
    const alerts = text.slice(text.indexOf('À surveiller'))
    expect(alerts).toContain('La dernière synchronisation a échoué (NOCODB_UNAVAILABLE)')
    expect(alerts).toContain('à risque, 24\u202f% pré-remplis, journée le 19 juin 2026')
  })

  it('puts forward the rows of NocoDB that were given up', async () => {
    const { server, store } = await withReports()
    const at = new Date('2026-05-20T01:00:00.000Z')
    const told = { base: 'b', about: 'actors', record: '7', event: 'update' } as const
    await enqueue(store, [told], at)
    const who = { base: 'b', by: 'one' }
    const [row] = await leaseJobs(store, who, { kind: 'rows', limit: 1, at })
    await retryLater(store, who, new Map([[row!, { reason: 'refused', nextTry: null }]]))
    const { text } = await page(server, '/')
    expect(text).toContain('1 ligne de NocoDB abandonnée')
  })

  it('says what to wait for where nothing was computed yet', async () => {
    const { server } = await testServer(people())
    expect((await page(server, '/')).text).toContain('la première synchronisation')
  })

  it('shows a name as text, whatever it holds', async () => {
    const { server, store } = await withReports()
    const report = aReport({ name: '<img src=x onerror=alert(1)>' })
    await saveReports(store, [
      { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint, report },
    ])
    for (const url of ['/', `/epcis/${SIREN}`, '/?q=<script>alert(1)</script>']) {
      const { body } = await page(server, url)
      expect(body).not.toContain('<img')
      expect(body).not.toContain('<script>alert')
    }
  })
})

describe('the sheet of one EPCI', () => {
  it('says what is recommended, why, for how many days, and what to do next', async () => {
    const { server, store } = await withReports()
    await saveHistory(store, '2026-05-10', [{ ...figures, prefilled: 8 }])
    await saveHistory(store, '2026-05-20', [figures])
    const { text } = await page(server, `/epcis/${SIREN}`)
    const { recommendation, workload } = aReport()
    expect(text).not.toContain('Points, de 0 à 100')
    expect((await page(server, `/epcis/${SIREN}/calcul`)).text).toContain('Points, de 0 à 100')
    for (const reason of recommendation.reasons) expect(text).toContain(escaped(reason))
    expect(text).toContain(`<b>${String(workload.referents.estimate).replace('.', ',')}</b>`)
    expect(text).toContain('fiche n°')
    expect(text).toContain('<polyline class="prefilled"')
    expect(text).toContain('data-print')
  })

  it('names the places to do next, as they stand in NocoDB now; by their numbers where it does not say', async () => {
    const sheetWith = async (placeNames: NonNullable<ServerDependencies['people']['placeNames']>) => {
      const { server } = await withReports(people({ placeNames }))
      return (await page(server, `/epcis/${SIREN}`)).text
    }
    const named = await sheetWith(async (ids) => new Map(ids.map((id) => [id, `Lieu ${id} <b>`])))
    expect(named).toMatch(/«\sLieu \d+ &lt;b&gt;\s»\s: remplir/u)
    expect(named).not.toContain('fiche n°')
    for (const silent of [() => Promise.reject(new Error('away')), () => new Promise<never>(() => {})]) {
      const text = await sheetWith(silent)
      expect(text).toContain('fiche n°')
      expect(text).not.toContain('Lieu ')
    }
  })

  it('shows the stage, the axes and what was recommended when people chose', async () => {
    const { server, store } = await withReports()
    const facts = { stage: 'convention_signed', retained: 'reseau', workingAxes: 'Les mairies' } as const
    const report = aReport({ ...facts, choice: { cell: null, unreadable: false, seen: [] } })
    const row = { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
    await saveReports(store, [{ ...row, report }])
    const sheet = (await page(server, `/epcis/${SIREN}`)).text
    expect(report.atChoice).toContain('au plus tard le 20 mai 2026')
    for (const text of [report.atChoice!, 'étape\u00a0: convention signée', 'Les mairies'])
      expect(sheet).toContain(escaped(text))
    await saveReports(store, [{ ...row, report: aReport({ retained: 'generaliste' }) }])
    expect((await page(server, `/epcis/${SIREN}`)).text).toContain(escaped(typeset(ASK_FOR_AXES)))
    await saveReports(store, [{ ...row, report: aReport({ retained: 'outil' }) }])
    expect((await page(server, `/epcis/${SIREN}`)).text).not.toContain('Axes de travail')
  })

  it('lists the conditions of success with what is known of each', async () => {
    const { server, store } = await withReports()
    const condition = {
      key: 'room',
      heading: 'logistics',
      label: 'Une salle équipée',
      short: 'salle',
    } as const
    const report = aReport({
      conditions: [
        {
          ...condition,
          status: 'to_do',
          ticked: null,
          observed: { status: 'to_do', evidence: 'aucune salle notée', due: null },
        },
        { ...condition, key: 'coffee', label: 'Un café', status: 'unknown', ticked: null, observed: null },
        {
          ...{ ...condition, key: 'mail', heading: 'communication', label: 'Un courrier' },
          ...{ status: 'ok', ticked: 'ok', observed: null },
        },
        {
          ...{ ...condition, key: 'pair', heading: 'operations', label: 'Un binôme' },
          ...{
            status: 'ok',
            ticked: null,
            observed: { status: 'ok', evidence: 'deux référents', due: null },
          },
        },
      ],
    })
    await saveReports(store, [
      { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint, report },
    ])
    const { text } = await page(server, `/epcis/${SIREN}`)
    const card = text.slice(text.indexOf('Conditions de réussite'))
    expect(card.replaceAll(/<[^>]*>|\s+/g, ' ')).toMatch(
      new RegExp(
        [
          ...[' Logistique ', 'Une salle équipée', 'aucune salle notée', 'À faire', 'Un café', 'Inconnue'],
          ...['Communication', 'Un courrier', 'Remplie'],
          ...['Mise en place opérationnelle', 'Un binôme', 'deux référents', 'Remplie'],
        ].join(' .*'),
      ),
    )
  })

  it('says that an EPCI has no sheet yet', async () => {
    const { server } = await withReports()
    const { status, text } = await page(server, '/epcis/200000000')
    expect(status).toBe(404)
    expect(text).toContain('Pas de fiche')
  })
})

const figures = {
  siren: SIREN,
  actors: 39,
  completeness: 58.2,
  publishable: 91,
  freshness: 33,
  recommended: 'outil',
  confidence: 'high',
  prefilled: 12,
  expected: 50,
}

function escaped(text: string): string {
  return text.replaceAll(/["&'<=>`]/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** The names in the list of EPCI, in their order. */
function listed(text: string): string[] {
  const table = text.slice(text.indexOf('<tbody>'), text.indexOf('</tbody>'))
  return [...table.matchAll(/class="name">\s*<span>\s*<a[^>]*>([^<]*)/g)].map(([, name]) => name!)
}

describe('what is looked for', () => {
  it.each(['brest-metropole', 'BREST METROPOLE', 'Brest Métropole', '242 900 314', '242900314'])(
    '« %s » is found, however it is written',
    async (q) => {
      const { server } = await withReports()
      const { text } = await page(server, `/?q=${encodeURIComponent(q)}`)
      expect(listed(text)).toEqual(['Brest Métropole'])
    },
  )

  it('at an address of nothing is a page for a person, an answer for a program', async () => {
    const { server } = await withReports()
    const [person, program] = [
      await server.inject({ url: '/pasla', headers: { accept: 'text/html,*/*' } }),
      await server.inject({ url: '/pasla', headers: { accept: '*/*' } }),
    ]
    expect([person.statusCode, person.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(person.body).toContain('Page introuvable')
    expect(program.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    expect((await page(server, '/epcis/abc')).text).toContain('Page introuvable')
  })
})

describe('an EPCI without a record', () => {
  it('is told to begin, and nothing is said of records that are not there', async () => {
    const made = await testServer(people())
    const { prefill, prefillDetail } = aReport()
    const report = aReport({
      ...{
        indicators: noRecords(),
        prefill: { ...prefill, present: 0, prefilled: 0, toComplete: 0, toCreate: 2 },
      },
      prefillDetail: { ...prefillDetail, next: [] },
    })
    await saveReports(made.store, [
      { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint, report },
    ])
    const { text } = await page(made.server, `/epcis/${SIREN}`)
    expect(text).toContain('Créer les premières fiches.')
    expect(text).toContain('encore 2 à créer')
    expect(text).toContain('inconnu, faute de fiche')
    expect(text).not.toMatch(/toutes les fiches présentes|ne disent pas leurs services/)
  })
})

describe('the way to the base', () => {
  it('is on every page, and leads to where NocoDB says that it is', async () => {
    const { server } = await withReports()
    for (const url of ['/', `/epcis/${SIREN}`])
      expect((await page(server, url)).text).toContain('<a href="/nocodb">Ouvrir la base dans NocoDB</a>')
    const answer = await page(server, '/nocodb')
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      'https://nocodb.example/dashboard/#/nc/p1',
    ])
  })

  it('is for those who signed in', async () => {
    const { server } = await withReports()
    const answer = await server.inject('/nocodb')
    expect(answer.headers.location).toBe('/connexion?to=%2Fnocodb')
  })

  it('says that NocoDB does not answer', async () => {
    const baseAddress = () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'away'))
    const { server } = await withReports(people({ baseAddress }))
    const answer = await page(server, '/nocodb')
    expect(answer.status).toBe(503)
    expect(answer.text).toContain('NocoDB ne répond pas')
  })
})
