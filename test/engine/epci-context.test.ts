import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Rules } from '../../src/config/rules-file.ts'
import { readRules } from '../../src/config/rules-file.ts'
import { stableJson } from '../../src/domain/stable-json.ts'
import { decisionText } from '../../src/domain/decision.ts'
import type { Situation } from '../../src/domain/diagnostic.ts'
import type { EpciFacts, EpciReport } from '../../src/domain/epci-report.ts'
import { region } from '../../src/domain/region.ts'
import { recommend } from '../../src/domain/recommendation.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { calibration } from '../../src/engine/calibration.ts'
import { epciContext } from '../../src/engine/epci-context.ts'
import { keepSnapshots } from '../../src/engine/keep-snapshots.ts'
import { replay } from '../../src/engine/replay.ts'
import { aReport, noRecords, SIREN } from '../http/test-server.ts'
import { CONFIG, rules } from '../helpers/rules.ts'
import { anySituation, situation } from '../helpers/situations.ts'

const folder = await mkdtemp(join(tmpdir(), 'portrea-context-'))
afterAll(() => rm(folder, { recursive: true }))
let store: Store
let count = 0
beforeEach(async () => {
  store = await openStore({ dataDir: join(folder, String(count++)) })
})
afterEach(() => store.close())

const answers = (known: Partial<Situation['answers']>) => situation({ answers: known }).answers
const DATABASE = answers({ aim: 'database', network: 'constituted' })
const NETWORKING = answers({ aim: 'networking', network: 'informal' })
/** Rules of another time: one weight moved from `aim` to `network` in « réseau ». */
const OLDER: Rules = (() => {
  const { fingerprint: _, ...ours } = structuredClone(rules)
  const [aim, network] = ours.referentials.referentials.reseau.criteria
  aim!.weight -= 30
  network!.weight += 30
  return { ...ours, fingerprint: 'sha256:to-be-computed' }
})()

async function keep(facts: Partial<EpciFacts>, by = rules): Promise<EpciReport> {
  const report = aReport(facts)
  await keepSnapshots(store, by, [report])
  return report
}

const beside = (report: EpciReport, reports = [report]) =>
  epciContext(report, { store, rules, reports, region: region(reports), fragility: null })

describe('an old result', () => {
  it('is made again to the last bit, whatever it rested on', async () => {
    let day = 0
    await fc.assert(
      fc.asyncProperty(anySituation, async (one) => {
        const date = new Date(Date.UTC(2026, 0, ++day)).toISOString().slice(0, 10)
        const recommendation = recommend(one, rules)
        await keepSnapshots(store, rules, [{ ...aReport({ day: date }), situation: one, recommendation }])
        const again = await replay(store, rules, SIREN, date)
        expect(again).toMatchObject({ same: true, differences: [], day: date })
        expect(decisionText(again.recommendation!)).toBe(decisionText(recommendation))
        expect(JSON.stringify(again.recommendation)).toBe(JSON.stringify(recommendation))
      }),
      { numRuns: 40 },
    )
  })

  it('is the one that stood on that day', async () => {
    await keep({ day: '2026-03-01', answers: NETWORKING })
    await keep({ day: '2026-03-10', answers: DATABASE, retained: 'outil' })
    expect(await replay(store, rules, SIREN, '2026-03-09')).toMatchObject({
      day: '2026-03-01',
      at: '2026-03-09',
      retained: null,
      decision: { recommended: 'reseau' },
      same: true,
    })
    expect(await replay(store, rules, SIREN, '2026-12-31')).toMatchObject({
      day: '2026-03-10',
      retained: 'outil',
    })
  })

  it('is made again by its own rules, not by those of today', async () => {
    const { fingerprint } = await keptUnderOlderRules()
    const then = await replay(store, rules, SIREN, '2026-03-01')
    expect(then).toMatchObject({ rules: fingerprint, same: true })
    const today = recommend(then.situation, rules)
    expect(then.recommendation!.scores.reseau).not.toBe(today.scores.reseau)
  })

  it('says where none was kept yet, and names the first', async () => {
    await keep({ day: '2026-03-10' })
    await expect(replay(store, rules, SIREN, '2026-03-09')).rejects.toMatchObject({
      code: 'EPCI_NOT_FOUND',
      message: expect.stringContaining('le premier résultat gardé est du 10 mars 2026'),
    })
    await expect(replay(store, rules, '999999999', '2026-03-09')).rejects.toMatchObject({
      message: expect.stringContaining('synchronisez d’abord'),
    })
  })

  it('is told as different where a figure was changed since', async () => {
    await keep({ day: '2026-03-10', answers: DATABASE })
    const { answers: known } = situation({ answers: { aim: 'none' } })
    const altered = JSON.stringify({ ...aReport().situation, answers: known })
    await store.db.updateTable('snapshots').set({ situation: altered }).execute()
    const again = await replay(store, rules, SIREN, '2026-03-10')
    expect(again.same).toBe(false)
    expect(again.differences.join(' ')).toMatch(/Référentiel.*Outil.*alors.*Généraliste.*refait/u)
  })

  it('is not made again by rules that do not bear out their fingerprint', async () => {
    await keptUnderOlderRules()
    await store.db.updateTable('ruleSets').set({ rules: '{"maturity":{}}' }).execute()
    const again = await replay(store, rules, SIREN, '2026-03-01')
    expect(again).toMatchObject({ recommendation: null, same: false })
    expect(again.differences).toHaveLength(1)
  })
})

