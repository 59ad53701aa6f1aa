import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkStore, openStore } from '../../src/store/database.ts'
import type { Store, StoreOptions } from '../../src/store/database.ts'
import { listHistory, saveHistory } from '../../src/store/history.ts'
import { tryLock } from '../../src/store/locks.ts'
import type { KnownRecord } from '../../src/store/records.ts'
import { forgetRecords, idsOf, recordsBetween, recordsByIds, saveRecords } from '../../src/store/records.ts'
import { getReport, listReports, saveReports } from '../../src/store/reports.ts'
import type { NewRun } from '../../src/store/runs.ts'
import {
  abandonRuns,
  finishRun,
  getRun,
  lastDoneRun,
  listRuns,
  startRun,
  updateProgress,
} from '../../src/store/runs.ts'

/** What the store promises, whatever its engine; `fresh` says where a new empty one is. */
export function storeSuite(engine: string, fresh: () => Promise<StoreOptions>): void {
  describe(`store on ${engine}`, () => {
    let options: StoreOptions
    let store: Store

    beforeEach(async () => {
      options = await fresh()
      store = await openStore(options)
    })
    afterEach(() => store.close())

    openingTests(() => [store, options], fresh)
    lockTests(() => [store, options])
    runTests(() => store)
    reportTests(() => store)
    recordTests(() => store)
    historyTests(() => store)
  })
}

function openingTests(opened: () => [Store, StoreOptions], fresh: () => Promise<StoreOptions>): void {
  it('opens again on what it holds, and migrates once', async () => {
    const [store, options] = opened()
    await startRun(store, run('a'))
    const again = await openStore(options)
    expect(await getRun(again, 'a')).not.toBeNull()
    expect(await again.db.selectFrom('migrations').select('name').execute()).toEqual([
      { name: '001-first-tables' },
    ])
    await again.close()
  })

  it('lets several processes open it at once where there is nothing yet, one of them with the lock', async () => {
    const options = await fresh()
    const holders = await Promise.all([1, 2, 3].map(() => holdLock(options)))
    expect(holders.map(({ said }) => said).sort()).toEqual(['held', 'refused', 'refused'])
    await Promise.all(holders.map(({ kill }) => kill()))
  })

  it('gives a sign of life', async () => {
    const [store] = opened()
    await expect(checkStore(store)).resolves.toBeUndefined()
  })

  it('refuses a store written by a newer program, and names what it does not know', async () => {
    const [store, options] = opened()
    await store.db
      .insertInto('migrations')
      .values({ name: '999-later', appliedAt: '2031-01-01T00:00:00Z' })
      .execute()
    await expect(openStore(options)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('999-later'),
    })
  })
}

function lockTests(opened: () => [Store, StoreOptions]): void {
  it('gives the lock to one holder at a time, in one process', async () => {
    const [store] = opened()
    const lock = await tryLock(store, 'sync')
    expect(await tryLock(store, 'sync')).toBeNull()
    await lock?.release()
    const next = await tryLock(store, 'sync')
    expect(next).not.toBeNull()
    await next?.release()
  })

  it('gives the lock to one process at a time, and frees it when the holder is killed', async () => {
    const [store, options] = opened()
    const holder = await holdLock(options)
    expect(holder.said).toBe('held')
    expect(await tryLock(store, 'sync')).toBeNull()
    await holder.kill()
    const lock = await eventually(() => tryLock(store, 'sync'))
    const refused = await holdLock(options)
    expect(refused.said).toBe('refused')
    await refused.kill()
    await lock.release()
  })

  it('keeps the lock from other processes after a second attempt in the first', async () => {
    const [store, options] = opened()
    const lock = await tryLock(store, 'sync')
    await tryLock(store, 'sync')
    const other = await holdLock(options)
    expect(other.said).toBe('refused')
    await other.kill()
    await lock?.release()
  })

  it('lets the holder of the lock write', async () => {
    const [store] = opened()
    const lock = await tryLock(store, 'sync')
    await startRun(store, run('a'))
    expect(await listRuns(store, 10)).toHaveLength(1)
    await lock?.release()
  })
}

