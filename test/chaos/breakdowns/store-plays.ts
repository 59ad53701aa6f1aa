// The store of the service breaks.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { cli } from '../../helpers/cli.ts'
import { edit, health, runsOf, said, until, wholeRun } from './scene.ts'
import type { Breakdown, Scene } from './scene.ts'

const run = promisify(execFile)

export const STORE_BREAKDOWNS: readonly Breakdown[] = [
  {
    name: 'store-deleted-while-running',
    act: (scene) => whileRunning(scene, async () => rmSync(scene.store.dataDir, { recursive: true })),
  },
  {
    name: 'store-file-deleted-while-running',
    act: (scene) => whileRunning(scene, async () => rmSync(fileOf(scene))),
  },
  {
    name: 'store-deleted-while-stopped',
    act: (scene) => whileStopped(scene, async () => rmSync(scene.store.dataDir, { recursive: true })),
  },
  {
    name: 'store-file-deleted-while-stopped',
    act: (scene) => whileStopped(scene, async () => rmSync(fileOf(scene))),
  },
  {
    name: 'store-overwritten-while-stopped',
    act: (scene) => whileStopped(scene, () => overwrite(fileOf(scene), 0)),
  },
  {
    name: 'store-overwritten-in-the-middle-while-stopped',
    act: (scene) => whileStopped(scene, () => overwrite(fileOf(scene), 4096 * 5)),
  },
  {
    name: 'store-truncated-while-stopped',
    act: (scene) =>
      whileStopped(scene, async () =>
        truncateSync(fileOf(scene), Math.floor(statSync(fileOf(scene)).size / 2)),
      ),
  },
  {
    name: 'store-emptied-while-stopped',
    act: (scene) => whileStopped(scene, async () => truncateSync(fileOf(scene), 0)),
  },
  {
    name: 'store-overwritten-while-running',
    act: (scene) => whileRunning(scene, () => overwrite(fileOf(scene), 0)),
  },
  {
    name: 'store-truncated-while-running',
    act: (scene) =>
      whileRunning(scene, async () => {
        emptyLog(fileOf(scene))
        truncateSync(fileOf(scene), 4096)
      }),
  },
  {
    name: 'store-read-only-at-start', // what is open for writing, no system makes read-only
    act: (scene) =>
      onDisk(scene, 16, async (disk) => {
        await scene.service.stop()
        await run('mount', ['-o', 'remount,ro', disk])
        const failure = await scene.start().then(
          () => null,
          (cause: Error) => cause.message,
        )
        scene.expect(failure?.includes('PORTREA_DATA_DIR') === true, `start: ${failure}`)
        await run('mount', ['-o', 'remount,rw', disk])
        await scene.start()
      }),
  },
  {
    name: 'disk-full-while-running',
    act: (scene) =>
      onDisk(scene, 8, async (disk) => {
        const filler = join(disk, 'filler')
        await fill(filler)
        await refusing(scene)
        rmSync(filler)
      }),
  },
  {
    name: 'var-not-writable-at-start',
    async act(scene) {
      writeFileSync(scene.store.dataDir, 'a file where the folder should be')
      const failure = await scene.start().then(
        () => null,
        (cause: Error) => cause.message,
      )
      scene.expect(
        failure?.includes('STORE_UNAVAILABLE') === true || failure?.includes('PORTREA_DATA_DIR') === true,
        `start: ${failure}`,
      )
      await rm(scene.store.dataDir)
      await scene.start()
      await scene.settled('with the folder mended')
    },
  },
]

const fileOf = ({ store }: Scene) => join(store.dataDir, 'portrea.sqlite')

/** What waits in SQLite's log would mend it. */
function emptyLog(path: string): void {
  const database = new DatabaseSync(path, { timeout: 10_000 })
  database.exec('pragma wal_checkpoint(truncate)')
  database.close()
}

async function overwrite(path: string, from: number): Promise<void> {
  emptyLog(path)
  const file = await open(path, 'r+')
  const bytes = Buffer.alloc(4096 * 4, 'x')
  await file.write(bytes, 0, bytes.length, from)
  await file.close()
}

async function whileRunning(scene: Scene, breakIt: () => Promise<void>): Promise<void> {
  const { stage } = scene
  const old = await anOldRecord(scene)
  const service = await scene.start()
  await scene.settled('first run')
  const from = service.lines.length
  await breakIt()
  await sleep(1500)
  scene.note(`health 1.5 s after: ${JSON.stringify(await health(service))}`)
  await edit(stage, stage.actors.slice(0, 20), (id) => ({
    Adresse: `${id} rue du Lavoir`,
    Horaires: 'Mo-Fr 08:00-12:00',
  }))
  const starts = () => service.lines.filter(({ msg }) => msg === 'service started').length
  await until(60, () => starts() > 1)
  scene.expect(existsSync(fileOf(scene)), 'the store is there again')
  await scene.settled('after it broke')
  scene.note(
    `folder: ${existsSync(scene.store.dataDir) ? readdirSync(scene.store.dataDir).join(' ') : 'none'}`,
  )
  scene.note(`said: ${said(service, from).join(' | ')}`)
  await told(scene)
  await service.stop()
  await edit(stage, stage.actors.slice(20, 30), () => ({ Horaires: 'Mo-Fr 10:00-12:00' }))
  await scene.start()
  await scene.settled('after a restart')
  await staysOld(scene, old)
}

