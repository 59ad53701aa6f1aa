import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadDepartments } from '../../src/config/geography.ts'
import { region } from '../../src/domain/region.ts'
import { seenBy } from '../../src/http/page-reports.ts'
import { saveReports } from '../../src/store/reports.ts'
import { PortreaError } from '../../src/errors.ts'
import type { ServerDependencies } from '../../src/http/server.ts'
import { deskDouble } from '../helpers/desk-double.ts'
import { diaryDouble } from '../helpers/diary-double.ts'
import { manyReports } from '../helpers/many-reports.ts'
import { noDays, testShop } from '../helpers/print-shop.ts'
import { rules } from '../helpers/rules.ts'
import { OFFICER, REFERENT, shownPeople, STRANGER } from '../helpers/shown-people.ts'
import { IDLE_WORK, testServer } from './test-server.ts'

const REPORTS = manyReports(20)
const [FIRST, THEIRS] = [REPORTS[0]!, REPORTS[1]!]

async function withPeople(
  perimeter: 'open' | 'closed',
  over: Partial<ServerDependencies['people']> = {},
  parts: Partial<ServerDependencies> = {},
): Promise<FastifyInstance> {
  const { server, store } = await testServer({
    people: {
      ...{ settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 2, perimeter } },
      ...{ secret: 'a secret for tests', secure: false },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      ...shownPeople(REPORTS),
      ...over,
    },
    ...parts,
  })
  const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
  await saveReports(
    store,
    REPORTS.map((report) => ({ ...row, siren: report.siren, report })),
  )
  return server
}

/** What NocoDB says of people is asked again each time. */
const SETTLED = {
  settings: { recheckMinutes: 5, awayMinutes: 60, contactsMinutes: 0, perimeter: 'closed' },
} as const

/** One journée of each of the first two EPCI, and one of none. */
function withDays(): Pick<ServerDependencies, 'papers' | 'day' | 'diary'> {
  const shop = testShop()
  onTestFinished(() => shop.close())
  const days = [FIRST, THEIRS].map(({ siren, name }, at) => ({
    ...{ id: at + 1, name: null, date: '2026-06-19', place: 'Plérin', epci: { siren, name } },
  }))
  const none = noDays(shop)
  const orphan = { id: 3, name: null, date: null, place: null, epci: null }
  const ofNobody = { ...orphan, epci: { siren: '200000000', name: 'Ailleurs' } }
  return {
    papers: {
      ...none,
      days: {
        ...none.days,
        day: async (id) => [...days, orphan].find((one) => one.id === id) ?? null,
        daysOf: async (siren) => days.filter(({ epci }) => epci.siren === siren),
      },
    },
    day: deskDouble({ journee: async (id) => [...days, ofNobody].find((one) => one.id === id) ?? null }),
    diary: diaryDouble({
      days: async () =>
        days.map(({ id, date, epci: { siren } }) => ({
          ...{ id, siren, date, title: null, place: null, invitedOn: null },
        })),
    }),
  }
}

async function as(server: FastifyInstance, who: { readonly email: string; readonly password: string }) {
  const signed = await server.inject({
    ...{ method: 'POST', url: '/connexion', payload: new URLSearchParams(who).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const cookies = Object.fromEntries(signed.cookies.map(({ name, value }) => [name, value]))
  return {
    get: (url: string) => server.inject({ url, cookies, headers: { accept: 'text/html' } }),
    post: (url: string, headers: Record<string, string> = {}) =>
      server.inject({
        ...{ method: 'POST', url, cookies, payload: '' },
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'portrea.example', ...headers },
      }),
  }
}

describe('whose EPCI come first', () => {
  it.each([
    [OFFICER, '12 EPCI', 'chargé·e de déploiement'],
    [REFERENT, '1 EPCI', 'comme référent·e'],
    [STRANGER, '20 EPCI', 'Aucun EPCI n’est à votre nom'],
  ])('$email', async (who, count, why) => {
    const { get } = await as(await withPeople('open'), who)
    const { body } = await get('/')
    expect(body).toContain(`<h2>${count}</h2>`)
    expect(body).toContain(why)
    expect((await get('/epcis')).body).toContain('<h2>20 EPCI</h2>')
  })

  it('are told as unknown where NocoDB does not answer, and the page stands', async () => {
    const away = () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'away'))
    const { get } = await as(await withPeople('open', { contacts: away }), OFFICER)
    const { statusCode, body } = await get('/')
    expect(statusCode).toBe(200)
    expect(body).toContain('NocoDB ne dit pas pour l’instant')
    expect((await get('/diagnostics-manquants')).body).toContain('réessayez dans un moment')
  })
})