function runTests(store: () => Store): void {
  const counts = {
    actorsRead: 800,
    epcisRead: 60,
    rowsWritten: 12,
    cellsWritten: 30,
    refused: 1,
    reported: 2,
    seconds: 3.25,
  }
  const end = { finishedAt: '2026-03-02T02:00:04Z', counts, error: null }

  it('follows a run from its start to its end', async () => {
    await startRun(store(), { ...run('a'), epcis: ['200069409'] })
    expect(await getRun(store(), 'a')).toEqual({
      ...run('a'),
      epcis: ['200069409'],
      status: 'running',
      finishedAt: null,
      progress: null,
      counts: null,
      error: null,
    })
    await updateProgress(store(), 'a', { phase: 'reading', done: 300, total: 800 })
    expect((await getRun(store(), 'a'))?.progress).toEqual({ phase: 'reading', done: 300, total: 800 })
    const error = { code: 'NOCODB_UNAVAILABLE', message: 'No answer.' }
    await finishRun(store(), 'a', { ...end, status: 'failed', error })
    expect(await getRun(store(), 'a')).toMatchObject({ ...end, status: 'failed', error })
  })

  it('knows no run that was never started', async () => {
    expect(await getRun(store(), 'nobody')).toBeNull()
    expect(await lastDoneRun(store())).toBeNull()
  })

  it('lists the newest runs first', async () => {
    for (const hour of ['03', '01', '02']) {
      await startRun(store(), run(hour, { startedAt: `2026-03-02T${hour}:00:00Z` }))
    }
    expect((await listRuns(store(), 2)).map(({ id }) => id)).toEqual(['03', '02'])
  })

  it('counts as done only a whole, real run that came to its end', async () => {
    const started = (hour: string) => ({ startedAt: `2026-03-02T${hour}:00:00Z` })
    await startRun(store(), run('whole', started('01')))
    await startRun(store(), run('dry', { ...started('02'), dryRun: true }))
    await startRun(store(), run('limited', { ...started('03'), epcis: ['200069409'] }))
    await startRun(store(), run('failed', started('04')))
    await startRun(store(), run('running', started('05')))
    for (const id of ['whole', 'dry', 'limited']) await finishRun(store(), id, { ...end, status: 'done' })
    await finishRun(store(), 'failed', { ...end, status: 'failed' })
    expect((await lastDoneRun(store()))?.id).toBe('whole')
  })

  it('calls interrupted the runs that a dead process left, and those only', async () => {
    await startRun(store(), run('done'))
    await finishRun(store(), 'done', { ...end, status: 'done' })
    await startRun(store(), run('left'))
    expect(await abandonRuns(store())).toBe(1)
    expect(await getRun(store(), 'left')).toMatchObject({ status: 'interrupted', finishedAt: null })
    expect(await getRun(store(), 'done')).toMatchObject({ status: 'done' })
    expect(await abandonRuns(store())).toBe(0)
  })
}

function reportTests(store: () => Store): void {
  it('keeps the last report of each EPCI', async () => {
    const first = {
      siren: '2',
      computedAt: '2026-03-01T02:00:00Z',
      rules: 'old',
      report: { scores: [1, null] },
    }
    const other = { siren: '1', computedAt: '2026-03-01T02:00:00Z', rules: 'old', report: 'é "quoted"' }
    const last = { siren: '2', computedAt: '2026-03-02T02:00:00Z', rules: 'new', report: { scores: [] } }
    await saveReports(store(), [first, other])
    expect(await getReport(store(), '2')).toEqual(first)
    await saveReports(store(), [last])
    expect(await listReports(store())).toEqual([other, last])
    expect(await getReport(store(), '3')).toBeNull()
  })

  it('saves nothing where there is nothing', async () => {
    await saveReports(store(), [])
    await saveRecords(store(), 'base', [])
    await forgetRecords(store(), 'base', [])
    await saveHistory(store(), '2026-03-02', [])
    expect(await listReports(store())).toEqual([])
  })
}

