// NocoDB, and its PostgreSQL, break.
import { setTimeout as sleep } from 'node:timers/promises'
import { edit, health, runsOf, said, until, wholeRun } from './scene.ts'
import type { Breakdown, Scene } from './scene.ts'

export const NOCODB_BREAKDOWNS: readonly Breakdown[] = [
  {
    name: 'nocodb-killed-in-a-run',
    records: 300,
    async act(scene) {
      const { stage, nocodb } = scene
      const service = await scene.start()
      await scene.settled('first run')
      stage.receiver.to = null
      await edit(stage, stage.actors, (id) => ({
        Horaires: 'Mo-Fr 08:00-12:00',
        Adresse: `${id} rue des Lilas`,
      }))
      slowWrites(scene)
      await wholeRun(service)
      await sleep(500)
      await nocodb.kill()
      const killed = performance.now()
      scene.note(`run when killed: ${String((await runsOf(service))[0]?.status)}`)
      await sleep(2000)
      const { status, body } = await health(service)
      scene.expect(status === 503, `health while NocoDB is dead: ${status} ${body}`)
      stage.proxy.spoil = () => null
      await nocodb.start()
      scene.note(`NocoDB was away ${Math.round((performance.now() - killed) / 1000)} s`)
      await recovered(scene)
      scene.note(`said: ${said(service).join(' | ')}`)
    },
  },
  {
    name: 'nocodb-killed-in-live-work',
    records: 200,
    async act(scene) {
      const { stage, nocodb } = scene
      const service = await scene.start()
      await scene.settled('first run')
      await edit(stage, stage.actors.slice(0, 100), (id) => ({ Adresse: `${id} rue du Port` }))
      await edit(stage, stage.actors.slice(100), (id) => ({ Adresse: `${id} rue du Port` }))
      await sleep(150)
      await nocodb.kill()
      await sleep(3000)
      await nocodb.start()
      await recovered(scene)
      scene.note(`said: ${said(service).join(' | ')}`)
    },
  },
  {
    name: 'postgres-of-nocodb-restarted-while-rows-are-written',
    records: 300,
    async act(scene) {
      const { stage, nocodb } = scene
      const service = await scene.start()
      await scene.settled('first run')
      stage.receiver.to = null
      await edit(stage, stage.actors, (id) => ({
        Adresse: `${id} rue des Halles`,
        Horaires: 'Mo-Fr 09:00-12:00',
      }))
      stage.receiver.to = `${service.url}/webhooks/nocodb`
      slowWrites(scene)
      await wholeRun(service)
      await sleep(700)
      await nocodb.postgresAway(1000)
      await sleep(500)
      await nocodb.postgresAway(5000)
      scene.note(`health: ${JSON.stringify(await health(service))}`)
      stage.proxy.spoil = () => null
      await recovered(scene)
      scene.note(
        `runs: ${JSON.stringify((await runsOf(service)).map(({ status, trigger, error }) => [status, trigger, error]))}`,
      )
      scene.note(`said: ${said(service).join(' | ')}`)
    },
  },
]

function slowWrites({ stage }: Scene): void {
  stage.proxy.spoil = ({ method }) => (method === 'PATCH' ? { kind: 'delay', milliseconds: 150 } : null)
}

async function recovered(scene: Scene): Promise<void> {
  const begin = performance.now()
  await until(120, async () => (await health(scene.service)).status === 200)
  scene.note(`ready ${Math.round((performance.now() - begin) / 1000)} s after NocoDB is back`)
  // A run that failed is tried again after a while, and nothing else waits meanwhile.
  await until(120, async () => (await runsOf(scene.service))[0]?.status === 'done')
  await scene.settled('after NocoDB is back', 90)
}
