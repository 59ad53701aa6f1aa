import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkStore, openStore } from '../../src/store/database.ts'
import type { Store, StoreOptions } from '../../src/store/database.ts'
import { listHistory, saveHistory } from '../../src/store/history.ts'
import { tryLock, tryShare } from '../../src/store/locks.ts'
import { forgetRecords, saveRecords } from '../../src/store/records.ts'
import { forgetOtherReports, getReport, listReports, saveReports } from '../../src/store/reports.ts'
import { getRun, listRuns, startRun } from '../../src/store/runs.ts'
import { brakeTests } from './brake-suite.ts'
import { inboxTests } from './inbox-suite.ts'
import { eventTests } from './events-suite.ts'
import { mailTests } from './mailings-suite.ts'
import { needTests } from './need-suite.ts'
import { preReleaseTests } from './pre-release-suite.ts'
import { prefillTests } from './prefill-suite.ts'
import { recordTests } from './records-suite.ts'
import { run, runTests } from './runs-suite.ts'
import { snapshotTests } from './snapshots-suite.ts'
import { sourceTests } from './sources-suite.ts'

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
    preReleaseTests(() => [store, options])
    lockTests(() => [store, options])
    runTests(() => store)
    reportTests(() => store)
    recordTests(() => store)
    inboxTests(() => store)
    historyTests(() => store)
    snapshotTests(() => store)
    prefillTests(() => store)
    sourceTests(() => store)
    needTests(() => store)
    mailTests(() => store)
    brakeTests(() => store)
    eventTests(() => [store, options])
  })
}

function openingTests(opened: () => [Store, StoreOptions], fresh: () => Promise<StoreOptions>): void {
  it('opens again on what it holds, and migrates once', async () => {
    const [store, options] = opened()
    await startRun(store, run('a'))
    const again = await openStore(options)
    expect(await getRun(again, 'a')).not.toBeNull()
    expect(await again.db.selectFrom('migrations').select('name').execute()).toEqual([
      { name: '001-schema' },
      { name: '002-cross-facts' },
      { name: '003-record-facts' },
      { name: '004-record-counts' },
      { name: '005-sources' },
      { name: '006-source-counts' },
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

  it('is held together by many or alone by one, in one process and across processes', async () => {
    const [store, options] = opened()
    const shares = [await tryShare(store, 'sync'), await tryShare(store, 'sync')]
    expect(shares.map((lock) => lock?.held())).toEqual([true, true])
    expect((await holdLock(options)).said).toBe('refused')
    expect(await tryLock(store, 'sync')).toBeNull()
    expect((await tryLock(store, 'live'))?.held()).toBe(true)
    for (const share of shares) await share?.release()
    expect(shares.map((lock) => lock?.held())).toEqual([false, false])
    const holder = await holdLock(options)
    expect(holder.said).toBe('held')
    expect(await tryShare(store, 'sync')).toBeNull()
    await holder.kill()
    await (await eventually(() => tryShare(store, 'sync'))).release()
  })

  it('lets the holder of the lock write', async () => {
    const [store] = opened()
    const lock = await tryLock(store, 'sync')
    await startRun(store, run('a'))
    expect(await listRuns(store, 10)).toHaveLength(1)
    await lock?.release()
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
    await forgetOtherReports(store(), [last.siren])
    expect(await listReports(store())).toEqual([last])
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

function historyTests(store: () => Store): void {
  const figures = {
    siren: '200069409',
    actors: 39,
    completeness: 58.2,
    publishable: null,
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