describe('a closed perimeter', () => {
  const ofEpci = ({ siren }: { readonly siren: string }) =>
    ['', '/calcul', '/fiche.pdf', '/et-si', '/journees'].map((rest) => `/epcis/${siren}${rest}`)
  const ofDay = (id: number) =>
    ['', '/jour', '/jour/bilan', '/jour/groupe/1', '/jour/lieu'].map((rest) => `/journees/${id}${rest}`)

  it('keeps the sheets of others from a référent·e, in lists, files and pages too', async () => {
    const { get, post } = await as(await withPeople('closed', {}, withDays()), REFERENT)
    const statuses = async (urls: readonly string[]) =>
      Promise.all(urls.map(async (url) => [url, (await get(url)).statusCode]))
    const all = (urls: readonly string[], status: number) => urls.map((url) => [url, status])
    const kept = [...ofEpci(FIRST), ...ofDay(1), '/journees/1/salle.pdf', ...ofDay(3)]
    expect(await statuses(kept)).toEqual(all(kept, 403))
    const theirs = [...ofEpci(THEIRS), ...ofDay(2)]
    expect(await statuses(theirs)).toEqual(all(theirs, 200))
    for (const url of [`/epcis/${FIRST.siren}/et-si`, '/journees/1/jour/lieu', '/journees/1/jour/liens'])
      expect([url, (await post(url)).statusCode]).toEqual([url, 403])
    const pages = [
      '/epcis',
      '/epcis.csv',
      '/changements?tous=oui',
      '/charge?tous=oui',
      '/carte',
      '/planning',
      `/epcis?q=${FIRST.siren}`,
    ]
    for (const url of pages) expect([url, (await get(url)).body.includes(FIRST.name)]).toEqual([url, false])
  })

  it('keeps the journées of others from the calendar of a référent·e, at the moment of reading', async () => {
    let listed = true
    const shown = shownPeople(REPORTS)
    const contacts = async () =>
      listed ? shown.contacts() : { listed: [], bySiren: new Map(), referents: new Map() }
    const server = await withPeople('closed', { contacts, ...SETTLED }, withDays())
    const { get } = await as(server, REFERENT)
    const { body } = await get(`/calendriers?epci=${THEIRS.siren}`)
    const [own = '', region = '', ...more] = [
      ...body.matchAll(/<code>[^<]*(\/calendriers\/[^<]+\.ics)/gu),
    ].map(([, path]) => path!)
    expect(more).toEqual([])
    const names = async (path: string) => {
      const { body: text } = await server.inject({ url: path })
      return [FIRST, THEIRS].map(({ siren }) => text.replaceAll(/\r\n /gu, '').includes(siren))
    }
    expect([await names(own), await names(region)]).toEqual([
      [false, true],
      [false, true],
    ])
    listed = false
    expect((await server.inject({ url: own })).statusCode).toBe(404)
    expect(await names(region)).toEqual([false, false])
  })

  it('lets no calendar of a référent·e go empty where NocoDB does not say whose is what', async () => {
    const shown = shownPeople(REPORTS)
    let away = false
    const contacts = async () => {
      if (away) throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
      return shown.contacts()
    }
    const server = await withPeople('closed', { contacts, ...SETTLED }, withDays())
    const { body } = await (await as(server, REFERENT)).get('/calendriers')
    const [path = ''] = /\/calendriers\/[^<]+\.ics/u.exec(body) ?? []
    away = true
    expect((await server.inject({ url: path })).statusCode).toBe(503)
  })

  it('is open to chargé·e·s, and to nobody where NocoDB does not say who is who', async () => {
    const officer = await as(await withPeople('closed'), OFFICER)
    expect((await officer.get(`/epcis/${REPORTS[15]!.siren}`)).statusCode).toBe(200)
    const away = () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'away'))
    const referent = await as(await withPeople('closed', { contacts: away }), REFERENT)
    for (const path of [`/epcis/${THEIRS.siren}`, `/epcis/${FIRST.siren}`, `/epcis/${THEIRS.siren}/journees`])
      expect([path, (await referent.get(path)).statusCode]).toEqual([path, 503])
  })

  it('shows the planning of all, of one’s own EPCI alone, and the median of the region', async () => {
    const { server, store } = await testServer()
    expect(server).toBeDefined()
    const known = REPORTS.map((report, at) => ({ ...report, actorsPer10000: at + 1 }))
    const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
    await saveReports(
      store,
      known.map((report) => ({ ...row, siren: report.siren, report })),
    )
    const shown = shownPeople(REPORTS)
    const seen = await seenBy(
      { email: REFERENT.email, role: 'editor', trustedUntil: null },
      { ...{ store, departments: loadDepartments(), perimeter: 'closed' }, contacts: shown.contacts },
    )
    expect([seen.reports.length, seen.region]).toEqual([1, region(known)])
    const { get } = await as(await withPeople('closed'), REFERENT)
    expect((await get('/planning')).body).not.toContain(`/epcis/${FIRST.siren}`)
  })
})

