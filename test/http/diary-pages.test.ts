import ICAL from 'ical.js'
import { afterAll, describe, expect, it } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import type { DiaryParts } from '../../src/http/diary.ts'
import type { Role } from '../../src/domain/member.ts'
import { saveReports } from '../../src/store/reports.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../helpers/browser.ts'
import { diaryDouble } from '../helpers/diary-double.ts'
import { manyReports } from '../helpers/many-reports.ts'
import { plain } from '../helpers/plain.ts'
import { rules } from '../helpers/rules.ts'
import { cookiesOf } from './signed-in.ts'
import { testServer } from './test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const REPORTS = manyReports(12)
const [FIRST, SECOND] = REPORTS as [(typeof REPORTS)[number], (typeof REPORTS)[number]]
const AWAY = async () => {
  throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
}
const OFFICERS: DiaryParts['officers'] = async () => ({
  listed: [{ name: 'Ana Bihan', daysPerMonth: 4 }],
  bySiren: new Map([
    [FIRST.siren, 'BIHAN Ana'],
    [SECOND.siren, 'Yann Le Goff'],
  ]),
})
const DAYS: DiaryParts['days'] = async () =>
  [FIRST, SECOND].map(({ siren }, index) => ({
    ...{ id: index + 1, siren, date: '2026-07-02', title: null, place: 'Salle <b>', invitedOn: null },
  }))

afterAll(closeBrowser)

