import { describe, expect, it } from 'vitest'
import { EpciHistory, EpciPrefill, EpciReport, EpciSummary } from '../../src/http/schemas/epci-report.ts'
import { RegionDays } from '../../src/http/workload-routes.ts'
import { Calibration } from '../../src/http/schemas/calibration.ts'
import { Replay } from '../../src/http/schemas/replay.ts'
import type { Store } from '../../src/store/database.ts'
import { saveHistory } from '../../src/store/history.ts'
import { saveReports } from '../../src/store/reports.ts'
import { keepSnapshots } from '../../src/engine/keep-snapshots.ts'
import { rules } from '../helpers/rules.ts'
import { situation } from '../helpers/situations.ts'
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
      {
        siren: SIREN,
        actors: 39,
        completeness: 58.2,
        recommended: 'outil',
        retained: null,
        typology: { type: 'unknown' },
      },
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
    const beside = { fragility: null, changes: null, turned: null, similar: [] }
    const region = { epcis: 1, actorsPer10000: report.actorsPer10000 }
    expect(answer.json()).toEqual({ ...JSON.parse(JSON.stringify(report)), ...beside, region })
    expect(EpciReport.parse(answer.json())).toEqual(answer.json())
    expect(answer.headers['last-modified']).toBe('Wed, 20 May 2026 01:04:00 GMT')
  })

  it('shows an EPCI of which nothing is known', async () => {
    const { server, store } = await testServer()
    const prefill = {
      expected: null,
      basis: null,
      per10000: null,
      list: null,
      ...{ listed: null, byPopulation: null },
      progress: null,
      toCreate: null,
      speed: null,
      speedDays: null,
      forecastEnd: null,
      forecastRange: null,
      neededSpeed: null,
      collaborativeDay: null,
      lastCollaborativeDay: null,
      status: null,
      consolidation: null,
    }
    const report = aReport({
      indicators: noRecords(),
      population: null,
      prefill: { ...prefill, present: 0, prefilled: 0, toComplete: 0 },
    })
    await save(store, report)
    const answer = await server.inject({ url: `/api/epcis/${SIREN}`, headers: AUTHORIZED })
    expect(EpciReport.parse(answer.json())).toMatchObject(report)
  })

  it.each(['', '/replay?at=2026-05-20', '/prefill', '/history'])(
    'says that an EPCI has no report, at …%s',
    async (under) => {
      const { server } = await testServer()
      const answer = await server.inject({ url: `/api/epcis/999999999${under}`, headers: AUTHORIZED })
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'EPCI_NOT_FOUND' })
    },
  )

  it('refuses what is no SIREN', async () => {
    const { server } = await testServer()
    const answer = await server.inject({ url: '/api/epcis/20006940', headers: AUTHORIZED })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ path: 'siren' }] })
  })
})

