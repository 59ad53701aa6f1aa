import { describe, expect, it, vi } from 'vitest'
import type { Store } from '../../src/store/database.ts'
import { saveKnownColumns } from '../../src/store/known-columns.ts'
import { countInbox, drainSpool } from '../../src/store/inbox.ts'
import { AUTHORIZED, IDLE_WORK, testServer, WEBHOOK_SECRETS } from './test-server.ts'

const URL = '/webhooks/nocodb'
const SECRET = { 'x-portrea-secret': WEBHOOK_SECRETS[0] }
const row = (Id: number) => ({ Id, Nom: 'Jeanne Kerjean', Courriels: 'jeanne@example.org', Horaires: null })
const payload = (type: string, rows?: unknown) => ({
  ...{ type, id: '318012d7-d1cf-4cc8-b8bb-9ebc11fbddd1', base_id: 'pz6yovry6hgscui', version: 'v3' },
  data: {
    ...{ table_id: 'mcoxd4cjox13mgr', table_name: 'Acteurs' },
    ...(rows === undefined ? {} : { rows, previous_rows: rows }),
  },
})

async function server() {
  const live = { notify: vi.fn<() => void>(), resync: vi.fn<() => void>() }
  const made = await testServer({ work: { ...IDLE_WORK, ...live } })
  const post = (body: unknown, headers: Record<string, string> = SECRET) =>
    made.server.inject({ method: 'POST', url: URL, headers, payload: body as object })
  const metrics = async () =>
    (await made.server.inject({ url: '/metrics', headers: AUTHORIZED })).body
      .split('\n')
      .filter((line) => /^portrea_(webhook|inbox)/u.test(line))
  return { ...made, live, post, metrics }
}

const kept = async (store: Store) => {
  await drainSpool(store)
  return store.db.selectFrom('inbox').select(['base', 'about', 'record', 'event']).orderBy('record').execute()
}

