import { qrMarks } from '../../src/papers/qr.ts'
import { afterAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../../src/domain/member.ts'
import type { DayRecord } from '../../src/domain/journee/day-record.ts'
import { PortreaError } from '../../src/errors.ts'
import type { DayDesk } from '../../src/http/day-desk.ts'
import type { Expected } from '../../src/http/pages/day.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../helpers/browser.ts'
import { deskDouble } from '../helpers/desk-double.ts'
import { plain } from '../helpers/plain.ts'
import { cookiesOf } from './signed-in.ts'
import { testServer } from './test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const JOURNEE = {
  id: 7,
  date: '2026-05-20',
  place: 'Salle <b>',
  epci: { siren: '200067072', name: 'Haut-Léon' },
}

afterAll(closeBrowser)

function record(id: number, lacks: DayRecord['lacks'] = ['telephone', 'services']): DayRecord {
  return { id, name: `Lieu ${id} <i>`, commune: 'Roscoff', address: null, lacks, wrong: [], proposed: [] }
}

const HEARD = { kept: 0, gone: false, faults: [], nothing: 0, same: 0 }

type Sent = { readonly record: number; readonly group: number | null; readonly answers: object }

/** A desk that keeps what it is told, and a journée of two groups on the day of the test server. */
function desk(given: Partial<DayDesk> = {}) {
  const sent: Sent[] = []
  const people: Expected[] = [
    { id: 1, name: 'Maëlle <b>', organisation: 'CCAS', position: null, group: 1, attended: false },
    { id: 2, name: 'Yann', organisation: null, position: 'bénévole', group: 2, attended: true },
  ]
  const made = deskDouble({
    journee: async (id) => (id === JOURNEE.id ? JOURNEE : null),
    records: async () => [1, 2, 3, 4].map((id) => record(id)),
    people: async () => people,
    groups: () => [1, 2],
    fields: ['telephone', 'services'],
    asked: (field) => ({
      field,
      title: field === 'services' ? 'Services' : field,
      help: field === 'telephone' ? 'Comme on le lit.' : null,
      choices: field === 'services' ? ['Aide', 'Matériel'] : [],
    }),
    answer: async (_, group, id, answers) => {
      if (answers.telephone === 'faux')
        return { ...HEARD, kept: 0, faults: [{ field: 'telephone', message: 'pas un numéro.' }] }
      sent.push({ record: id, group, answers })
      return { ...HEARD, kept: 1 }
    },
    attend: async (_, id, present) => {
      const at = people.findIndex((one) => one.id === id)
      if (at < 0) return false
      people[at] = { ...people[at]!, attended: present }
      return true
    },
    ...given,
  })
  return { made, sent, people }
}