describe('what is under an EPCI', () => {
  it('answers its pre-fill, who follows it, what to do next, and the days before', async () => {
    const { server, store } = await testServer()
    await save(store, aReport())
    const figures = { siren: SIREN, actors: 39, completeness: null, publishable: null, freshness: null }
    const kept = { ...figures, recommended: null, confidence: null, prefilled: 12, expected: 50 }
    const tooOld = '2026-01-19' // 121 days before the report
    for (const day of [tooOld, '2026-01-20', '2026-05-20', '2026-05-21'])
      await saveHistory(store, day, [kept])
    const answer = await server.inject({ url: `/api/epcis/${SIREN}/prefill`, headers: AUTHORIZED })
    expect(EpciPrefill.parse(answer.json())).toMatchObject({
      siren: SIREN,
      expected: 50,
      progress: 24,
      status: 'at_risk',
      referents: [{ referent: 3, present: 10 }],
      next: [{ record: 12, toFill: ['les horaires'] }],
      burnUp: [
        { day: '2026-01-20', present: 39, prefilled: 12, expected: 50 },
        { day: '2026-05-20', present: 39, prefilled: 12, expected: 50 },
      ],
    })
  })

  it('answers its days in order, between two days where asked', async () => {
    const { server, store } = await testServer()
    await save(store, aReport())
    const figures = { siren: SIREN, actors: 39, completeness: 58.2, publishable: null, freshness: 12.3 }
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

describe('what sets an EPCI beside the others and its past', () => {
  const answers = (aim: 'database' | 'networking') =>
    situation({ answers: { aim, network: 'constituted', governance: 'active', meetingsPerYear: 3 } }).answers

  it('is answered with its report, as its schema says', async () => {
    const { server, store } = await testServer({
      fragility: new Map([[SIREN, { score: 7.9, median: 5, components: [], source: 'La Mednum' }]]),
    })
    const before = aReport({ day: '2026-05-01', answers: answers('networking') })
    const own = aReport({ answers: answers('database'), retained: 'reseau' })
    const other = aReport({ siren: '242900314', name: 'Brest Métropole', answers: answers('database') })
    await keepSnapshots(store, rules, [before])
    await keepSnapshots(store, rules, [own, other])
    await save(store, own, other)
    const answer = (await server.inject({ url: `/api/epcis/${SIREN}`, headers: AUTHORIZED })).json()
    expect(EpciReport.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({
      disagreement: { retained: 'reseau', recommended: 'outil' },
      similar: [{ siren: '242900314', similarity: 1 }],
      changes: { since: '2026-05-01', decisive: ['answers'], retained: { before: null, after: 'reseau' } },
      turned: { since: '2026-05-01' },
      fragility: { score: 7.9 },
      region: { epcis: 2 },
    })
  })

  it('makes an old result again', async () => {
    const { server, store } = await testServer()
    await keepSnapshots(store, rules, [aReport({ day: '2026-05-01' })])
    const ask = (at: string) => server.inject({ url: `/api/epcis/${SIREN}/replay${at}`, headers: AUTHORIZED })
    const answer = (await ask('?at=2026-05-19')).json()
    expect(Replay.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ day: '2026-05-01', same: true, decision: { recommended: 'outil' } })
    expect((await ask('?at=2026-04-30')).statusCode).toBe(404)
    expect((await ask('')).json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ path: 'at' }] })
  })

  it.each(['conditions', 'method', 'actualDays'] as const)(
    'leaves aside a report without « %s », which an older Portrea wrote, until the next synchronisation',
    async (missing) => {
      const { server, store } = await testServer()
      const { [missing]: _, ...older } = aReport()
      await saveReports(store, [{ siren: SIREN, computedAt, rules: aReport().rules, report: older }])
      const ask = (url: string) => server.inject({ url, headers: AUTHORIZED })
      expect((await ask('/api/epcis')).json()).toEqual({ epcis: [] })
      expect((await ask(`/api/epcis/${SIREN}`)).statusCode).toBe(404)
      await saveReports(store, [{ siren: SIREN, computedAt, rules: aReport().rules, report: aReport() }])
      expect((await ask(`/api/epcis/${SIREN}`)).statusCode).toBe(200)
    },
  )
})

const noDay = { ...aReport().prefill, collaborativeDay: null }

describe('GET /api/workload', () => {
  it('adds up the days of every EPCI by the month of its journée, as its schema says', async () => {
    const { server, store } = await testServer()
    await save(store, aReport(), aReport({ siren: '242900314', prefill: noDay }))
    const answer = (await server.inject({ url: '/api/workload', headers: AUTHORIZED })).json()
    expect(RegionDays.parse(answer)).toEqual(answer)
    const { estimate } = aReport().workload.referents
    expect(answer).toMatchObject({
      ...{ epcis: 2, referents: { estimate: 2 * estimate } },
      months: [
        { month: '2026-06', epcis: 1, referents: { estimate } },
        { month: null, epcis: 1 },
      ],
    })
  })
})

describe('GET /api/agreement', () => {
  it('tells what is recommended beside what is retained', async () => {
    const { server, store } = await testServer()
    await save(store, aReport({ retained: 'outil' }))
    const answer = (await server.inject({ url: '/api/agreement', headers: AUTHORIZED })).json()
    expect(answer).toMatchObject({
      choices: 1,
      table: { outil: { outil: 1 } },
      agreed: { count: 1, of: 1, little: true },
    })
  })
})

describe('GET /api/calibration', () => {
  it('holds days really spent against days estimated, as its schema says', async () => {
    const { server, store } = await testServer()
    const actualDays = { referents: 14.5, deploymentOfficer: 6 }
    const late = Array.from({ length: 8 }, (_, at) => aReport({ siren: String(200000000 + at), actualDays }))
    await save(store, ...late, aReport())
    const answer = (await server.inject({ url: '/api/calibration', headers: AUTHORIZED })).json()
    expect(Calibration.parse(answer)).toEqual(answer)
    const ours = answer.roles.filter(({ referential }: { referential: string }) => referential === 'outil')
    expect(ours).toMatchObject([
      { role: 'referents', observations: { length: 8 }, bias: 3.5 },
      { role: 'deploymentOfficer', observations: { length: 8 } },
    ])
    expect(answer.drivers).toHaveLength(3)
    expect(answer.drivers[1]).toMatchObject({ driver: 'actors', epcis: 9, verdict: 'too_early' })
  })
})
