import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { ServerDependencies } from '../../src/http/server.ts'
import { saveReports } from '../../src/store/reports.ts'
import { noDays, testShop } from '../helpers/print-shop.ts'
import { readPdf } from '../helpers/read-pdf.ts'
import { CONFIG } from '../helpers/rules.ts'
import { cookiesOf } from './signed-in.ts'
import { aReport, SIREN, testServer } from './test-server.ts'

const people = (over: Partial<ServerDependencies['people']> = {}): Partial<ServerDependencies> => ({
  people: {
    signIn: async () => ({ id: 'us1', role: 'viewer' }),
    roleOf: async () => 'viewer',
    settings: { recheckMinutes: 5, awayMinutes: 60 },
    baseAddress: async () => 'https://nocodb.example/dashboard/#/nc/p1',
    secret: 'a secret for tests',
    secure: false,
    ...over,
  },
})

const FICHE = `/epcis/${SIREN}/fiche.pdf`

it('gives the fiche territoire to whoever is signed in, under a clear name, and says so on the sheet', async () => {
  const { server, store } = await testServer(people())
  await saveReports(store, [
    { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: 'r', report: aReport() },
  ])
  const cookies = await cookiesOf(server)
  const answer = await server.inject({ url: FICHE, cookies })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="fiche-territoire-ca-saint-brieuc-armor-agglomeration.pdf"',
    'cache-control': 'no-store',
  })
  expect((await readPdf(answer.rawPayload)).universal).toBe('1')
  const { body } = await server.inject({ url: `/epcis/${SIREN}`, cookies })
  expect(body).toContain(`href="${FICHE}"`)
}, 60_000)

it('asks to sign in, and says in French that there is no such EPCI', async () => {
  const { server } = await testServer(people())
  expect((await server.inject({ url: FICHE })).headers.location).toContain('/connexion')
  const cookies = await cookiesOf(server)
  for (const siren of [SIREN, 'abc']) {
    const missing = await server.inject({ url: `/epcis/${siren}/fiche.pdf`, cookies })
    expect(missing.statusCode).toBe(404)
    expect(missing.body).toMatch(/Pas de fiche|Page introuvable/u)
  }
})

it('tells a template at fault with its file and line, and prints again once it is mended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-papers-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(join(CONFIG, 'papers'), join(folder, 'papers'), { recursive: true })
  const shop = testShop(folder)
  onTestFinished(() => shop.close())
  const { server, store, log } = await testServer({ ...people(), papers: noDays(shop) })
  await saveReports(store, [
    { siren: SIREN, computedAt: '2026-05-20T03:00:00.000Z', rules: 'r', report: aReport() },
  ])
  const cookies = await cookiesOf(server)
  const write = (text: string) => writeFile(join(folder, 'papers', 'fiche.typ'), text)
  for (const [text, fault] of [
    ['#import "style.typ": *\n\n#unknown', 'fiche.typ, ligne 3 : le nom « unknown » n’existe pas'],
    ['= Titre\n#read("/etc/passwd")', 'fiche.typ, ligne 2 : un modèle ne lit aucun fichier'],
    ['#import "@preview/tablex:0.0.8": *', 'fiche.typ, ligne 1 : un modèle n’utilise aucun paquet'],
    [
      "#set document(title: \"x\")\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"))",
      'une image n’a pas de description',
    ],
  ] as const) {
    await write(text)
    const answer = await server.inject({ url: FICHE, cookies })
    expect(answer.statusCode).toBe(500)
    expect(answer.body.replaceAll(/[\u00a0\u202f]/gu, ' ')).toContain(fault)
    expect(answer.body).not.toContain('root:')
  }
  expect(log.lines.some(({ msg }) => msg === 'a template of a paper is at fault')).toBe(true)
  await write('#set document(title: "x")\n#set text(lang: "fr")\n= Bref')
  expect((await server.inject({ url: FICHE, cookies })).statusCode).toBe(200)
}, 60_000)
