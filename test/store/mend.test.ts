import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openStore, checkStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { keepMended, mendUnlessServed, readMended, takeStore } from '../../src/store/mend.ts'
import { recordState } from '../helpers/record-state.ts'
import { idsOf, saveRecords } from '../../src/store/records.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-mend-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NOW = new Date('2026-11-24T10:00:00Z')
const ASIDE = 'portrea.damaged-20261124100000000.sqlite'
let count = 0

/** A store that knows record 1 in its copy, and record 2 since. */
async function aStore({ copied = true } = {}): Promise<string> {
  const dataDir = join(folder, String((count += 1)))
  await inStore(dataDir, async (store) => {
    await keep(store, 1)
    if (copied) store.engine.keepCopy?.()
    await keep(store, 2)
  })
  return dataDir
}

async function inStore<Result>(dataDir: string, use: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ dataDir })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

const keep = (store: Store, id: number) =>
  saveRecords(store, 'base', [{ id, ...recordState({ changedOn: '2026-01-02' }) }])
const known = (dataDir: string) =>
  inStore(dataDir, async (store) => {
    const ids: number[] = []
    for await (const id of idsOf(store, 'base')) ids.push(id)
    return ids
  })
const place = (dataDir: string) => join(dataDir, 'portrea.sqlite')
const overwritten = (from: number) => (path: string) => {
  const bytes = readFileSync(path)
  bytes.fill('x', from, from + 8192)
  writeFileSync(path, bytes)
}
const halved = (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))

const BREAKAGES: readonly (readonly [string, (path: string) => void, 'gone' | 'damaged'])[] = [
  ['deleted', (path) => rmSync(path), 'gone'],
  ['emptied', (path) => truncateSync(path, 0), 'gone'],
  ['overwritten at its head', overwritten(0), 'damaged'],
  ['overwritten further on', overwritten(4096), 'damaged'],
  ['cut short', halved, 'damaged'],
  [
    'replaced by a text',
    (path) => writeFileSync(path, 'not a database at all, and longer than a head'.repeat(99)),
    'damaged',
  ],
]

describe('a store that was lost while nobody had it open', () => {
  it.each(BREAKAGES)('%s: its copy takes its place, and says so', async (_, breakIt, cause) => {
    const dataDir = await aStore()
    breakIt(place(dataDir))
    const broken = cause === 'damaged' ? readFileSync(place(dataDir)) : null
    const mended = await mendUnlessServed({ dataDir }, NOW)
    expect(mended).toMatchObject({ cause, aside: broken === null ? mended?.aside : ASIDE, told: false })
    expect(mended?.from).toMatch(/^20\d\d-/u)
    expect(await known(dataDir)).toEqual([1])
    if (broken !== null)
      expect(readFileSync(join(dataDir, ASIDE)).equals(broken), 'kept as it was').toBe(true)
    await inStore(dataDir, async (store) => {
      await keepMended(store, mended!)
      expect(await readMended(store)).toEqual(mended)
    })
    expect(await mendUnlessServed({ dataDir }, NOW), 'once').toBeNull()
  })

  it.each(BREAKAGES.filter(([, , cause]) => cause === 'damaged'))(
    '%s, without a copy: it begins anew, and keeps the damaged file',
    async (_, breakIt) => {
      const dataDir = await aStore({ copied: false })
      breakIt(place(dataDir))
      expect(await mendUnlessServed({ dataDir }, NOW)).toMatchObject({
        cause: 'damaged',
        aside: ASIDE,
        from: null,
      })
      expect(await known(dataDir)).toEqual([])
    },
  )

  it('does not put back a copy that is damaged too', async () => {
    const dataDir = await aStore()
    for (const name of ['portrea.sqlite', 'portrea.copy.sqlite']) overwritten(0)(join(dataDir, name))
    expect(await mendUnlessServed({ dataDir }, NOW)).toMatchObject({ from: null })
    expect(await known(dataDir)).toEqual([])
  })

  it('leaves a store that is whole, and one that is new, as they are', async () => {
    const dataDir = await aStore()
    expect(await mendUnlessServed({ dataDir }, NOW)).toBeNull()
    expect(await known(dataDir)).toEqual([1, 2])
    expect(await mendUnlessServed({ dataDir: join(folder, 'new') }, NOW)).toBeNull()
  })

  it('does not read what a former file left beside it into the copy', async () => {
    const dataDir = await aStore()
    const store = await openStore({ dataDir })
    await keep(store, 3)
    copyFileSync(`${place(dataDir)}-wal`, join(dataDir, 'wal'))
    await store.close()
    rmSync(place(dataDir))
    copyFileSync(join(dataDir, 'wal'), `${place(dataDir)}-wal`)
    await mendUnlessServed({ dataDir }, NOW)
    expect(await known(dataDir)).toEqual([1])
  })

  it('clears locks and notices that are damaged: they hold nothing that is not found again', async () => {
    const dataDir = await aStore()
    for (const name of ['portrea.sync.lock', 'portrea.notices.sqlite'])
      writeFileSync(join(dataDir, name), 'x'.repeat(9000))
    expect(await mendUnlessServed({ dataDir }, NOW)).toBeNull()
    expect(readdirSync(dataDir)).not.toContain('portrea.sync.lock')
    expect(readdirSync(dataDir)).not.toContain('portrea.notices.sqlite')
  })
})

