import { describe, expect, it } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import type { SyncWish } from '../../src/http/sync-routes.ts'
import { Run } from '../../src/http/schemas/run.ts'
import type { Store } from '../../src/store/database.ts'
import { finishRun, startRun } from '../../src/store/runs.ts'
import { saveWatermark } from '../../src/store/watermarks.ts'
import { AUTHORIZED, IDLE_WORK, SIREN, testServer } from './test-server.ts'

const counts = {
  actorsRead: 800,
  epcisRead: 61,
  rowsWritten: 70,
  cellsWritten: 300,
  refused: 2,
  reported: 5,
  seconds: 3.4,
}

async function aRun(store: Store, id: string, startedAt: string, finishedAt: string | null): Promise<void> {
  const rules = 'sha256:00'
  await startRun(store, { id, startedAt, trigger: 'night', dryRun: false, rules, epcis: null, base: 'p1' })
  if (finishedAt !== null) await finishRun(store, id, { finishedAt, status: 'done', counts, error: null })
}

describe('POST /api/syncs', () => {
  it.each([
    ['of every EPCI without a body', undefined, { epcis: null, accept: false, whole: false }],
    ['of every EPCI with an empty one', {}, { epcis: null, accept: false, whole: false }],
    ['of some EPCI', { epcis: [SIREN] }, { epcis: [SIREN], accept: false, whole: false }],
    ['that a person accepts', { accept: true }, { epcis: null, accept: true, whole: false }],
    ['that reads every record', { whole: true }, { epcis: null, accept: false, whole: true }],
  ])('starts one %s, and says where to follow it', async (_, payload, expected) => {
    const asked: unknown[] = []
    const start = async (wish: SyncWish) => {
      asked.push(wish)
      return { id: 'the-run' }
    }
    const { server } = await testServer({ work: { ...IDLE_WORK, start } })
    const request = { method: 'POST', url: '/api/syncs', headers: AUTHORIZED } as const
    const answer = await server.inject(payload === undefined ? request : { ...request, payload })
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ id: 'the-run' })
    expect(answer.headers['location']).toBe('/api/syncs/the-run')
    expect(asked).toEqual([expected])
  })

  it('answers 409 while one runs', async () => {
    const start = () => Promise.reject(new PortreaError('SYNC_RUNNING', 'Another one is in progress.'))
    const { server } = await testServer({ work: { ...IDLE_WORK, start } })
    const answer = await server.inject({ method: 'POST', url: '/api/syncs', headers: AUTHORIZED })
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ code: 'SYNC_RUNNING', detail: 'Another one is in progress.' })
  })

  it.each([{ epcis: [] }, { epcis: ['12'] }, { epcis: SIREN }, { dryRun: true }])(
    'refuses %j',
    async (payload) => {
      const start = () => Promise.reject(new Error('must not start'))
      const { server } = await testServer({ work: { ...IDLE_WORK, start } })
      const answer = await server.inject({ method: 'POST', url: '/api/syncs', headers: AUTHORIZED, payload })
      expect(answer.json()).toMatchObject({ status: 400, code: 'INPUT_INVALID' })
    },
  )
})

describe('GET /api/syncs', () => {
  it('lists the last ones, the newest first, as their schema says', async () => {
    const { server, store } = await testServer()
    await aRun(store, 'first', '2026-05-19T01:00:00.000Z', '2026-05-19T01:00:04.000Z')
    await aRun(store, 'second', '2026-05-20T01:00:00.000Z', null)
    const all = (await server.inject({ url: '/api/syncs', headers: AUTHORIZED })).json()
    expect(all.syncs.map((run: unknown) => Run.parse(run))).toMatchObject([
      { id: 'second', status: 'running', counts: null },
      { id: 'first', status: 'done', counts },
    ])
    const one = await server.inject({ url: '/api/syncs?limit=1', headers: AUTHORIZED })
    expect(one.json().syncs).toHaveLength(1)
    const bad = await server.inject({ url: '/api/syncs?limit=many', headers: AUTHORIZED })
    expect(bad.json()).toMatchObject({ status: 400, errors: [{ path: 'limit' }] })
  })

  it('follows one, and knows no other', async () => {
    const { server, store } = await testServer()
    await aRun(store, 'first', '2026-05-19T01:00:00.000Z', '2026-05-19T01:00:04.000Z')
    const found = await server.inject({ url: '/api/syncs/first', headers: AUTHORIZED })
    expect(Run.parse(found.json())).toMatchObject({ id: 'first', status: 'done' })
    const missing = await server.inject({ url: '/api/syncs/none', headers: AUTHORIZED })
    expect(missing.json()).toMatchObject({ status: 404, code: 'SYNC_NOT_FOUND' })
  })

  it('is what /metrics tells too', async () => {
    const { server, store } = await testServer()
    const metrics = async () => (await server.inject({ url: '/metrics', headers: AUTHORIZED })).body
    expect(await metrics()).toMatch(/^portrea_last_sync_timestamp_seconds Nan$/imu)
    await aRun(store, 'first', '2026-05-19T01:00:00.000Z', '2026-05-19T01:00:04.000Z')
    await aRun(store, 'second', '2026-05-20T01:00:00.000Z', null)
    await saveWatermark(store, 'p1', 'whole', '2026-05-18T01:00:00.000Z r1')
    const lines = (await metrics()).split('\n')
    expect(lines).toContainEqual(expect.stringMatching(/^portrea_next_night_timestamp_seconds \d+$/u))
    for (const line of [
      'portrea_syncs_total{status="done"} 1',
      'portrea_syncs_total{status="failed"} 0',
      `portrea_last_sync_timestamp_seconds ${Date.parse('2026-05-19T01:00:04Z') / 1000}`,
      'portrea_last_sync_duration_seconds 3.4',
      'portrea_last_sync_cells_written 300',
      'portrea_last_sync_rows_refused 2',
      'portrea_epcis_with_report 0',
      'portrea_sync_running 1',
      'portrea_reconciled_timestamp_seconds Nan',
      'portrea_inbox_leased 0',
      `portrea_whole_read_timestamp_seconds ${Date.parse('2026-05-18T01:00:00Z') / 1000}`,
      'portrea_http_request_duration_seconds_count{method="GET",route="/metrics",status="200"} 1',
    ])
      expect(lines).toContain(line)
  })
})
