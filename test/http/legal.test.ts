import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/app.ts'
import { Accessibility } from '../../src/config/accessibility-file.ts'
import { CONFIG } from '../helpers/rules.ts'
import { testServer } from './test-server.ts'

const { accessibility, hub, retention } = readSettings(CONFIG)
const NAMED = {
  ...hub,
  name: 'Hub <essai>',
  contact: 'contact@exemple.bzh',
  legal: { ...hub.legal, host: 'Hôte SAS', security: 'https://exemple.bzh/securite' },
}

async function shown(url: string, given: typeof hub = NAMED) {
  const { server } = await testServer({ legal: { hub: given, retention, accessibility } })
  const answer = await server.inject({ url })
  const text = answer.body.replaceAll(/<style>[^]*?<\/style>/gu, '').replaceAll(/[ \n]+/gu, ' ')
  return { ...answer, text, status: answer.statusCode }
}

describe('the pages of information', () => {
  it('say in the foot of every page what config/ declares, and nothing where it declares nothing', async () => {
    const foot = async (given: typeof accessibility | undefined) => {
      const legal = given === undefined ? {} : { legal: { hub, retention, accessibility: given } }
      const { body } = await (await testServer(legal)).server.inject({ url: '/connexion' })
      return /href="\/accessibilite"[^>]*>([^<]*)/u.exec(body)?.[1]
    }
    expect(await foot(accessibility)).toBe('Accessibilité\u00a0: non conforme')
    const statement = { state: 'partiellement conforme', why: 'Audit.' } as const
    expect(await foot({ ...accessibility, statement })).toBe('Accessibilité\u00a0: partiellement conforme')
    expect(await foot(undefined)).toBe('Accessibilité')
  })

  it.each(['/accessibilite', '/mentions-legales', '/donnees-personnelles', '/securite'])(
    '%s is open to all, led to from the foot, and safe',
    async (url) => {
      const { status, text } = await shown(url)
      expect(status).toBe(200)
      expect(text).toContain(
        `<a href="${url}" aria-current="page">`.replace(' aria', '  aria').replaceAll(/ +/gu, ' '),
      )
      expect(text).not.toContain('<essai>')
    },
  )

  it('name what the Hub says, and say what it does not', async () => {
    const { text } = await shown('/mentions-legales')
    expect(text).toContain('Hub &lt;essai&gt;')
    expect(text).toContain('Hôte SAS')
    expect(text).toMatch(/Responsable de la publication[\u00a0 ]: <em>à compléter/u)
    const { text: empty } = await shown('/donnees-personnelles', { ...hub, contact: null })
    expect(empty).toMatch(/Contact\u00a0: <em>à compléter/u)
    expect(empty).toContain('24 mois')
  })

  it('tell of the forms without an account where there are some', async () => {
    const told = async (enabled: boolean) => {
      const legal = { hub: NAMED, retention, accessibility, forms: { enabled } }
      return (await (await testServer({ legal })).server.inject({ url: '/donnees-personnelles' })).body
    }
    expect(
      [await told(true), await told(false)].map((body) => body.includes('formulaires sans compte')),
    ).toEqual([true, false])
  })

  it('tell each of the 106 criteria, and count them', async () => {
    const { text } = await shown('/accessibilite')
    expect(text.match(/<th scope="row"/gu)).toHaveLength(106)
    const count = (state: string) => accessibility.criteria.filter((one) => one.state === state).length
    expect(text).toContain(`${count('NT')} non testés`)
    expect(count('C') + count('NC') + count('NA') + count('NT')).toBe(106)
  })

  it('declare what config/accessibility.yaml declares, which its grid may not belie', async () => {
    const { text } = await shown('/accessibilite')
    const { state, why } = accessibility.statement
    expect(text).toMatch(new RegExp(`Accessibilité.: ${state}\\.</strong> ${why}`, 'u'))
    const partly = { state: 'partiellement conforme', why: 'Audit de mai.' } as const
    const { server } = await testServer({
      legal: { hub, retention, accessibility: { ...accessibility, statement: partly } },
    })
    const { body } = await server.inject({ url: '/accessibilite' })
    expect(body).toMatch(/Accessibilité.: partiellement conforme\./u)
    expect(body).not.toContain('non conforme.')
    const wholly = { ...accessibility, statement: { ...partly, state: 'totalement conforme' } }
    expect(Accessibility.safeParse(wholly).success).toBe(false)
    const criteria = accessibility.criteria.map((one) => ({ ...one, state: 'C' }))
    expect(Accessibility.safeParse({ ...wholly, criteria }).success).toBe(true)
  })

  it('do not say that nothing of people is in memory, where some is for a while', async () => {
    const { text } = await shown('/donnees-personnelles')
    expect(text).toContain('quelques minutes')
    expect(text).not.toContain('rien dans sa mémoire')
  })

  it('refuse a grid that leaves a criterion out, or tells one twice', () => {
    const { criteria } = accessibility
    for (const wrong of [criteria.slice(1), [...criteria, criteria[0]], criteria.toReversed()])
      expect(Accessibility.safeParse({ ...accessibility, criteria: wrong }).success).toBe(false)
  })
})

describe('security.txt', () => {
  it('says where to write, until when', async () => {
    const { status, body, headers } = await shown('/.well-known/security.txt')
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(body).toBe(
      'Contact: https://exemple.bzh/securite\nExpires: 2027-05-19T10:00:00.000Z\nPreferred-Languages: fr, en\n',
    )
    const mail = { ...NAMED, legal: { ...NAMED.legal, security: null } }
    expect((await shown('/.well-known/security.txt', mail)).body).toContain(
      'Contact: mailto:contact@exemple.bzh\n',
    )
  })

  it.each([[null], ['au bureau 12'], ['a@b.fr\nContact: mailto:pirate@x.fr']])(
    'of %j is not there',
    async (contact) => {
      const without = { ...NAMED, contact, legal: { ...NAMED.legal, security: null } }
      expect((await shown('/.well-known/security.txt', without)).status).toBe(404)
    },
  )
})
