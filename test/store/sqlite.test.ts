import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkStore, openStore } from '../../src/store/database.ts'
import { tryLock } from '../../src/store/locks.ts'
import { turnsDuring } from '../helpers/turns.ts'
import { storeSuite } from './store-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const freshFolder = () => join(folder, String(count++), 'data')

storeSuite('SQLite', async () => ({ dataDir: freshFolder() }))

describe('the file of the store', () => {
  it('is closed to other users, as are its folder and its companions', async () => {
    const dataDir = freshFolder()
    const store = await openStore({ dataDir })
    const lock = await tryLock(store, 'sync')
    expect(mode(dataDir)).toBe('700')
    const files = readdirSync(dataDir)
    expect(files).toEqual(
      expect.arrayContaining(['portrea.sqlite', 'portrea.sqlite-wal', 'portrea.sync.lock']),
    )
    expect(files.map((file) => mode(join(dataDir, file)))).toEqual(files.map(() => '600'))
    await lock?.release()
    await store.close()
  })

  it('lets others in while statements follow one another', async () => {
    const store = await openStore({ dataDir: freshFolder() })
    const turns = await turnsDuring(async () => {
      for (const end = performance.now() + 50; performance.now() < end;) await checkStore(store)
    })
    expect(turns).toBeGreaterThanOrEqual(5)
    await store.close()
  })

  it('says where it is and what to do when its folder cannot be made', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const opening = openStore({ dataDir: join(file, 'data') })
    await expect(opening).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/a-file.*portrea\.sqlite.*ENOTDIR.*PORTREA_DATA_DIR/),
    })
  })

  it.skipIf(process.getuid?.() === 0)(
    'says so when its folder cannot be written to (not tried as root)',
    async () => {
      const dataDir = freshFolder()
      mkdirSync(dataDir, { recursive: true })
      chmodSync(dataDir, 0o500)
      await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    },
  )

  it('says so when the file is damaged, and leaves it as it is', async () => {
    const dataDir = freshFolder()
    mkdirSync(dataDir, { recursive: true })
    const path = join(dataDir, 'portrea.sqlite')
    writeFileSync(path, 'not a database, '.repeat(200))
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(path),
    })
    expect(statSync(path).size).toBe(3200)
  })
})

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}
