import { describe, expect, it } from 'vitest'
import type { Http, Request } from '../../src/nocodb/http.ts'
import { openMeta } from '../../src/nocodb/meta-client.ts'

/** A server that answers every GET with this, and what it was sent. */
function answering(answer: unknown) {
  const sent: Request[] = []
  const http = {
    url: 'http://nocodb.example',
    send: async (call: Request) => {
      if (call.method === 'GET') return answer
      sent.push(call)
      return {}
    },
  } as unknown as Http
  return { http, sent }
}

const options = [{ title: 'Élevée', color: '#cfdffe', id: 'o1' }]
const select = { id: 'c1', title: 'Confiance', uidt: 'SingleSelect', meta: '{"kept":1}', dt: 'text' }

describe('a column that is changed', () => {
  it('is sent back whole, with its choices: NocoDB drops what is left out', async () => {
    const { http, sent } = answering({ ...select, colOptions: { options, id: 's1' } })
    const meta = await openMeta(http)
    await meta.changeColumn('c1', ({ meta: kept }) => ({ meta: { ...kept, portrea: 'done' } }))
    expect(sent).toMatchObject([
      { method: 'PATCH', body: { ...select, meta: { kept: 1, portrea: 'done' }, colOptions: { options } } },
    ])
  })

  it('is sent back as it was where it has no choices', async () => {
    const button = { id: 'c2', title: 'Recalculer', uidt: 'Button', meta: null, colOptions: { type: 'url' } }
    const { http, sent } = answering(button)
    await (await openMeta(http)).changeColumn('c2', () => ({ description: 'Un clic' }))
    expect(sent[0]?.body).toEqual({ ...button, meta: {}, description: 'Un clic' })
  })

  it.each(['Links', 'LinkToAnotherRecord'])(
    'is only named where it is a side of a link (%s)',
    async (uidt) => {
      const { http, sent } = answering({
        id: 'c3',
        title: 'Acteurs',
        uidt,
        meta: {},
        colOptions: { type: 'hm' },
      })
      await (await openMeta(http)).changeColumn('c3', () => ({ description: 'Les fiches' }))
      expect(sent[0]?.body).toEqual({ title: 'Acteurs', uidt, meta: {}, description: 'Les fiches' })
    },
  )
})

it('tells which thing a server describes in a form that is not known', async () => {
  const meta = await openMeta(answering({ id: 't1', columns: 'none' }).http)
  await expect(meta.table('t1')).rejects.toMatchObject({
    code: 'NOCODB_UNAVAILABLE',
    message: expect.stringMatching(/^NocoDB décrit la table t1 sous une forme que Portrea ne connaît pas/u),
  })
})