describe('POST /webhooks/nocodb', () => {
  it.each([
    ['records.after.insert', 'insert'],
    ['records.after.update', 'update'],
    ['records.after.delete', 'delete'],
    ['records.manual.trigger', 'trigger'],
  ])('keeps which rows %s tells of, and no cell of them', async (type, event) => {
    const { post, store, live, log } = await server()
    const answer = await post(payload(type, [row(1), row(2)]))
    expect([answer.statusCode, answer.json()]).toEqual([202, { rows: 2 }])
    const where = { base: 'pz6yovry6hgscui', about: 'mcoxd4cjox13mgr', event }
    expect(await kept(store)).toEqual([
      { ...where, record: '1' },
      { ...where, record: '2' },
    ])
    expect(live.notify).toHaveBeenCalledTimes(1)
    expect(JSON.stringify(await store.db.selectFrom('inbox').selectAll().execute())).not.toContain('Jeanne')
    expect(log.text()).not.toContain('jeanne')
  })

  it.each(WEBHOOK_SECRETS)('accepts every secret while they are rotated: %s', async (secret) => {
    const { post } = await server()
    const answer = await post(payload('records.after.update', [row(1)]), { 'x-portrea-secret': secret })
    expect(answer.statusCode).toBe(202)
  })

  it('takes a call with thousands of rows, changed and as they were', async () => {
    const { post, store } = await server()
    const rows = Array.from({ length: 3000 }, (_, at) => ({
      ...row(at + 1),
      'Présentation (détail)': 'x'.repeat(2300),
    }))
    expect((await post(payload('records.after.update', rows))).statusCode).toBe(202)
    expect((await countInbox(store)).waiting).toBe(3000)
  })

  it('knows rows by the key that their table has, whatever its title, and no other column of people', async () => {
    const { post, store, live } = await server()
    const known = { id: 'mcoxd4cjox13mgr', title: 'Acteurs', type: '', rowKey: 'N° de fiche' }
    await saveKnownColumns(store, 'pz6yovry6hgscui', { actors: known })
    const theirs = { Nom: 'Jeanne Kerjean', Id: 7 }
    const right = [
      { ...theirs, 'N° de fiche': 12 },
      { ...theirs, 'N° de fiche': '13' },
    ]
    expect((await post(payload('records.after.update', right))).statusCode).toBe(202)
    expect((await kept(store)).map(({ record }) => record)).toEqual(['12', '13'])
    expect(live.resync).not.toHaveBeenCalled()
    // Renamed meanwhile: which rows changed is looked for in the base.
    const renamed = [{ ...theirs, Numéro: 12 }]
    expect((await post(payload('records.after.update', renamed))).statusCode).toBe(400)
    expect(live.resync).toHaveBeenCalledTimes(1)
  })

  it('keeps nothing of a test call, and says that it came', async () => {
    const { post, store, live } = await server()
    const answer = await post(payload('records.after.insert'))
    expect([answer.statusCode, answer.json()]).toEqual([202, { rows: 0 }])
    expect(await kept(store)).toEqual([])
    expect(live.notify).not.toHaveBeenCalled()
  })

  it.each([
    ['no secret', {}, payload('records.after.update', [row(1)])],
    ['another secret', { 'x-portrea-secret': 'guessed' }, payload('records.after.update', [row(1)])],
    ['the token of the API', AUTHORIZED, payload('records.after.update', [row(1)])],
    ['no secret and a body that is none', {}, 'Jeanne Kerjean {'],
    ['no secret and an endless body', {}, 'x'.repeat(33 * 1024 * 1024)],
  ])('refuses, before it looks at the body, a call with %s', async (_, headers, body) => {
    const { post, store, live, metrics } = await server()
    const answer = await post(body, headers)
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'UNAUTHORIZED' })
    expect(await kept(store)).toEqual([])
    expect(live.notify).not.toHaveBeenCalled()
    expect(live.resync, 'nobody’s word').not.toHaveBeenCalled()
    expect(await metrics()).toContain('portrea_webhooks_refused_total{reason="unauthorized"} 1')
  })

  it.each([
    ['no JSON', '{ "type": "records.after.update", "Nom": "Jeanne Ker'],
    ['an event of another kind', payload('view.after.update', [row(1)])],
    ['rows without their key', payload('records.after.update', [{ Nom: 'Jeanne Kerjean' }])],
    ['rows that are none', payload('records.after.update', 'Jeanne Kerjean')],
    ['another version', { ...payload('records.after.update', [row(1)]), version: 'v2' }],
    ['a list', [payload('records.after.update', [row(1)])]],
  ])('refuses %s, counts it, and logs nothing of it', async (_, body) => {
    const { post, store, live, log, metrics } = await server()
    const answer = await post(body, { ...SECRET, 'content-type': 'application/json' })
    expect(answer.statusCode).toBe(400)
    expect(live.resync, 'NocoDB told something that is to be looked for').toHaveBeenCalledTimes(1)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(await kept(store)).toEqual([])
    expect(log.text()).not.toContain('Jeanne')
    expect(log.lines.find(({ msg }) => msg === 'webhook refused')).toMatchObject({ reason: 'malformed' })
    expect(await metrics()).toContain('portrea_webhooks_refused_total{reason="malformed"} 1')
  })

  it('refuses a body over the limit, and has what it told looked for instead: NocoDB never tells it again', async () => {
    const { post, live, metrics } = await server()
    const rows = [{ Id: 1, Nom: 'x'.repeat(33 * 1024 * 1024) }]
    const answer = await post(payload('records.after.update', rows))
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'BODY_TOO_LARGE'])
    expect(live.resync).toHaveBeenCalledTimes(1)
    expect(await metrics()).toContain('portrea_webhooks_refused_total{reason="too_large"} 1')
  })

  it('answers 503 when the disk is full, says that something was missed, and keeps nothing', async () => {
    const { post, store, live, metrics } = await server()
    const full = vi.spyOn(store.engine.spool!, 'put').mockImplementation(() => {
      throw store.engine.unavailable(new Error('database or disk is full'))
    })
    const rows = Array.from({ length: 3000 }, (_, at) => row(at + 1))
    const answer = await post(payload('records.after.update', rows))
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'STORE_UNAVAILABLE'])
    expect(live.resync).toHaveBeenCalledTimes(1)
    expect(live.notify).not.toHaveBeenCalled()
    expect(await kept(store)).toEqual([])
    expect(await metrics()).toContain('portrea_webhooks_refused_total{reason="store"} 1')
    full.mockRestore()
    expect((await post(payload('records.after.update', rows))).statusCode).toBe(202)
  })

  it('refuses everything where no secret is set', async () => {
    const { server } = await testServer({ webhookSecrets: [] })
    const answer = await server.inject({ method: 'POST', url: URL, headers: { 'x-portrea-secret': '' } })
    expect(answer.statusCode).toBe(401)
  })

  it('tells Prometheus, and the API, what came and what waits', async () => {
    const { server: http, post, metrics } = await server()
    await post(payload('records.after.update', [row(1), row(2)]))
    await post(payload('records.after.delete', [row(2)]))
    expect(await metrics()).toEqual(
      expect.arrayContaining([
        'portrea_webhooks_received_total{event="records.after.update"} 1',
        'portrea_webhooks_received_total{event="records.after.delete"} 1',
        'portrea_webhook_rows_total 3',
        'portrea_inbox_waiting 2',
        'portrea_inbox_dead 0',
      ]),
    )
    const inbox = await http.inject({ url: '/api/inbox', headers: AUTHORIZED })
    expect(inbox.json()).toMatchObject({ waiting: 2, dead: 0, oldest: expect.any(String), givenUp: [] })
  })
})
