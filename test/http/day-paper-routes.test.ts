import { expect, it, onTestFinished } from 'vitest'
import type { DaySource } from '../../src/http/day-paper-routes.ts'
import type { Role } from '../../src/domain/member.ts'
import { PortreaError } from '../../src/errors.ts'
import { noDays, testShop } from '../helpers/print-shop.ts'
import { readPdf } from '../helpers/read-pdf.ts'
import { cookiesOf } from './signed-in.ts'
import { SIREN, testServer } from './test-server.ts'

const EPCI = { siren: SIREN, name: 'CA Saint-Brieuc Armor Agglomération' }
const DAY = { id: 7, name: null, date: '2026-06-19', place: 'Plérin', epci: EPCI }
const PERSON = {
  name: 'Camille Le Modèle',
  organisation: 'CCAS',
  position: null,
  group: '1',
  facilitates: false,
}

async function served(role: Role, days: Partial<DaySource> = {}) {
  const shop = testShop()
  const none = noDays(shop)
  const { server, log } = await testServer({
    papers: {
      ...none,
      days: {
        ...none.days,
        day: async (id) => (id === 7 ? DAY : null),
        daysOf: async (siren) => (siren === SIREN ? [DAY] : []),
        participants: async () => [PERSON],
        ...days,
      },
    },
    people: {
      signIn: async () => ({ id: 'us1', role }),
      roleOf: async () => role,
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  onTestFinished(() => shop.close())
  const cookies = await cookiesOf(server)
  return { log, get: (url: string) => server.inject({ url, cookies }) }
}

it('lists the papers of a journée, from its EPCI, and prints them with names for an editor; no name is logged', async () => {
  const { get, log } = await served('editor')
  expect((await get(`/epcis/${SIREN}/journees`)).body).toContain('href="/journees/7"')
  const { body } = await get('/journees/7')
  const links = [...body.matchAll(/href="(\/journees\/7\/[^"]+\.pdf)"/gu)].map(([, link]) => link!)
  expect(links).toHaveLength(12)
  for (const link of links) {
    const answer = await get(link)
    expect([link, answer.statusCode]).toEqual([link, 200])
    expect(answer.headers['content-disposition']).toMatch(/^inline; filename="[a-z0-9-]+\.pdf"$/u)
  }
  const attendance = await get('/journees/7/emargement.pdf')
  expect((await readPdf(attendance.rawPayload)).text).toContain('Camille Le Modèle')
  expect(JSON.stringify(log.lines)).not.toContain('Modèle')
}, 120_000)

it('prints no name for a viewer, and says why', async () => {
  const { get } = await served('viewer')
  const { body } = await get('/journees/7')
  expect(body).not.toContain('emargement.pdf')
  expect(body).toContain('href="/journees/7/salle.pdf"')
  const refused = await get('/journees/7/emargement.pdf')
  expect(refused.statusCode).toBe(403)
  expect(refused.body).toContain('Éditeur·rice')
  expect((await get('/journees/7/salle.pdf')).statusCode).toBe(200)
}, 60_000)

it('says that there is no such journée or paper, and that NocoDB is away', async () => {
  const { get } = await served('editor')
  for (const url of [
    '/journees/8',
    '/journees/8/salle.pdf',
    '/journees/x',
    '/journees/0',
    '/journees/7/autre.pdf',
  ])
    expect([url, (await get(url)).statusCode]).toEqual([url, 404])
  const day = () => Promise.reject(new PortreaError('NOCODB_UNAVAILABLE', 'away'))
  const away = await served('editor', { day })
  for (const url of ['/journees/7', '/journees/7/salle.pdf']) {
    const answer = await away.get(url)
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('NocoDB ne répond pas')
  }
}, 60_000)