async function stage(diary: Partial<DiaryParts> = {}, roles: { role: Role | null } = { role: 'editor' }) {
  const { server, store } = await testServer({
    diary: diaryDouble({ officers: OFFICERS, days: DAYS, ...diary }),
    people: {
      signIn: async () => ({ id: 'us1', role: 'editor' }),
      roleOf: async () => roles.role,
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  const row = { computedAt: '2026-05-20T03:00:00.000Z', rules: rules.fingerprint }
  await saveReports(
    store,
    REPORTS.map((report) => ({ ...row, siren: report.siren, report })),
  )
  return { server, store, cookies: await cookiesOf(server) }
}

/** The paths of the calendars that a page names, in order. */
function addressesIn(page: string): string[] {
  return [...page.matchAll(/<code>https:\/\/portrea\.example\.org(\/calendriers\/[^<]+)<\/code>/gu)].map(
    ([, path]) => path!,
  )
}

function eventsOf(file: string): { summary: string; day: string }[] {
  return new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((component) => {
    const { summary, startDate } = new ICAL.Event(component)
    return { summary: plain(summary), day: startDate.toString() }
  })
}

describe('calendars', () => {
  it('are read at secret addresses, without an account: of the region, of one EPCI, of one chargé·e', async () => {
    const { server, cookies } = await stage()
    const page = await server.inject({ url: `/calendriers?epci=${SECOND.siren}`, cookies })
    const [epci, region, ana, yann, ...more] = addressesIn(page.body)
    expect(more).toEqual([])
    const read = async (path = '') => {
      const answer = await server.inject({ url: path })
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
      return eventsOf(answer.body).filter(({ summary }) => summary.startsWith('Journée'))
    }
    expect(await read(region)).toHaveLength(2)
    expect(await read(epci)).toEqual([
      { summary: `Journée Portrea, ${plain(SECOND.name)}`, day: '2026-07-02' },
    ])
    expect(await read(ana)).toEqual([{ summary: `Journée Portrea, ${plain(FIRST.name)}`, day: '2026-07-02' }])
    expect(await read(yann)).toHaveLength(1)
  })

  it('are no more once their person renewed them, or is no member any more; of others they stay', async () => {
    const roles = { role: 'editor' as Role | null }
    const { server, cookies } = await stage({}, roles)
    const addresses = async () => addressesIn((await server.inject({ url: '/calendriers', cookies })).body)
    const status = async (path = '') => (await server.inject({ url: path })).statusCode
    const [before] = await addresses()
    const other = await server.inject({
      ...{
        method: 'POST',
        url: '/calendriers/renouveler',
        cookies,
        headers: { 'sec-fetch-site': 'cross-site' },
      },
    })
    expect([other.statusCode, await status(before)]).toEqual([303, 200])
    await server.inject({ method: 'POST', url: '/calendriers/renouveler', cookies })
    const [after] = await addresses()
    expect([await status(before), await status(after)]).toEqual([404, 200])
    roles.role = null
    expect(await status(after)).toBe(404)
  })

  it('are no guess: a key that is changed anywhere opens nothing', async () => {
    const { server, cookies } = await stage()
    const [path = ''] = addressesIn((await server.inject({ url: '/calendriers', cookies })).body)
    const [, scope, account, signature] = /\/calendriers\/([^.]+)\.([^.]+)\.([^.]+)\.ics$/u.exec(path)!
    for (const key of [
      `e${FIRST.siren}.${account}.${signature}`,
      `${scope}.${Buffer.from('us2').toString('base64url')}.${signature}`,
      `${scope}.${account}.${signature!.slice(1)}`,
      `${scope}.${account}.`,
      `${scope}.${account}.${signature}.x`,
      'r',
      '',
      '%00',
    ])
      expect((await server.inject({ url: `/calendriers/${key}.ics` })).statusCode, key).toBe(404)
  })

  it('say that they have not changed, and to come back where NocoDB is away', async () => {
    const { server, cookies } = await stage()
    const [path = ''] = addressesIn((await server.inject({ url: '/calendriers', cookies })).body)
    const { headers } = await server.inject({ url: path })
    const again = await server.inject({ url: path, headers: { 'if-none-match': String(headers.etag) } })
    expect(again.statusCode).toBe(304)
    const away = await stage({ days: AWAY })
    const [there = ''] = addressesIn(
      (await away.server.inject({ url: '/calendriers', cookies: away.cookies })).body,
    )
    const answer = await away.server.inject({ url: there })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '600'])
  })
})

describe('the planning', () => {
  it('shows the days of each person by month, and what is proposed', async () => {
    const { server, cookies } = await stage()
    const { statusCode, body } = await server.inject({ url: '/planning', cookies })
    expect(statusCode).toBe(200)
    const text = plain(body.replaceAll(/<[^>]+>/gu, ' ')).replaceAll(/\s+/gu, ' ')
    expect(text).toContain('Ana Bihan 1 EPCI')
    expect(text).toContain('Pas encore dans « Chargé·e·s » : Yann Le Goff.')
    expect(text).toContain('une journée de plus')
    expect(text).toContain('Les prochaines journées, dans un ordre proposé')
  })

  it('says that nobody knows who is in charge where NocoDB is away', async () => {
    const { server, cookies } = await stage({ officers: AWAY })
    const { statusCode, body } = await server.inject({ url: '/planning', cookies })
    expect(statusCode).toBe(503)
    expect(plain(body)).toContain('NocoDB ne répond pas')
  })

  it('is for those who signed in', async () => {
    const { server } = await stage()
    for (const url of ['/planning', '/calendriers'])
      expect((await server.inject({ url })).headers['location']).toContain('/connexion')
  })
})

describe.skipIf(!HAS_BROWSER)('in a browser', () => {
  it.each([
    [1440, false],
    [390, true],
  ])('they have no fault that axe finds, and never scroll sideways: %i pixels', async (width, dark) => {
    const { server } = await stage()
    const { page, at } = await pageOn(server, PERSON, { width, dark })
    for (const path of ['/planning', '/calendriers']) {
      await page.goto(`${at}${path}`)
      expect(await axeFaults(page), path).toEqual([])
      expect(await overflow(page), path).toBe(0)
      if (process.env['SHOTS'])
        await page.screenshot({ path: `${process.env['SHOTS']}${path}-${width}.png`, fullPage: true })
    }
  })
})