describe('a store that is lost while it is open', () => {
  it.each([
    ['its file is deleted', (path: string) => rmSync(path), 'gone'],
    ['another file takes its place', (path: string) => (rmSync(path), writeFileSync(path, '')), 'gone'],
    ['its bytes are spoiled', overwritten(0), 'damaged'],
  ] as const)('is known to be where %s', async (_, breakIt, cause) => {
    const dataDir = await aStore()
    const store = await openStore({ dataDir })
    expect(store.engine.loss()).toBeNull()
    breakIt(place(dataDir))
    if (cause === 'damaged')
      await expect(Promise.resolve().then(() => store.engine.keepCopy?.())).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      })
    expect(store.engine.loss()).toBe(cause)
    await expect(checkStore(store)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await store.close()
    expect(await mendUnlessServed({ dataDir }, NOW)).toMatchObject({ cause })
    expect(await known(dataDir)).toEqual([1])
  })
})

describe('the folder of a store', () => {
  it('is of one service at a time, and of the next one once that has ended', async () => {
    const dataDir = await aStore()
    const one = await takeStore({ dataDir }, NOW, 0)
    await expect(takeStore({ dataDir }, NOW, 300)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('PORTREA_DATA_DIR'),
    })
    expect(await mendUnlessServed({ dataDir }, NOW), 'commands leave it alone').toBeNull()
    const waiting = takeStore({ dataDir }, NOW, 20_000)
    await one.release()
    await (await waiting).release()
  })

  it('that cannot be made is told with its path and the remedy', async () => {
    const dataDir = join(folder, 'a-file')
    writeFileSync(dataDir, '')
    await expect(takeStore({ dataDir }, NOW, 0)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/a-file.*PORTREA_DATA_DIR/u),
    })
  })
})

describe('a store whose file is spoiled under it', () => {
  it.each([
    ['its head is overwritten', overwritten(0)],
    ['it is cut short', halved],
    ['it is emptied', (path: string) => truncateSync(path, 0)],
  ])('is known to be so where %s, though all that is asked of it is still in memory', async (_, breakIt) => {
    const dataDir = await aStore()
    const store = await openStore({ dataDir })
    onTestFinished(() => store.close())
    await sql`pragma wal_checkpoint(truncate)`.execute(store.db)
    const begin = performance.now()
    const clock = vi.spyOn(performance, 'now')
    onTestFinished(() => clock.mockRestore())
    clock.mockReturnValue(begin + 6000)
    expect(store.engine.loss()).toBeNull()
    breakIt(place(dataDir))
    clock.mockReturnValue(begin + 12_000)
    expect(store.engine.loss()).toBe('damaged')
  })
})
