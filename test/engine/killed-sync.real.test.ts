import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { listRuns } from '../../src/store/runs.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import { makeTestBase } from '../helpers/portrea-base.ts'
import type { TestBase } from '../helpers/portrea-base.ts'

const ACTORS = 600

describe('a synchronisation killed in the middle', () => {
  let test: TestBase
  const seen = new Set<string>()
  const nocodb = inject('postgresNocodb')
  beforeAll(async () => {
    test = await makeTestBase(nocodb, 'killed')
    const [brest] = await test.insert('EPCI', [
      { Nom: 'Brest Métropole', SIREN: '242900314', Population: 213403 },
    ])
    const actors = Array.from({ length: ACTORS }, (_, index) => ({
      Nom: `Lieu ${index}`,
      'Code INSEE': '29019',
      Téléphone: index % 3 === 0 ? '02 98 00 00 00' : null,
      'Date de mise à jour': `20${10 + (index % 16)}-01-0${1 + (index % 9)}`,
    }))
    const ids = await test.insert('Acteurs', actors)
    await test.link(
      'Acteurs',
      'EPCI',
      ids.slice(0, 50).map((id) => ({ id, target: brest! })),
    )
  })
  afterAll(() => test.close())

  it('leaves nothing that the next run does not end, and no lock', async () => {
    const environment = {
      ...process.env,
      NOCODB_URL: nocodb.url,
      NOCODB_TOKEN: nocodb.token,
      NOCODB_BASE: test.base.id,
      PORTREA_DATA_DIR: test.dataDir,
    }
    for (const wait of [0, 150, 300, 450, 600, 900]) {
      const child = spawn(process.execPath, ['src/cli.ts', 'sync'], { env: environment, stdio: 'ignore' })
      const ended = once(child, 'exit')
      while (child.exitCode === null && !(await isRunning())) await sleep(20)
      await sleep(wait)
      child.kill('SIGKILL')
      await ended
    }
    await runSync(test.parts, { trigger: 'command', dryRun: false, epcis: null })
    const runs = await listRuns(test.parts.store, 20)
    expect(runs.filter(({ status }) => status === 'running')).toEqual([])
    expect(runs.filter(({ status }) => status === 'interrupted').length).toBeGreaterThanOrEqual(2)
    expect((await wantedByAStranger()).flatMap(({ changes }) => changes)).toEqual([])
  })

  /** A run killed before is still « running » until the next one takes the lock: only a new one counts. */
  async function isRunning() {
    const running = (await listRuns(test.parts.store, 20)).filter(({ status }) => status === 'running')
    return running.some(({ id }) => !seen.has(id) && seen.add(id))
  }

  /** What a service that never saw this base would still write. */
  async function wantedByAStranger() {
    const store = await openStore({ dataDir: await mkdtemp(join(tmpdir(), 'portrea-stranger-')) })
    const { plan } = await runSync(
      { ...test.parts, store },
      { trigger: 'command', dryRun: true, epcis: null },
    )
    await store.close()
    return plan ?? []
  }
})
