import { afterAll, describe, expect, it } from 'vitest'
import { toInvite } from '../../src/domain/invitations/to-invite.ts'
import type { Invitations } from '../../src/engine/invitations.ts'
import { PortreaError } from '../../src/errors.ts'
import { axeFaults, closeBrowser, HAS_BROWSER, overflow, pageOn } from '../helpers/browser.ts'
import { invitationsDouble } from '../helpers/desk-double.ts'
import { plain } from '../helpers/plain.ts'
import { cookiesOf } from './signed-in.ts'
import { testServer } from './test-server.ts'

const PERSON = { email: 'camille@exemple.bzh', password: 'un mot de passe' }
const FOUND: Invitations = {
  siren: '200067072',
  day: 7,
  deadline: { latest: '2026-05-01', status: 'late', sentence: 'En retard de 19 jours.' },
  invited: {
    epci: 'Haut-Léon',
    day: '2026-05-31',
    place: null,
    latest: '2026-05-01',
    referents: [],
    referential: 'outil',
  },
  actors: toInvite(
    Array.from({ length: 45 }, (_, at) => ({
      ...{ record: at + 1, name: `Lieu ${at + 1} <b>`, commune: null, phone: null, referent: null },
      ...{ emails: at === 0 ? ['lieu@exemple.bzh'] : [], contactedOn: null, isNew: true, completeness: null },
    })),
  ),
}

afterAll(closeBrowser)

async function stage(
  of: (day: number) => Promise<Invitations | null> = async (day) => (day === 7 ? FOUND : null),
) {
  const { server } = await testServer({
    invitations: invitationsDouble(of),
    people: {
      signIn: async () => ({ id: 'us1', role: 'editor' }),
      roleOf: async () => 'editor',
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  const jar = await cookiesOf(server)
  return { server, get: (url: string) => server.inject({ url, cookies: jar }) }
}

describe('invitations', () => {
  it('say who is invited, until when, with a letter for each, a page at a time', async () => {
    const { get } = await stage()
    const { body, statusCode } = await get('/journees/7/invitations')
    expect(statusCode).toBe(200)
    const text = plain(body.replaceAll(/<[^>]+>/gu, ' ')).replaceAll(/\s+/gu, ' ')
    expect(text).toContain('En retard de 19 jours.')
    expect(text).toContain('45 acteurs, dont 1 par courriel.')
    expect(text).toContain('À préciser, la base ne le dit pas : {lieu} et {référents}.')
    expect(body).toContain('href="mailto:lieu@exemple.bzh?subject=')
    expect(body).not.toContain('<b>')
    const rows = (page: string) => [...page.matchAll(/Lieu \d+ &lt;b&gt;/gu)].length
    const second = await get('/journees/7/invitations?page=2')
    expect([body.includes('?page=2'), second.body.includes('?page=1'), rows(second.body)]).toEqual([
      true,
      true,
      5,
    ])
  })

  it('come as a file for a mail merge, all of them', async () => {
    const { get } = await stage()
    const { body, headers } = await get('/journees/7/invitations.csv')
    expect(headers['content-disposition']).toBe('attachment; filename="invitations-2026-05-31-haut-leon.csv"')
    expect(body.split(/\r\n(?=\d+;)/u)).toHaveLength(46)
  })

  it('say that there is no such journée, and that NocoDB is away', async () => {
    expect((await (await stage()).get('/journees/8/invitations')).statusCode).toBe(404)
    const away = await stage(async () => {
      throw new PortreaError('NOCODB_UNAVAILABLE', 'away')
    })
    expect((await away.get('/journees/7/invitations')).statusCode).toBe(503)
  })
})

describe.skipIf(!HAS_BROWSER)('in a browser', () => {
  it.each([1440, 390])(
    'have no fault that axe finds, and never scroll sideways: %i pixels',
    async (width) => {
      const { server } = await stage()
      const { page, at } = await pageOn(server, PERSON, { width })
      await page.goto(`${at}/journees/7/invitations`)
      await page.locator('summary').click()
      expect(await axeFaults(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      if (process.env['SHOTS'])
        await page.screenshot({ path: `${process.env['SHOTS']}/invitations-${width}.png`, fullPage: true })
    },
  )
})