describe('what people may have done', () => {
  it('recalculates for who may edit, from a form of this service alone', async () => {
    const asked: string[] = []
    const recalculate = async (siren: string) => void asked.push(siren)
    const server = await withPeople('open', { recalculate })
    const url = `/epcis/${FIRST.siren}/recalculer`
    const editor = await as(server, STRANGER)
    expect((await editor.post(url, { origin: 'http://portrea.example' })).statusCode).toBe(202)
    expect((await editor.post(url, { origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await editor.post(url, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await editor.post('/epcis/200000000/recalculer')).statusCode).toBe(404)
    expect((await (await as(server, REFERENT)).post(url)).statusCode).toBe(403)
    expect(asked).toEqual([FIRST.siren])
  })

  it('starts a synchronisation for owners, and says when one runs', async () => {
    const wishes: unknown[] = []
    let running = false
    const start = async (wish: unknown) => {
      if (running) throw new PortreaError('SYNC_RUNNING', 'Une synchronisation est en cours.')
      wishes.push(wish)
      return { id: 'r' }
    }
    const server = await withPeople('open', {}, { work: { ...IDLE_WORK, start } })
    const owner = await as(server, OFFICER)
    expect((await owner.post('/synchroniser')).statusCode).toBe(202)
    running = true
    const held = await owner.post('/synchroniser')
    expect([held.statusCode, held.body.includes('en cours')]).toEqual([409, true])
    expect((await (await as(server, STRANGER)).post('/synchroniser')).statusCode).toBe(403)
    expect(wishes).toEqual([{ epcis: null, accept: false, whole: false }])
  })
})

describe('what a list shows', () => {
  it('is taken away as it is shown, in its order, as CSV, GeoJSON and Excel', async () => {
    const { get } = await as(await withPeople('open'), OFFICER)
    const csv = await get('/epcis.csv?miens=oui&tri=avancement&sens=desc')
    expect(csv.headers['content-disposition']).toBe('attachment; filename="epcis.csv"')
    const lines = csv.body.trim().split('\r\n')
    expect(lines).toHaveLength(13)
    const { features } = (await get('/epcis.geojson?q=56')).json() as { features: unknown[] }
    expect(features.length).toBeLessThan(20)
    expect((await get('/epcis.xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK')
  })

  it('tells what the address says and nobody understands, and keeps the rest', async () => {
    const { get } = await as(await withPeople('open'), OFFICER)
    const { body } = await get('/epcis?alerte=rouge&couleur=1&confiance=low')
    expect(body).toContain('n’est pas une valeur de «\u202fAlerte\u202f»')
    expect(body).toContain('n’est pas un critère')
    expect(body).toMatch(/\d+ sur 20 EPCI|<h2>20 EPCI/u)
    expect(body).toContain('Confiance\u00a0: Faible')
  })

  it('sorts what is unknown last either way', async () => {
    const { get } = await as(await withPeople('open'), OFFICER)
    const of = async (sens: string) => {
      const { body } = await get(`/epcis.csv?tri=outillage&sens=${sens}`)
      const [head = '', ...rows] = body.trim().split('\r\n')
      const at = head.split(';').indexOf('Outillage')
      return rows.map((row) => row.split(';')[at]!)
    }
    for (const sens of ['asc', 'desc']) {
      const values = await of(sens)
      const first = values.indexOf('')
      expect(first === -1 || values.slice(first).every((value) => value === '')).toBe(true)
      const known = values.filter((value) => value !== '').map((value) => Number(value.replace(',', '.')))
      const sorted = known.toSorted((one, other) => one - other)
      expect(known).toEqual(sens === 'asc' ? sorted : sorted.reverse())
    }
  })
})
