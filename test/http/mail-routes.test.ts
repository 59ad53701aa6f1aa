import { describe, expect, it } from 'vitest'
import { mailKeys } from '../../src/store/mail-keys.ts'
import { hasLeft } from '../../src/store/mailings.ts'
import { diaryDouble } from '../helpers/diary-double.ts'
import { testServer } from './test-server.ts'

async function stage() {
  const diary = diaryDouble()
  const { server, store } = await testServer({ diary })
  const keys = mailKeys(store, diary.keyed)
  const person = await keys.person('ana@exemple.bzh')
  return { server, store, person, url: `/courriels/${await keys.link(person)}` }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('the link of a mail', () => {
  it('shows a page that changes nothing; its button leaves; another takes it back', async () => {
    const { server, store, person, url } = await stage()
    const page = await server.inject({ url })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(`<form method="post" action="${url}">`)
    expect(page.body).not.toContain('ana')
    expect(await hasLeft(store, person)).toBe(false)
    const left = await server.inject({ method: 'POST', url, headers: FORM, payload: '' })
    expect([left.statusCode, await hasLeft(store, person)]).toEqual([200, true])
    expect(left.body).toContain(`<form method="post" action="${url}/reprise">`)
    await server.inject({ method: 'POST', url: `${url}/reprise`, headers: FORM, payload: '' })
    expect(await hasLeft(store, person)).toBe(false)
  })

  it.each([
    ['a form', FORM, 'List-Unsubscribe=One-Click'],
    [
      'parts',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('is one gesture of a mail reader (RFC 8058), from elsewhere, as %s', async (_, headers, payload) => {
    const { server, store, person, url } = await stage()
    const answer = await server.inject({
      ...{ method: 'POST', url, payload },
      headers: { ...headers, 'sec-fetch-site': 'cross-site' },
    })
    expect([answer.statusCode, await hasLeft(store, person)]).toEqual([200, true])
  })

  it('is no guess', async () => {
    const { server, store, person, url } = await stage()
    for (const wrong of [
      `${url}x`,
      url.slice(0, -1),
      `/courriels/${person}`,
      `/courriels/${person}.`,
      '/courriels/a.b.c',
    ])
      for (const method of ['GET', 'POST'] as const)
        expect((await server.inject({ method, url: wrong })).statusCode, wrong).toBe(404)
    expect(await hasLeft(store, person)).toBe(false)
  })
})
