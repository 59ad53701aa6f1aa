// The service itself is killed, stopped, doubled, kept from its store.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { cli } from '../../helpers/cli.ts'
import { edit, health, quietIn, runsOf, said, until, wholeRun } from './scene.ts'
import type { Breakdown, Scene } from './scene.ts'

const run = promisify(execFile)
const KILLS = 20

export const SERVICE_BREAKDOWNS: readonly Breakdown[] = [
  {
    name: 'service-killed-twenty-times',
    records: 500,
    async act(scene) {
      const { stage } = scene
      await scene.start()
      await scene.settled('first run', 120)
      const editing = edit(stage, stage.actors, (id) => ({
        Horaires: 'Mo-Fr 08:00-12:00',
        Adresse: `${id} rue du Lavoir`,
      }))
      for (let at = 0; at < KILLS; at += 1) {
        await sleep((at * 97) % 700)
        await scene.service.kill()
        await scene.start()
      }
      await editing
      await scene.settled(`killed ${KILLS} times`, 120)
      const { account } = stage.proxy
      scene.expect(account.human.size === 0, `columns of people written: ${[...account.human].join()}`)
      scene.expect(
        account.twice.length === 0,
        `of ${account.cells} cells, written twice: ${account.twice.length}`,
      )
    },
  },
  {
    name: 'sigterm-in-a-run',
    records: 300,
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      stage.receiver.to = null
      await edit(stage, stage.actors, (id) => ({
        Horaires: 'Mo-Fr 08:00-12:00',
        Adresse: `${id} rue du Lavoir`,
      }))
      stage.proxy.spoil = ({ method }) => (method === 'PATCH' ? { kind: 'delay', milliseconds: 2000 } : null)
      await wholeRun(service)
      await until(30, async () => stage.proxy.faults.has('delay'))
      const begin = performance.now()
      const code = await service.stop()
      const took = Math.round(performance.now() - begin)
      scene.expect(code === 0 && took < 9000, `SIGTERM: ended with ${code} after ${took} ms`)
      stage.proxy.spoil = () => null
      const again = await scene.start()
      await scene.settled('started again')
      const runs = (await runsOf(again)).map(({ status, trigger }) => `${trigger} ${status}`)
      scene.expect(runs[0] === 'catch-up done' && runs[1] === 'api interrupted', `runs: ${runs.join(', ')}`)
    },
  },
  {
    name: 'two-services-on-one-folder',
    async act(scene) {
      const one = await scene.start()
      await scene.settled('first run')
      const begin = performance.now()
      const second = await scene.start().then(
        () => null,
        (cause: Error) => cause.message,
      )
      scene.expect(
        second?.includes('Un autre service se sert de la mémoire') === true,
        `the second, after ${Math.round((performance.now() - begin) / 1000)} s: ${second}`,
      )
      scene.expect((await health(one)).status === 200, 'the first works on')
      await one.kill()
      await scene.start()
      await scene.settled('the next one, once the first was killed')
    },
  },
  {
    name: 'postgres-of-the-store-away',
    async act(scene) {
      const relay = await startRelay(new URL(await scene.nocodb.newDatabase('store_away')))
      const options = { dataDir: scene.store.dataDir, databaseUrl: relay.url }
      try {
        const service = await scene.start(options)
        await quietIn(options, 60)
        await relay.down()
        await edit(scene.stage, scene.stage.actors.slice(0, 20), (id) => ({
          Adresse: `${id} rue du Lavoir`,
          Horaires: 'Mo-Fr 08:00-12:00',
        }))
        await sleep(30_000)
        const { status, body } = await health(service)
        scene.expect(status === 503, `health after 30 s: ${status} ${body}`)
        scene.note(`webhooks answered: ${JSON.stringify([...scene.stage.receiver.answers])}`)
        const from = service.lines.length
        await relay.up()
        const begin = performance.now()
        await until(60, async () => (await health(service)).status === 200)
        scene.note(`ready ${Math.round((performance.now() - begin) / 1000)} s after it is back`)
        // What was edited meanwhile, no webhook tells: it is looked for, at the latest when a loop that failed tries again.
        const looked = () => service.lines.slice(from).some(({ msg }) => String(msg).startsWith('reconciled'))
        await until(60, looked)
        await quietIn(options, 90)
        await scene.held('with the store back')
        scene.note(`said: ${said(service).join(' | ').slice(0, 900)}`)
      } finally {
        await relay.stop()
      }
    },
  },
  {
    name: 'backup-and-restore-of-sqlite',
    act: (scene) =>
      restored(
        scene,
        {},
        {
          async copy(file) {
            const { code, stderr } = await cli(['export', file, '--store'], {
              PORTREA_DATA_DIR: scene.store.dataDir,
            })
            scene.expect(code === 0, `export: ${code} ${stderr}`)
          },
          async putBack(file) {
            const { code, stderr } = await cli(['import', file, '--store'], {
              PORTREA_DATA_DIR: scene.store.dataDir,
            })
            scene.expect(code === 0, `import: ${code} ${stderr}`)
          },
        },
      ),
  },
  {
    name: 'backup-and-restore-of-postgres',
    async act(scene) {
      const databaseUrl = await scene.nocodb.newDatabase('store_copied')
      const hint = async (args: readonly string[]) => (await cli(args, { DATABASE_URL: databaseUrl })).stderr
      const follow = async (args: readonly string[], program: string) => {
        const said = await hint(args)
        const command = said.slice(said.indexOf(program)).trim()
        scene.note(command)
        await run('sh', ['-c', command], { env: { ...process.env, DATABASE_URL: databaseUrl } })
      }
      await restored(
        scene,
        { databaseUrl },
        {
          copy: (file) => follow(['export', file, '--store'], 'pg_dump'),
          putBack: (file) => follow(['import', file, '--store'], 'pg_restore'),
        },
      )
    },
  },
]

type Copying = { copy(file: string): Promise<void>; putBack(file: string): Promise<void> }

/** A copy is made, work goes on, the copy takes the place of the store: what it did not see is found. */
async function restored(
  scene: Scene,
  store: { databaseUrl?: string },
  { copy, putBack }: Copying,
): Promise<void> {
  const { stage } = scene
  const options = { dataDir: scene.store.dataDir, ...store }
  const file = join(options.dataDir, '..', 'copy')
  const first = await scene.start(options)
  await quietIn(options, 60)
  await copy(file)
  await edit(stage, stage.actors.slice(0, 15), (id) => ({
    Adresse: `${id} rue du Lavoir`,
    Horaires: 'Mo-Fr 08:00-12:00',
  }))
  await sleep(1500)
  await quietIn(options, 60)
  await first.stop()
  await edit(stage, stage.actors.slice(15, 30), () => ({ Horaires: 'Mo-Fr 10:00-12:00' }))
  await putBack(file)
  const service = await scene.start(options)
  await until(60, () => service.lines.some(({ msg }) => String(msg).startsWith('reconciled')))
  await quietIn(options, 60)
  await scene.held('with the copy put back')
}

/** Stands before PostgreSQL, and may be away. */
async function startRelay(target: URL) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const other = connect(Number(target.port), target.hostname)
    for (const one of [socket, other]) {
      sockets.add(one)
      one.on('error', () => {}).on('close', () => sockets.delete(one))
    }
    socket.pipe(other).pipe(socket)
    socket.on('close', () => other.destroy())
    other.on('close', () => socket.destroy())
  })
  const up = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await up(0)
  const { port } = server.address() as AddressInfo
  const url = new URL(target)
  url.port = String(port)
  const down = async () => {
    if (!server.listening) return
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { url: url.href, down, up: () => up(port), stop: down }
}
