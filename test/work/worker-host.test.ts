import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readEnvironment } from '../../src/config/environment.ts'
import { startWorker } from '../../src/work/worker-host.ts'
import { openStore } from '../../src/store/database.ts'
import { enqueue, countInbox } from '../../src/store/inbox.ts'
import { getRun } from '../../src/store/runs.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'

async function environmentOf(variables: Readonly<Record<string, string>>) {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-work-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  return readEnvironment([], {
    PORTREA_API_TOKEN: 'a-token-for-tests',
    PORTREA_DATA_DIR: dataDir,
    ...variables,
  })
}

it('says, with the code and the faults, why it cannot begin', async () => {
  const environment = await environmentOf({ PORTREA_CRON: 'at night' })
  await expect(startWorker(environment, settings, 'silent', () => {})).rejects.toMatchObject({
    ...{ name: 'PortreaError', code: 'CONFIG_INVALID' },
    faults: [expect.stringMatching(/^PORTREA_CRON : /u)],
  })
})

it('works on what waits and on what is asked, counts it, and takes nothing more once it was told to stop', async () => {
  const { double } = await doubleBase({
    EPCI: [{ Nom: 'Brest Métropole', SIREN: '242900314' }],
    Acteurs: [{ Nom: 'Médiathèque des Capucins', EPCI: 1 }],
  })
  const environment = await environmentOf({
    ...{ NOCODB_URL: double.url, NOCODB_TOKEN: double.token, NOCODB_BASE: double.baseId },
  })
  const store = await openStore({ dataDir: environment.PORTREA_DATA_DIR })
  onTestFinished(() => store.close())
  const work = await startWorker(environment, settings, 'silent', () => {})
  const { id } = await work.start({ epcis: null, accept: false, whole: false })
  while ((await getRun(store, id))?.finishedAt === null) await pause()
  expect(await getRun(store, id)).toMatchObject({ status: 'done', trigger: 'api', counts: { epcisRead: 1 } })

  await enqueue(store, [{ base: double.baseId, about: 'Acteurs', record: '1', event: 'update' }], new Date())
  work.begin()
  work.notify()
  while ((await countInbox(store)).waiting > 0) await pause()
  expect((await work.counts()).live.done).toBeGreaterThan(0)

  const counts = await work.stop()
  expect(await work.counts()).toEqual(counts)
  work.notify()
  await expect(work.start({ epcis: null, accept: false, whole: false })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  })
})

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
