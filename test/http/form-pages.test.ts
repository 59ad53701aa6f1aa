import { afterAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../../src/domain/member.ts'
import { PortreaError } from '../../src/errors.ts'
import { formLimit } from '../../src/http/form-limit.ts'
import type { FormDesk } from '../../src/http/form-desk.ts'
import { saveReports } from '../../src/store/reports.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../helpers/browser.ts'
import { formsDouble } from '../helpers/forms-double.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { cookiesOf, signedInPeople } from './signed-in.ts'
import { aReport, SIREN, testServer } from './test-server.ts'

afterAll(closeBrowser)

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }

async function stage(given: Partial<NonNullable<FormDesk>> = {}, role: Role = 'editor', now?: () => Date) {
  const { forms, kept } = formsDouble(given)
  const clock = { at: Date.parse('2026-05-20T10:00:00Z') }
  const { server, store, log } = await testServer({
    forms,
    now: now ?? (() => new Date(clock.at)),
    ...signedInPeople(role),
  })
  const computedAt = '2026-05-20T03:00:00.000Z'
  await saveReports(store, [{ siren: SIREN, report: aReport(), computedAt, rules: rules.fingerprint }])
  const cookies = await cookiesOf(server)
  return { server, store, log, clock, kept, cookies, ...(await addresses(server, cookies)) }
}

async function addresses(server: FastifyInstance, cookies: Record<string, string>) {
  const { body } = await server.inject({ url: `/epcis/${SIREN}/formulaires`, cookies })
  const found = [...body.matchAll(/<a href="https:\/\/portrea\.example\.org(\/formulaire\/[^"]+)">/gu)]
  const [diagnostic = '', place = ''] = found.map(([, path]) => path!)
  return { diagnostic, place }
}

type Stage = Awaited<ReturnType<typeof stage>>

/** Fills the page as it stands and sends it, some seconds later. */
async function send({ server, clock }: Stage, url: string, fields: Record<string, string>, more = {}) {
  const { body } = await server.inject({ url })
  const [, page = ''] = /name="page" value="([^"]*)"/u.exec(body) ?? []
  clock.at += 60_000
  return post(server, url, { page, ...fields }, more)
}

function post(server: FastifyInstance, url: string, fields: Record<string, string>, more: object = {}) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more }
  return server.inject({ method: 'POST', url, headers, payload: new URLSearchParams(fields).toString() })
}

describe('the addresses of the forms of an EPCI', () => {
  it('are there for who may write, with a picture to print, and nowhere for others', async () => {
    const { server, cookies, diagnostic, place } = await stage()
    expect([diagnostic, place]).toEqual([
      expect.stringMatching(/^\/formulaire\/d200069409\.20261130\.[\w-]{16}$/u),
      expect.stringMatching(/^\/formulaire\/l200069409\.20261130\.[\w-]{16}$/u),
    ])
    const picture = await server.inject({ url: `/epcis/${SIREN}/formulaires/place.svg`, cookies })
    expect([picture.headers['content-type'], picture.body.startsWith('<svg')]).toEqual([
      'image/svg+xml',
      true,
    ])
    expect((await server.inject({ url: `/epcis/${SIREN}`, cookies })).body).toContain(
      `/epcis/${SIREN}/formulaires`,
    )
    const reader = await stage({}, 'viewer')
    expect([reader.diagnostic, reader.place]).toEqual(['', ''])
    const sheet = await reader.server.inject({ url: `/epcis/${SIREN}`, cookies: reader.cookies })
    expect(sheet.body).not.toContain('formulaires')
    for (const path of ['', '/diagnostic.svg'])
      expect((await server.inject({ url: `/epcis/${SIREN}/formulaires${path}` })).statusCode).toBe(303)
  })

  it('are dead once renewed, after their last day, and where a sign is changed', async () => {
    const made = await stage()
    const { server, cookies, clock, diagnostic } = made
    const status = async (url: string) => (await server.inject({ url })).statusCode
    expect(await status(diagnostic)).toBe(200)
    for (const wrong of [
      diagnostic.replace('/d2', '/l2'),
      diagnostic.replace('20261130', '20271130'),
      diagnostic.replace('d200069409', 'd200069391'),
      `${diagnostic}x`,
      '/formulaire/%00',
      '/formulaire/d',
    ])
      expect(
        [await status(wrong), (await post(server, wrong, { aim: 'database' })).statusCode],
        wrong,
      ).toEqual([404, 404])
    clock.at = Date.parse('2026-12-01T10:00:00Z')
    const ended = await server.inject({ url: diagnostic })
    expect([ended.statusCode, plain(ended.body).includes('30 novembre 2026')]).toEqual([410, true])
    expect((await post(server, diagnostic, { aim: 'database' })).statusCode).toBe(410)
    clock.at = Date.parse('2026-05-20T10:00:00Z')
    await server.inject({ method: 'POST', url: `/epcis/${SIREN}/formulaires`, cookies })
    expect(await status(diagnostic)).toBe(404)
    expect(await status((await addresses(server, cookies)).diagnostic)).toBe(200)
    expect(made.kept).toEqual([])
  })

  it('are none where they are not switched on', async () => {
    const { server, store } = await testServer(signedInPeople())
    const computedAt = '2026-05-20T03:00:00.000Z'
    await saveReports(store, [{ siren: SIREN, report: aReport(), computedAt, rules: rules.fingerprint }])
    const cookies = await cookiesOf(server)
    expect((await server.inject({ url: `/epcis/${SIREN}/formulaires`, cookies })).statusCode).toBe(404)
    expect((await server.inject({ url: `/epcis/${SIREN}`, cookies })).body).not.toContain('formulaires')
  })
})

