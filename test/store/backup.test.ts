import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { backUp, restore } from '../../src/store/backup.ts'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { tryLock } from '../../src/store/locks.ts'
import { recordState } from '../helpers/record-state.ts'
import { recordsBetween, saveRecords } from '../../src/store/records.ts'

const folder = mkdtempSync(join(tmpdir(), 'portrea-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const MOMENT = '2026-11-24T10:00:00.000Z'

describe('a copy of the store', () => {
  let dataDir: string
  let file: string
  let count = 0
  beforeEach(() => {
    dataDir = join(folder, `data-${++count}`)
    file = join(folder, `copy-${count}.sqlite`)
  })

  /** Opens the store of the folder, as another process would. */
  async function inStore<Result>(use: (store: Store) => Promise<Result>): Promise<Result> {
    const store = await openStore({ dataDir })
    try {
      return await use(store)
    } finally {
      await store.close()
    }
  }
  const keep = (id: number) =>
    inStore((store) =>
      saveRecords(store, 'base', [
        { id, ...recordState({ fingerprint: `f${id}`, changedOn: '2026-01-02' }) },
      ]),
    )
  const ids = () => inStore(async (store) => [...(await recordsBetween(store, 'base', 0, 99)).keys()])

  it('is made while the service has it open, closed to other users, and put back; what stood there is saved', async () => {
    await keep(1)
    await inStore(async () => backUp(dataDir, file))
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    await keep(2)
    const saved = await restore(dataDir, file, MOMENT)
    expect(await ids()).toEqual([1])
    await restore(dataDir, saved, '2026-11-24T11:00:00.000Z')
    expect(await ids()).toEqual([1, 2])
    expect(readdirSync(dataDir).filter((name) => name.startsWith('restore-'))).toEqual([])
  })

  it('is seen by a service that runs on', async () => {
    await keep(1)
    await backUp(dataDir, file)
    await keep(2)
    const store = await openStore({ dataDir })
    await restore(dataDir, file, MOMENT)
    expect([...(await recordsBetween(store, 'base', 0, 99)).keys()]).toEqual([1])
    await saveRecords(store, 'base', [
      { id: 3, ...recordState({ fingerprint: 'f3', changedOn: '2026-01-02' }) },
    ])
    await store.close()
    expect(await ids()).toEqual([1, 3])
  })

  it('is never written over', async () => {
    await keep(1)
    writeFileSync(file, 'mine')
    await expect(backUp(dataDir, file)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('is not put back during a synchronisation, nor when it is something else or of a newer version', async () => {
    await keep(1)
    await backUp(dataDir, file)
    await inStore(async (store) => {
      const lock = await tryLock(store, 'sync')
      await expect(restore(dataDir, file, MOMENT)).rejects.toMatchObject({ code: 'SYNC_RUNNING' })
      await lock?.release()
    })
    const other = join(folder, 'other.sqlite')
    writeFileSync(other, 'no database')
    await expect(restore(dataDir, other, MOMENT)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    const newer = new DatabaseSync(file)
    newer.exec("insert into migrations (name, applied_at) values ('999-tomorrow', '2030-01-01')")
    newer.close()
    await expect(restore(dataDir, file, MOMENT)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await ids()).toEqual([1])
  })
})
