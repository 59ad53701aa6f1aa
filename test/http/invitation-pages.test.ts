import { afterAll, describe, expect, it } from 'vitest'
import { toInvite } from '../../src/domain/invitations/to-invite.ts'
import type { Invitations } from '../../src/engine/invitations.ts'
import type { Role } from '../../src/domain/member.ts'
import type { InvitationParts } from '../../src/http/invitation-routes.ts'
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
  rows: [],
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
  { say, role = 'editor' }: { say?: InvitationParts['say']; role?: Role } = {},
) {
  const { server } = await testServer({
    invitations: { ...invitationsDouble(of), ...(say === undefined ? {} : { say }) },
    people: {
      signIn: async () => ({ id: 'us1', role }),
      roleOf: async () => role,
      settings: { recheckMinutes: 5, awayMinutes: 60 },
      baseAddress: async () => 'https://nocodb.example/',
      secret: 'a secret for tests',
      secure: false,
    },
  })
  const jar = await cookiesOf(server)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    server,
    get: (url: string) => server.inject({ url, cookies: jar }),
    post: (url: string, payload: string) =>
      server.inject({ method: 'POST', url, payload, headers, cookies: jar }),
  }
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
    const rows = (page: string) => [...page.matchAll(/<th scope="row"/gu)].length
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

  it('let an editor say a state in one click, without a script; nobody else, and never over another', async () => {
    const said: unknown[] = []
    const answers = [{ kind: 'kept' }, { kind: 'changed', state: 'coming' }, { kind: 'gone' }] as const
    const say = async (_: Invitations, one: unknown) => answers[said.push(one) - 1]!
    const editor = await stage(undefined, { say })
    const payload = 'dit=invited&vu=to_invite&page=2&etat=to_invite'
    const first = await editor.post('/journees/7/invitations/f3', payload)
    expect([first.statusCode, first.headers.location]).toEqual([
      303,
      '/journees/7/invitations?page=2&etat=to_invite#f3',
    ])
    expect(said).toEqual([
      { key: { record: 3 }, seen: 'to_invite', state: 'invited', who: 'camille@exemple.bzh' },
    ])
    const other = await editor.post('/journees/7/invitations/l4', payload)
    expect([other.statusCode, plain(other.body)]).toEqual([
      409,
      expect.stringContaining("Quelqu'un d'autre vient de dire autre chose"),
    ])
    expect((await editor.post('/journees/7/invitations/f3', payload)).statusCode).toBe(404)
    expect((await editor.post('/journees/7/invitations/f3', 'dit=nothing&vu=to_invite')).statusCode).toBe(400)
    const viewer = await stage(undefined, { say, role: 'viewer' })
    expect((await viewer.get('/journees/7/invitations')).body).not.toContain('name="dit"')
    expect((await viewer.post('/journees/7/invitations/f3', payload)).statusCode).toBe(403)
    expect(said).toHaveLength(3)
  })

  it('show those of one state, and that a base without the table keeps none', async () => {
    const row = { id: 4, record: 2, actor: 'Lieu 2', siren: null, journee: 7, stateCell: 'Invité·e' } as const
    const days = { invitedOn: '2026-04-02', remindedOn: null, answeredOn: null, doorBefore: null }
    const rows = [
      { ...row, ...days, state: 'invited', saidBy: 'Ada', listed: true, row: {} as never } as const,
    ]
    const { get } = await stage(async () => ({ ...FOUND, rows }))
    const { body } = await get('/journees/7/invitations?etat=invited')
    expect([...body.matchAll(/<th scope="row"/gu)]).toHaveLength(1)
    expect(plain(body)).toContain("invité·e le 2 avr. 2026 ; d'après Ada")
    expect(plain(body)).toContain('44 acteurs sur 45 restent à inviter')
    const without = await stage(async () => ({ ...FOUND, rows: null }))
    expect(plain((await without.get('/journees/7/invitations')).body)).toContain('manque à la base')
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