async function whileStopped(scene: Scene, breakIt: () => Promise<void>): Promise<void> {
  const { stage } = scene
  const old = await anOldRecord(scene)
  const first = await scene.start()
  await scene.settled('first run')
  await first.stop()
  await breakIt()
  await edit(stage, stage.actors.slice(0, 20), (id) => ({
    Adresse: `${id} rue du Lavoir`,
    Horaires: 'Mo-Fr 08:00-12:00',
  }))
  const service = await scene.start().catch((cause: Error) => {
    scene.fault(`it does not start: ${cause.message.slice(0, 600)}`)
    return null
  })
  if (service === null) return
  await scene.settled('after the start')
  scene.note(`folder: ${readdirSync(scene.store.dataDir).join(' ')}`)
  scene.note(`said: ${said(service).join(' | ')}`)
  await told(scene)
  await staysOld(scene, old)
}

/** What people can read of it: « Synchronisations », doctor. */
async function told(scene: Scene): Promise<void> {
  const { stage, store } = scene
  const messages = async () =>
    [...(await stage.test.cells('Synchronisations')).values()].map((row) => String(row['Message']))
  const text = await until(
    60,
    async () => (await messages()).find((one) => /mémoire/u.test(one)) ?? null,
  ).catch(() => null)
  scene.expect(text !== null, `« Synchronisations »: ${text ?? (await messages()).join(' | ')}`)
  const { stdout } = await cli(['doctor'], {
    ...{ NOCODB_URL: stage.proxy.url, NOCODB_TOKEN: stage.token, NOCODB_BASE: stage.test.base.id },
    ...{ PORTREA_DATA_DIR: store.dataDir },
  })
  scene.note(
    `doctor: ${stdout
      .split('\n')
      .filter((line, at, all) => / store /u.test(line) || / store /u.test(all[at - 1] ?? ''))
      .join(' ')}`,
  )
}

/** A record that nobody touched for two years, and that says no date. */
async function anOldRecord({ stage, nocodb }: Scene): Promise<number> {
  const [id] = await stage.test.insert('Acteurs', [{ Nom: 'Un lieu ancien' }])
  await nocodb.age(stage.test.base, 'Acteurs', id!, '2024-06-01 10:00:00+00')
  return id!
}

async function staysOld({ stage, expect }: Scene, id: number): Promise<void> {
  const row = (await stage.test.cells('Acteurs')).get(id)
  expect(
    row?.['Fraîcheur'] === 'À actualiser',
    `a record that nobody touched since 2024 is « ${String(row?.['Fraîcheur'])} »`,
  )
}

/** On a disk of its own, as large as that (MB). */
async function onDisk(
  scene: Scene,
  megabytes: number,
  breakIt: (disk: string) => Promise<void>,
): Promise<void> {
  const disk = scene.store.dataDir
  mkdirSync(disk, { recursive: true })
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk])
  } catch (cause) {
    return scene.note(`not played: no disk may be mounted here (${(cause as Error).message.split('\n')[0]})`)
  }
  try {
    await scene.start()
    await scene.settled('first run')
    await breakIt(disk)
    const { service } = scene
    await until(30, async () => (await health(service)).status === 200).catch(() =>
      scene.fault(`health afterwards: ${JSON.stringify(service.lines.slice(-5))}`),
    )
    await scene.settled('once there is room again')
    scene.note(
      `runs: ${JSON.stringify((await runsOf(service)).map(({ status, trigger }) => [status, trigger]))}`,
    )
    scene.note(`said: ${said(service).join(' | ')}`)
    await service.stop()
  } finally {
    for (const service of scene.all) await service.kill()
    await run('umount', ['-l', disk])
  }
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (;;) await file.write(Buffer.alloc(4096))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
  } finally {
    await file.close()
  }
}

/** Nothing can be stored: the service says so, and whoever tells it something hears it. */
async function refusing(scene: Scene): Promise<void> {
  const { stage, service } = scene
  stage.receiver.answers.clear()
  await edit(stage, stage.actors.slice(0, 20), (id) => ({
    Adresse: `${id} rue du Lavoir`,
    Horaires: 'Mo-Fr 08:00-12:00',
  }))
  await sleep(3000)
  const { status, body } = await health(service)
  scene.expect(status === 503, `health: ${status} ${body}`)
  scene.note(`webhooks answered: ${JSON.stringify([...stage.receiver.answers])}`)
  scene.note(`a whole run is answered ${await wholeRun(service)}`)
  await sleep(1000)
}