function recordTests(store: () => Store): void {
  const record = (id: number, fingerprint = '0123456789abcdef') => ({
    id,
    epci: '200069409',
    fingerprint,
    changedOn: '2026-01-31',
  })

  it('finds again thousands of records, by range and by id', async () => {
    const ids = Array.from({ length: 2501 }, (_, index) => index * 2)
    await saveRecords(
      store(),
      'base',
      ids.map((id) => record(id)),
    )
    expect(new Set((await recordsBetween(store(), 'base', 3, 8)).keys())).toEqual(new Set([4, 6, 8]))
    const found = await recordsByIds(store(), 'base', [...ids, 1, 3])
    expect(found.size).toBe(2501)
    const { id: _, ...known } = record(5000)
    expect(found.get(5000)).toEqual(known)
  })

  it('keeps bases apart', async () => {
    await saveRecords(store(), 'one', [record(1, 'one')])
    await saveRecords(store(), 'two', [record(1, 'two')])
    await forgetRecords(store(), 'one', [1])
    expect((await recordsByIds(store(), 'one', [1])).size).toBe(0)
    expect((await recordsByIds(store(), 'two', [1])).get(1)?.fingerprint).toBe('two')
  })

  it('walks every id in order, even while records are forgotten on the way', async () => {
    const ids = Array.from({ length: 12_000 }, (_, index) => index + 1)
    await saveRecords(
      store(),
      'base',
      ids.map((id) => record(id)),
    )
    const seen: number[] = []
    for await (const id of idsOf(store(), 'base')) {
      seen.push(id)
      if (id % 5000 === 0) await forgetRecords(store(), 'base', [id])
    }
    expect(seen).toEqual(ids)
  })

  it('remembers and forgets as a plain map would', async () => {
    const known = fc.record({
      id: fc.integer({ min: 1, max: 8 }),
      epci: fc.option(fc.constant('200069409')),
      fingerprint: fc.constantFrom('a', 'b'),
      changedOn: fc.option(fc.constant('2026-01-31')),
    })
    const saving = fc.record({ save: fc.uniqueArray(known, { selector: ({ id }) => id }) })
    const forgetting = fc.record({ forget: fc.array(fc.integer({ min: 1, max: 8 })) })
    const check = async (base: string, steps: readonly Step[]) => {
      const model = new Map<number, KnownRecord>()
      for (const step of steps) {
        if ('save' in step) {
          await saveRecords(store(), base, step.save)
          for (const { id, ...rest } of step.save) model.set(id, rest)
        } else {
          await forgetRecords(store(), base, step.forget)
          for (const id of step.forget) model.delete(id)
        }
      }
      expect(new Map(await recordsBetween(store(), base, 0, 10))).toEqual(model)
    }
    let trial = 0
    const steps = fc.array(fc.oneof(saving, forgetting), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(steps, (each) => check(`base-${trial++}`, each)),
      { numRuns: 30 },
    )
  })
}

type Step = { save: (KnownRecord & { id: number })[] } | { forget: number[] }

function historyTests(store: () => Store): void {
  const figures = {
    siren: '200069409',
    actors: 39,
    completeness: 58.2,
    validity: null,
    freshness: 12.345678901234,
    recommended: 'outil',
    confidence: null,
    prefilled: 20,
    expected: null,
  }

  it('keeps one row an EPCI and a day, the last of the day', async () => {
    await saveHistory(store(), '2026-03-01', [figures, { ...figures, siren: '1' }])
    await saveHistory(store(), '2026-03-02', [{ ...figures, actors: 40 }])
    await saveHistory(store(), '2026-03-02', [{ ...figures, actors: 41, recommended: null }])
    expect(await listHistory(store(), figures.siren)).toEqual([
      { ...figures, day: '2026-03-01' },
      { ...figures, day: '2026-03-02', actors: 41, recommended: null },
    ])
  })

  it('lists the days asked for, both ends included', async () => {
    for (const day of ['2026-02-28', '2026-03-01', '2026-03-02']) await saveHistory(store(), day, [figures])
    const days = async (span: { from?: string; to?: string }) =>
      (await listHistory(store(), figures.siren, span)).map(({ day }) => day)
    expect(await days({ from: '2026-03-01' })).toEqual(['2026-03-01', '2026-03-02'])
    expect(await days({ to: '2026-03-01' })).toEqual(['2026-02-28', '2026-03-01'])
    expect(await days({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['2026-03-01'])
  })
}

function run(id: string, changes: Partial<NewRun> = {}): NewRun {
  return {
    id,
    startedAt: '2026-03-02T02:00:00Z',
    trigger: 'night',
    dryRun: false,
    rules: 'abc',
    epcis: null,
    base: 'pbase',
    ...changes,
  }
}

async function holdLock({ dataDir, databaseUrl }: StoreOptions) {
  const script = join(import.meta.dirname, 'hold-lock.ts')
  const args = databaseUrl === undefined ? [dataDir] : [dataDir, databaseUrl]
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  const kill = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return { said: String(said).trim(), kill }
}

/** A server may take a moment to see that a connection is gone. */
async function eventually<T>(attempt: () => Promise<T | null>): Promise<T> {
  const limit = Date.now() + 5000
  for (;;) {
    const got = await attempt()
    if (got !== null) return got
    if (Date.now() > limit) throw new Error('waited 5 s in vain')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