describe('the diagnostic without an account', () => {
  it('asks with nothing chosen, « je ne sais pas » everywhere, says how long what is kept', async () => {
    const { server, diagnostic } = await stage()
    const { body, headers } = await server.inject({ url: diagnostic })
    expect(body.match(/Je ne sais pas/gu)).toHaveLength(10)
    expect(body).not.toMatch(/ checked/u)
    expect(plain(body)).toContain('effacé au bout de 60 mois')
    expect(plain(body)).toMatch(/Ne nommez personne[^<]*effacé au bout de 24 mois/u)
    expect([headers['x-robots-tag'], headers['set-cookie']]).toEqual(['noindex', undefined])
  })

  it('is one row, then a page that says what happens next', async () => {
    const made = await stage()
    const answer = await send(made, made.diagnostic, {
      ...{ governance: 'installed', roadmap: 'unknown', meetingsPerYear: '3 fois par an' },
      ...{ qui: ' directrice du CCAS ', remarque: 'une\r\ndeux' },
    })
    expect(answer.statusCode).toBe(303)
    expect(made.kept).toEqual([
      {
        siren: SIREN,
        answers: { governance: 'installed', meetingsPerYear: 3 },
        day: '2026-05-20',
        ...{ author: 'Formulaire public : directrice du CCAS', remark: 'une\ndeux' },
      },
    ])
    const thanks = await made.server.inject({ url: answer.headers.location! })
    expect(plain(thanks.body)).toContain('Vos réponses sont dans la base du Hub')
    expect(thanks.body).not.toContain(`href="/epcis/${SIREN}"`)
    const member = await made.server.inject({ url: answer.headers.location!, cookies: made.cookies })
    expect(member.body).toContain(`href="/epcis/${SIREN}"`)
    // Who sent nothing is not thanked.
    expect(
      (await made.server.inject({ url: `${made.diagnostic}/merci?recu=1.aaaaaaaaaaaaaaaa` })).statusCode,
    ).toBe(303)
    expect(JSON.stringify(made.log.lines)).not.toContain('CCAS')
  })

  it('gives back what was typed, with each fault beside its field and in a list at the top', async () => {
    const made = await stage()
    const { statusCode, body } = await send(made, made.diagnostic, {
      ...{
        aim: 'networking',
        network: 'beaucoup',
        meetingsPerYear: 'souvent',
        remarque: `<b>${'x'.repeat(2001)}`,
      },
    })
    expect([statusCode, made.kept]).toEqual([422, []])
    const page = new Set([...body.matchAll(/href="#champ-([^"]+)"/gu)].map(([, name]) => name))
    expect(page).toEqual(new Set(['network', 'meetingsPerYear', 'remarque']))
    for (const name of page) expect(body).toContain(`id="faute-${name}"`)
    expect(body).toMatch(/value="networking"\s+checked/u)
    expect(body).toContain('value="souvent"')
    expect(body).toContain('&lt;b&gt;xxx')
    const both = await send(made, made.diagnostic, { meetingsPerYear: '2', 'meetingsPerYear-unknown': 'oui' })
    expect(both.statusCode).toBe(422)
    for (const fields of [{}, { aim: 'unknown', 'meetingsPerYear-unknown': 'oui' }] as Record<
      string,
      string
    >[]) {
      const nothing = await send(made, made.diagnostic, fields)
      expect([nothing.statusCode, plain(nothing.body).includes('répondez à une au moins')]).toEqual([
        422,
        true,
      ])
    }
    expect(made.kept).toEqual([])
  })

  it.each([
    [503, 'NOCODB_UNAVAILABLE', "rien n'est confirmé"],
    [502, 'NOCODB_REFUSED', "rien n'est enregistré"],
    [502, 'SCHEMA_MISMATCH', "rien n'est enregistré"],
    [502, 'NOCODB_FORBIDDEN', "rien n'est enregistré"],
    [503, 'SYNC_RUNNING', 'occupée à un autre travail'],
    [503, 'STORE_UNAVAILABLE', 'Pas encore confirmé'],
  ] as const)(
    'says so and keeps what was typed where the base does not take it: %i %s',
    async (status, code, said) => {
      const refuse = async () => {
        throw new PortreaError(code, 'non')
      }
      const made = await stage({ addDiagnostic: refuse, report: refuse })
      const answer = await send(made, made.diagnostic, { aim: 'database', remarque: 'à garder' })
      expect([answer.statusCode, plain(answer.body).includes(said)]).toEqual([status, true])
      expect(answer.body).toMatch(/value="database"\s+checked/u)
      expect(answer.body).toMatch(/>\s*à garder<\/textarea>/u)
      const report = await send(made, made.place, { nom: 'Lieu', commune: 'Plérin' })
      expect([report.statusCode, report.body.includes('value="Plérin"')]).toEqual([status, true])
    },
  )

  it('is kept from other sites, from programs, from floods, and from what is too long; people may send again', async () => {
    const made = await stage({ settings: { ...formsDouble().forms.settings, perMinute: 3, perDay: 5 } })
    const { server, diagnostic, kept, clock } = made
    const aim = { aim: 'database' }
    expect((await send(made, diagnostic, aim, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await post(server, diagnostic, aim)).statusCode).toBe(422)
    expect((await send(made, diagnostic, { ...aim, site: 'https://spam.example' })).statusCode).toBe(422)
    const { body } = await server.inject({ url: diagnostic })
    const [, page = ''] = /name="page" value="([^"]*)"/u.exec(body) ?? []
    expect((await post(server, diagnostic, { ...aim, page })).statusCode).toBe(422)
    clock.at += 25 * 3_600_000
    expect((await post(server, diagnostic, { ...aim, page })).statusCode).toBe(422)
    expect((await post(server, diagnostic, { ...aim, remarque: 'x'.repeat(60_000) })).statusCode).toBe(413)
    expect(kept).toEqual([])
    const now = (await send(made, diagnostic, aim)).headers.location!
    expect(now).toContain('/merci')
    const again = /name="page" value="([^"]*)"/u.exec((await server.inject({ url: diagnostic })).body)![1]!
    clock.at += 3000
    const many = []
    for (let at = 0; at < 6; at += 1)
      many.push((await post(server, diagnostic, { ...aim, page: again })).statusCode)
    expect(many).toEqual([303, 303, 429, 429, 429, 429])
  })
})

