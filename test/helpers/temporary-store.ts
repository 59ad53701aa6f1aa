import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'

/** A store of its own, closed and removed after the test. */
export async function temporaryStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'portrea-store-'))
  const store = await openStore({ dataDir: folder })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  return store
}