describe('one EPCI beside its past', () => {
  it('has none the first time', async () => {
    const report = await keep({})
    expect(await beside(report)).toMatchObject({ changes: null, turned: null })
  })

  it('says what changed since the last result that was not the same', async () => {
    await keep({ day: '2026-03-01', answers: NETWORKING })
    const report = await keep({ day: '2026-03-10', answers: DATABASE })
    await keep({ day: '2026-03-11', answers: DATABASE })
    const { changes, turned } = await beside(report)
    expect(changes).toMatchObject({ since: '2026-03-01', until: '2026-03-10', decisive: ['answers'] })
    expect(turned).toEqual(changes)
    expect(changes?.sentences[0]).toContain('est passée de')
  })

  it('says when the référentiel last turned, however long ago', async () => {
    await keep({ day: '2026-03-01', answers: NETWORKING })
    await keep({ day: '2026-03-10', answers: DATABASE })
    const report = await keep({ day: '2026-03-20', answers: { ...DATABASE, commitment: 'funded' } })
    const { changes, turned } = await beside(report)
    expect(changes).toMatchObject({ since: '2026-03-10', answers: [{ key: 'commitment' }], decisive: [] })
    expect(turned).toMatchObject({ since: '2026-03-01', until: '2026-03-10', decisive: ['answers'] })
  })

  it('lays a change of rules at their door', async () => {
    await keptUnderOlderRules()
    const report = await keep({ day: '2026-03-10', answers: NETWORKING })
    const { changes } = await beside(report)
    expect(changes).toMatchObject({ rules: { files: ['referentials'] }, answers: [] })
    expect(changes?.effects?.rules.reseau).not.toBe(0)
    expect(changes?.effects?.program.reseau).toBeCloseTo(0, 9)
  })

  it('is held beside the base as it is now, before a sync has kept it', async () => {
    await keep({ day: '2026-03-10', answers: NETWORKING })
    const now = aReport({ day: '2026-03-10', answers: DATABASE })
    expect((await beside(now)).turned).toMatchObject({ since: '2026-03-10', until: '2026-03-10' })
  })
})

describe('one EPCI beside the others', () => {
  it('has the median of their density, and those that are like it', async () => {
    const own = aReport()
    const others = [
      aReport({ siren: '111111111', population: 390_000, retained: 'reseau' }),
      aReport({ siren: '222222222', population: null }),
    ]
    const { region, similar } = await beside(own, [own, ...others])
    expect(region).toEqual({ epcis: 2, actorsPer10000: (own.actorsPer10000! + 1) / 2 })
    expect(similar.map(({ siren, retained }) => [siren, retained])).toEqual([
      ['222222222', null],
      ['111111111', 'reseau'],
    ])
  })

  it('has its index of fragility where a file gives one', async () => {
    const one = { score: 7, median: 5, components: [], source: null }
    const report = aReport()
    const found = await epciContext(report, {
      store,
      rules,
      reports: [report],
      region: region([report]),
      fragility: new Map([[SIREN, one]]),
    })
    expect(found.fragility).toEqual(one)
    expect((await beside(report)).fragility).toBeNull()
  })
})

describe('estimates against real days', () => {
  const actualDays = { referents: 11, deploymentOfficer: 0 }
  const expecting = (expected: number | null) => ({ prefill: { ...aReport().prefill, expected } })
  const none = { indicators: noRecords() }

  it('hold them against the first estimate that rested on data', async () => {
    await keep({ day: '2026-03-01', answers: DATABASE, ...none, ...expecting(null) })
    const first = await keep({ day: '2026-03-02', answers: DATABASE, ...none, ...expecting(150) })
    const report = await keep({ day: '2026-06-01', answers: DATABASE, ...none, ...expecting(20), actualDays })
    const { roles } = await calibration(store, rules, [report, aReport({ siren: '111111111' })])
    const { estimate, driver } = first.recommendation.workloads.outil.referents
    expect(estimate).toBeGreaterThan(report.recommendation.workloads.outil.referents.estimate)
    expect(roles.flatMap(({ observations }) => observations)).toEqual([
      {
        ...{ siren: SIREN, name: report.name, referential: 'outil', role: 'referents' },
        ...{ estimate, driver, estimatedOn: '2026-03-02', actual: 11 },
      },
    ])
  })

  it('hold them against the référentiel retained, and against today’s estimate where nothing was kept', async () => {
    const report = aReport({ day: '2026-06-01', answers: DATABASE, retained: 'reseau', actualDays })
    const { estimate } = report.recommendation.workloads.reseau.referents
    const { roles } = await calibration(store, rules, [report])
    expect(roles.flatMap(({ observations }) => observations)).toMatchObject([
      { referential: 'reseau', estimatedOn: '2026-06-01', estimate },
    ])
  })
})

/** A result of 1 March under rules of another time; their real fingerprint. */
async function keptUnderOlderRules(): Promise<Rules> {
  const { fingerprint: _, ...files } = OLDER
  const fingerprint = `sha256:${createHash('sha256').update(stableJson(files)).digest('hex')}`
  const older = { ...files, fingerprint }
  const report = aReport({ day: '2026-03-01', answers: NETWORKING })
  const recommendation = recommend(report.situation, older)
  await keepSnapshots(store, older, [{ ...report, rules: fingerprint, recommendation }])
  return older
}

it('keeps the rules under the very fingerprint that every result carries', async () => {
  const read = readRules(CONFIG)
  await keepSnapshots(store, read, [aReport()])
  expect((await replay(store, OLDER, SIREN, '2026-05-20')).same).toBe(true)
})