async function stage(given: Partial<DayDesk> = {}, role: Role = 'editor', today = '2026-05-20') {
  const day = desk(given)
  const clock = { today }
  const { server } = await testServer({
    day: day.made,
    now: () => new Date(`${clock.today}T10:00:00Z`),
    people: {
      signIn: async () => ({ id: 'us1', role }),
      roleOf: async () => role,
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  return { server, clock, ...day, cookies: await cookiesOf(server) }
}

async function linksOf({ server, cookies }: Awaited<ReturnType<typeof stage>>): Promise<string[]> {
  const { body } = await server.inject({ url: '/journees/7/jour', cookies })
  return [...body.matchAll(/<a href="https:\/\/portrea\.example\.org(\/jour\/[^"]+)">/gu)].map(
    ([, path]) => path!,
  )
}

function post(
  server: FastifyInstance,
  url: string,
  fields: readonly (readonly [string, string])[],
  more: object = {},
) {
  return server.inject({
    ...{
      method: 'POST',
      url,
      payload: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
    },
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    ...more,
  })
}

describe('the links of the day', () => {
  it('open one journée, on its day only, and names only at the door', async () => {
    const made = await stage()
    const [groups = '', door = ''] = await linksOf(made)
    const { server, clock } = made
    const status = async (url: string) => (await server.inject({ url })).statusCode
    expect([await status(groups), await status(`${groups}/groupe/1`)]).toEqual([200, 200])
    expect((await server.inject({ url: `${door}/accueil` })).body).toContain('Maëlle &lt;b&gt;')
    const refused = await server.inject({ url: `${groups}/accueil` })
    expect([refused.statusCode, refused.body.includes('Maëlle')]).toEqual([303, false])
    expect((await post(server, `${groups}/accueil/1`, [['present', '1']])).statusCode).toBe(403)
    expect((await server.inject({ url: groups })).body).not.toContain(door)
    for (const day of ['2026-05-19', '2026-05-21']) {
      clock.today = day
      const closed = await server.inject({ url: groups })
      expect([closed.statusCode, plain(closed.body).includes('ouvre le 20 mai 2026')]).toEqual([403, true])
      expect((await post(server, `${groups}/groupe/1/fiches/1`, [['telephone', '1']])).statusCode).toBe(403)
    }
    expect(made.sent).toEqual([])
  })

  it('stand beside a code for the camera of a telephone', async () => {
    const { server, cookies } = await stage()
    const { body } = await server.inject({ url: '/journees/7/jour', cookies })
    const links = [...body.matchAll(/href="(http[^"]+\/jour\/[^"]+)"/gu)].map(([, href]) => href ?? '')
    expect(links).toHaveLength(2)
    for (const link of links) expect(body).toContain(qrMarks(link).marks)
  })

  it('are dead once renewed, once the journée moves, and where a sign of them is changed', async () => {
    const made = await stage()
    const { server, cookies } = made
    const [groups = '', door = ''] = await linksOf(made)
    for (const path of [
      groups.replace('/jour/g', '/jour/a'),
      groups.replace('g7.', 'g8.'),
      `${groups}x`,
      '/jour/',
      '/jour/%00',
    ])
      expect((await server.inject({ url: path })).statusCode, path).toBe(404)
    await post(server, '/journees/7/jour/liens', [], { cookies })
    expect((await server.inject({ url: door })).statusCode).toBe(404)
    const moved = await stage({ journee: async () => ({ ...JOURNEE, date: '2026-06-01' }) })
    expect((await moved.server.inject({ url: groups })).statusCode).toBe(404)
  })

  it('are shown, and what is written is taken, only of members who may write', async () => {
    const viewer = await stage({}, 'viewer')
    expect(await linksOf(viewer)).toEqual([])
    const { server, cookies } = viewer
    expect((await server.inject({ url: '/journees/7/jour/accueil', cookies })).statusCode).toBe(303)
    const said = await post(server, '/journees/7/jour/groupe/1/fiches/1', [['telephone', '1']], { cookies })
    expect([said.statusCode, viewer.sent]).toEqual([403, []])
  })
})

describe('the pages of the day', () => {
  it('give each group its records, and what is sent to whom it concerns', async () => {
    const { server, cookies, sent } = await stage()
    const names = async (group: number) =>
      [
        ...(await server.inject({ url: `/journees/7/jour/groupe/${group}`, cookies })).body.matchAll(
          /<strong>Lieu (\d)/gu,
        ),
      ].map(([, id]) => id)
    expect([await names(1), await names(2)]).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    const answer = await post(
      server,
      '/journees/7/jour/groupe/2/fiches/3',
      [
        ['telephone', '02'],
        ['services', 'Aide'],
        ['services', 'Matériel'],
        ['autre', 'x'],
      ],
      { cookies },
    )
    expect(answer.json()).toEqual({ said: expect.stringMatching(/^Envoyé/u) })
    expect(sent).toEqual([{ record: 3, group: 2, answers: { telephone: '02', services: 'Aide|Matériel' } }])
  })

  it('say what is wrong, to the script and to a plain browser', async () => {
    const { server, cookies } = await stage()
    const path = '/journees/7/jour/groupe/1/fiches/1'
    const told = await post(server, path, [['telephone', 'faux']], { cookies })
    expect([told.statusCode, told.json().said]).toEqual([422, 'telephone : pas un numéro.'])
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const shown = await post(server, path, [['telephone', 'faux']], { cookies, headers })
    expect([shown.statusCode, shown.body.includes('pas un numéro.')]).toEqual([422, true])
    const sent = await post(server, path, [['telephone', '02']], { cookies, headers })
    expect(sent.headers['location']).toBe('/journees/7/jour/groupe/1?dit=envoye')
  })

  it('keep forms of another site out', async () => {
    const { server, cookies, sent } = await stage()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' }
    const answer = await post(server, '/journees/7/jour/groupe/1/fiches/1', [['telephone', '02']], {
      cookies,
      headers,
    })
    expect([answer.statusCode, sent]).toEqual([403, []])
  })

  it('say what the journée brought, by group, what is left and its days, to members only', async () => {
    const made = await stage({
      brought: async () => [{ group: 2, records: 3, places: 1, applied: 7, pending: 2, other: 0 }],
      referents: async () => new Map([[1, 'Maëlle <b>']]),
    })
    const { server, cookies } = made
    const { body } = await server.inject({ url: '/journees/7/jour/bilan', cookies })
    const text = plain(body.replaceAll(/<[^>]+>/gu, ' ')).replaceAll(/\s+/gu, ' ')
    expect(text).toContain('Groupe 2 3 1 7 2 0')
    expect(text).toContain('2 réponses attendent dans « Propositions »')
    expect(text).toContain("Aucun chiffre n'est encore calculé pour cet EPCI.")
    const [groups = ''] = await linksOf(made)
    expect((await server.inject({ url: `${groups}/bilan` })).statusCode).toBe(303)
  })

  it('say so where there is no such journée, or NocoDB is away', async () => {
    const { server, cookies } = await stage()
    expect((await server.inject({ url: '/journees/8/jour', cookies })).statusCode).toBe(404)
    const away = async () => {
      throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
    }
    const gone = await stage({ records: away, answer: away })
    const url = '/journees/7/jour/groupe/1'
    expect((await gone.server.inject({ url, cookies: gone.cookies })).statusCode).toBe(503)
    const told = await post(gone.server, `${url}/fiches/1`, [['telephone', '02']], { cookies: gone.cookies })
    expect([told.statusCode, told.json()]).toEqual([503, { said: expect.any(String) }])
  })
})

describe.skipIf(!HAS_BROWSER)('on a telephone', () => {
  it('lose nothing of what is typed or sent while the network is cut, twice', async () => {
    const { server, sent, people } = await stage()
    const { page, at } = await pageOn(server, PERSON, { width: 390 })
    const state = () => page.locator('.sending').textContent()
    await page.goto(`${at}/journees/7/jour/groupe/1`)
    await page.locator('#f1 summary').click()
    await page.context().setOffline(true)
    await page.locator('#f1 [name=telephone]').fill('02 98 00 00 01')
    await page.locator('#f1').getByText('Matériel').click()
    await page.locator('#f1 button').click()
    await expect.poll(state).toContain('Une réponse attend le réseau')
    expect(sent).toEqual([])
    await page.context().setOffline(false)
    await expect.poll(() => sent.length, { timeout: 15_000 }).toBe(1)
    expect(sent[0]).toEqual({
      record: 1,
      group: 1,
      answers: { telephone: '02 98 00 00 01', services: 'Matériel' },
    })
    await expect.poll(state).toBe('Tout est envoyé.')
    // Cut again in the middle of a word; the page is closed, and opened when the network is back.
    await page.locator('#f2 summary').click()
    await page.locator('#f2 [name=telephone]').fill('02 98 00')
    await page.context().setOffline(true)
    await page.locator('#f2 [name=telephone]').fill('02 98 00 00 02')
    await page.goto(`${at}/journees/7/jour/groupe/1`).catch(() => undefined)
    await page.context().setOffline(false)
    await page.goto(`${at}/journees/7/jour/groupe/1`)
    await page.locator('#f2 summary').click()
    expect(await page.locator('#f2 [name=telephone]').inputValue()).toBe('02 98 00 00 02')
    await page.locator('#f2 button').click()
    await expect.poll(() => sent.length, { timeout: 15_000 }).toBe(2)
    // At the door, a name touched without network is ticked once it is back.
    await page.goto(`${at}/journees/7/jour/accueil`)
    await page.context().setOffline(true)
    const name = page.getByRole('button', { name: /Maëlle/u })
    await name.click()
    expect(await name.getAttribute('aria-pressed')).toBe('true')
    await page.context().setOffline(false)
    await expect.poll(() => people[0]?.attended, { timeout: 15_000 }).toBe(true)
  })

  it('say that an answer cannot be taken, and keep it', async () => {
    const { server, sent } = await stage()
    const { page, at } = await pageOn(server, PERSON, { width: 390 })
    await page.goto(`${at}/journees/7/jour/groupe/1`)
    await page.locator('#f1 summary').click()
    await page.locator('#f1 [name=telephone]').fill('faux')
    await page.locator('#f1 button').click()
    await expect.poll(() => page.locator('#f1 [data-said]').textContent()).toContain('pas un numéro.')
    expect(await page.locator('#f1 [name=telephone]').inputValue()).toBe('faux')
    expect(sent).toEqual([])
  })

  it.each([false, true])(
    'have no fault that axe finds, big targets, and never scroll sideways (dark: %s)',
    async (dark) => {
      const { server } = await stage()
      const refused: string[] = []
      const { page, at } = await pageOn(server, PERSON, { width: 390, dark })
      page.on('console', (message) => refused.push(message.text()))
      for (const path of ['', '/groupe/1', '/accueil', '/lieu', '/bilan']) {
        await page.goto(`${at}/journees/7/jour${path}`)
        for (const summary of await page.locator('summary').all()) await summary.click()
        expect(await axeFaults(page), path).toEqual([])
        expect(await overflow(page), path).toBe(0)
        for (const target of await page.locator('main :is(button.big, a.big, summary, label.choice)').all())
          expect((await target.boundingBox())?.height ?? 0, path).toBeGreaterThanOrEqual(44)
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/day${path.replaceAll('/', '-')}-${dark}.png`,
            fullPage: true,
          })
      }
      expect(refused).toEqual([])
    },
  )
})