describe('the limit of a day', () => {
  it('counts what is kept, never what is sent back, and says so', () => {
    const limit = formLimit({ perMinute: 1000, perDay: 2 }, () => 0)
    for (let at = 0; at < 50; at += 1) expect(limit.refuses('192.0.2.1', 'key')).toBe(null)
    limit.kept('key')
    limit.kept('key')
    expect([limit.refuses('192.0.2.1', 'key'), limit.refuses('192.0.2.1', 'other')]).toEqual(['day', null])
  })
})

describe('a place that is reported', () => {
  it('is handed over as it is written, several services in one, and may be closed', async () => {
    const made = await stage()
    const answer = await send(made, made.place, {
      ...{ nom: 'Médiathèque', commune: 'Plérin', services: 'Aide|Matériel', ferme: 'oui', siret: 'non' },
    })
    expect(answer.statusCode).toBe(303)
    expect(made.kept).toEqual([
      { answers: { nom: 'Médiathèque', commune: 'Plérin', services: 'Aide|Matériel' }, closed: true },
    ])
  })

  it('comes back with its faults beside its fields', async () => {
    const made = await stage({
      report: async () => ({ faults: [{ field: 'telephone', message: 'Pas un numéro.' }] }),
    })
    const { statusCode, body } = await send(made, made.place, { telephone: '02 <', services: 'Aide' })
    expect([statusCode, body.includes('value="02 &lt;"')]).toEqual([422, true])
    expect(body).toMatch(/name="telephone"[^>]*aria-describedby="faute-telephone"\s+aria-invalid="true"/u)
    expect(body).toMatch(/value="Aide"[^>]*checked/u)
  })
})

describe.skipIf(!HAS_BROWSER)('the forms in a browser', () => {
  it.each([
    [1440, false],
    [390, true],
  ])('have no fault that axe finds, and send by keyboard: %i px', async (width, dark) => {
    const made = await stage({}, 'editor', () => new Date())
    const { page, at } = await pageOn(made.server, PERSON, { width, dark })
    for (const path of [made.diagnostic, made.place, `/epcis/${SIREN}/formulaires`]) {
      await page.goto(`${at}${path}`)
      expect(await axeFaults(page), path).toEqual([])
      expect(await overflow(page), path).toBe(0)
      if (process.env['SHOTS'])
        await page.screenshot({
          path: `${process.env['SHOTS']}/form-${path.slice(1, 13).replaceAll('/', '-')}-${width}.png`,
          fullPage: true,
        })
    }
    await page.goto(`${at}${made.diagnostic}`)
    await page.getByLabel('Nombre par an').fill('souvent')
    await page.waitForTimeout(2100)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('erreurs')
    expect(await axeFaults(page)).toEqual([])
    await page.getByRole('alert').getByRole('link').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('champ-meetingsPerYear')
    await page.getByLabel('Nombre par an').fill('2')
    await page.waitForTimeout(2100)
    await page.keyboard.press('Enter')
    await page.waitForURL(/merci/u)
    expect(await axeFaults(page)).toEqual([])
    expect(made.kept).toHaveLength(1)
  })
})
