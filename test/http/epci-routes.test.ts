import { describe, expect, it } from 'vitest'
import { EpciHistory, EpciPrefill, EpciReport, EpciSummary } from '../../src/http/schemas/epci-report.ts'
import type { Store } from '../../src/store/database.ts'
import { saveHistory } from '../../src/store/history.ts'
import { saveReports } from '../../src/store/reports.ts'
import { aReport, AUTHORIZED, noRecords, SIREN, testServer } from './test-server.ts'

const computedAt = '2026-05-20T01:04:00.000Z'

async function save(store: Store, ...reports: ReturnType<typeof aReport>[]): Promise<void> {
  await saveReports(
    store,
    reports.map((report) => ({ siren: report.siren, computedAt, rules: report.rules, report })),
  )
}

describe('GET /api/epcis', () => {
  it('lists every EPCI with its figures, what is recommended and what people retained', async () => {
    const { server, store } = await testServer()
    const other = aReport({ siren: '242900314', name: 'Brest Métropole', retained: 'reseau' })
    await save(store, other, aReport())
    const { epcis } = (await server.inject({ url: '/api/epcis', headers: AUTHORIZED })).json()
    expect(epcis.map((one: unknown) => EpciSummary.parse(one))).toEqual(epcis)
    expect(epcis).toMatchObject([
      { siren: SIREN, actors: 39, completeness: 58.2, recommended: 'outil', retained: null },
      { siren: '242900314', retained: 'reseau', workload: { follows: 'retained', referential: 'reseau' } },
    ])
  })

  it('is empty before the first synchronisation', async () => {
    const { server } = await testServer()
    expect((await server.inject({ url: '/api/epcis', headers: AUTHORIZED })).json()).toEqual({ epcis: [] })
  })
})

describe('GET /api/epcis/{siren}', () => {
  it('answers the whole report, to the last digit, as its schema says', async () => {
    const { server, store } = await testServer()
    const report = aReport()
    await save(store, report)
    const answer = await server.inject({ url: `/api/epcis/${SIREN}`, headers: AUTHORIZED })
    expect(answer.body).toBe(JSON.stringify(report))
    expect(EpciReport.parse(answer.json())).toEqual(report)
    expect(answer.headers['last-modified']).toBe('Wed, 20 May 2026 01:04:00 GMT')
  })

  it('shows an EPCI of which nothing is known', async () => {
    const { server, store } = await testServer()
    const prefill = { expected: null, basis: null, progress: null, toCreate: null }
    const report = aReport({
      indicators: noRecords(),
      population: null,
      prefill: { ...prefill, present: 0, prefilled: 0, toComplete: 0 },
    })
    await save(store, report)
    const answer = await server.inject({ url: `/api/epcis/${SIREN}`, headers: AUTHORIZED })
    expect(EpciReport.parse(answer.json())).toEqual(report)
  })

  it.each(['', '/prefill', '/history'])('says that an EPCI has no report, at …%s', async (under) => {
    const { server } = await testServer()
    const answer = await server.inject({ url: `/api/epcis/999999999${under}`, headers: AUTHORIZED })
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'EPCI_NOT_FOUND' })
  })

  it('refuses what is no SIREN', async () => {
    const { server } = await testServer()
    const answer = await server.inject({ url: '/api/epcis/20006940', headers: AUTHORIZED })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ path: 'siren' }] })
  })
})

describe('what is under an EPCI', () => {
  it('answers its pre-fill', async () => {
    const { server, store } = await testServer()
    await save(store, aReport())
    const answer = await server.inject({ url: `/api/epcis/${SIREN}/prefill`, headers: AUTHORIZED })
    expect(EpciPrefill.parse(answer.json())).toMatchObject({ siren: SIREN, expected: 50, progress: 24 })
  })

  it('answers its days in order, between two days where asked', async () => {
    const { server, store } = await testServer()
    await save(store, aReport())
    const figures = { siren: SIREN, actors: 39, completeness: 58.2, validity: null, freshness: 12.3 }
    const choice = { recommended: 'outil', confidence: 'high', prefilled: 12, expected: 50 }
    for (const day of ['2026-05-20', '2026-05-18', '2026-05-19'])
      await saveHistory(store, day, [{ ...figures, ...choice }])
    const url = `/api/epcis/${SIREN}/history`
    const all = EpciHistory.parse((await server.inject({ url, headers: AUTHORIZED })).json())
    expect(all.days.map(({ day }) => day)).toEqual(['2026-05-18', '2026-05-19', '2026-05-20'])
    const some = await server.inject({ url: `${url}?from=2026-05-19&to=2026-05-19`, headers: AUTHORIZED })
    expect(EpciHistory.parse(some.json()).days).toMatchObject([{ day: '2026-05-19', actors: 39 }])
  })

  it('refuses a day that does not exist', async () => {
    const { server } = await testServer()
    const url = `/api/epcis/${SIREN}/history?from=2026-02-30`
    expect((await server.inject({ url, headers: AUTHORIZED })).json()).toMatchObject({
      errors: [{ path: 'from' }],
    })
  })
})
