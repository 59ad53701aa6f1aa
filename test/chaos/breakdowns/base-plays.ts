// People do in the base what nobody expects.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { edit, said, until } from './scene.ts'
import type { Breakdown, Scene } from './scene.ts'

const MANY = 5000

export const BASE_BREAKDOWNS: readonly Breakdown[] = [
  {
    name: 'five-thousand-records-in-one-request',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      const before = memoryOf(service.pid)
      const key = stage.test.base.table('Acteurs').foreignKeys.get('EPCI')!
      const rows = Array.from({ length: MANY }, (_, at) => ({
        Nom: `Arrivé ${at}`,
        'Date de mise à jour': '2026-11-01',
        [key]: stage.epcis[at % stage.epcis.length],
      }))
      const status = await scene.nocodb.insertAtOnce(stage.test.base, 'Acteurs', rows)
      scene.note(`NocoDB answers ${status}`)
      const begin = performance.now()
      const counts = async () =>
        [...(await stage.test.cells('EPCI')).values()].reduce(
          (sum, row) => sum + Number(row["Nombre d'acteurs"]),
          0,
        )
      await sleep(1000)
      await scene.settled(`${MANY} more records`, 240)
      const counted = await counts()
      scene.expect(
        counted === MANY + stage.actors.length,
        `all are counted: ${counted}, ${Math.round((performance.now() - begin) / 1000)} s after`,
      )
      scene.note(`memory: ${before} MB before, ${memoryOf(service.pid)} MB after`)
      scene.note(`said: ${said(service).join(' | ').slice(0, 600)}`)
    },
  },
  {
    name: 'an-epci-deleted-while-its-actors-remain',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      await send(scene, 'DELETE', 'EPCI', [{ Id: stage.epcis[0] }])
      await sleep(2000)
      await scene.settled('live')
      await service.stop()
      await scene.start()
      await scene.settled('after a restart')
      const orphans = [...(await stage.test.cells('Acteurs')).values()].filter((row) => row['EPCI'] == null)
      scene.note(`${orphans.length} records are without an EPCI`)
      scene.note(`said: ${await lastMessage(scene)}`)
    },
  },
  {
    name: 'two-epci-of-one-siren',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      const [twin] = await stage.test.insert('EPCI', [{ Nom: 'Brest Métropole (bis)', SIREN: '242900314' }])
      await edit(stage, stage.actors.slice(0, 3), () => ({
        [stage.test.base.table('Acteurs').foreignKeys.get('EPCI')!]: twin,
      }))
      await sleep(2000)
      await scene.settled('live')
      await service.stop()
      await scene.start()
      await scene.wholeRun()
      await scene.settled('after a whole run')
      const rows = await stage.test.cells('EPCI')
      scene.note(
        `figures of the twins: ${JSON.stringify([stage.epcis[0]!, twin!].map((id) => rows.get(id)?.["Nombre d'acteurs"]))}`,
      )
      const text = await lastMessage(scene)
      scene.expect(/répète/u.test(text), `said: ${text}`)
    },
  },
  {
    name: 'a-record-of-strange-text',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      const strange = [
        { 'Présentation (détail)': 'é'.repeat(500_000) },
        { Nom: 'avec un \u0000 au milieu' },
        {
          Nom: '\u202Egro.elpmaxe\u202C <script>alert(1)</script> [x](http://evil.example) www.evil.example/phish',
        },
        { Nom: '=cmd|"/C calc"!A0', Adresse: '+1+1', Commune: '@SUM(1)', Téléphone: '-2' },
        {
          Horaires: 'Mo-Fr '.repeat(20_000),
          Courriels: 'a@'.repeat(50_000),
          'Site web': `http://${'a.'.repeat(50_000)}fr`,
          Téléphone: '0'.repeat(100_000),
        },
        { Nom: '\uD800 demi-signe', 'SIRET ou RNA': '\uFEFF\u200B123 456 789 00012' },
      ]
      for (const [at, cells] of strange.entries())
        await edit(stage, [stage.actors[at]!], () => cells).then(
          () => scene.note(`NocoDB takes text ${at}`),
          (cause: Error) => scene.note(`NocoDB refuses text ${at}: ${cause.message.slice(0, 120)}`),
        )
      await sleep(2000)
      await scene.settled('live', 120)
      await service.stop()
      await scene.start()
      await scene.wholeRun()
      await scene.settled('after a whole run', 120)
      scene.note(`said: ${said(service).join(' | ').slice(0, 600)}`)
      scene.expect(
        !scene.all.some(({ lines }) => /evil\.example|demi-signe|calc/u.test(JSON.stringify(lines))),
        'nothing of it is in the log',
      )
    },
  },
  {
    name: 'records-deleted-and-made-again',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      const some = stage.actors.slice(0, 12)
      const rows = await stage.test.cells('Acteurs')
      const key = stage.test.base.table('Acteurs').foreignKeys.get('EPCI')!
      await send(
        scene,
        'DELETE',
        'Acteurs',
        some.map((Id) => ({ Id })),
      )
      await stage.test.insert(
        'Acteurs',
        some.map((id, at) => ({
          Nom: String(rows.get(id)?.['Nom']),
          'Date de mise à jour': '2026-11-01',
          [key]: stage.epcis[at % 4]!,
        })),
      )
      await send(
        scene,
        'POST',
        'Acteurs',
        some.slice(0, 3).map((Id) => ({
          Id,
          Nom: 'le même numéro',
          'Date de mise à jour': '2026-11-02',
          [key]: stage.epcis[1],
        })),
      )
      await sleep(1500)
      await scene.settled('live')
      await service.stop()
      await scene.start()
      await scene.settled('after a restart')
      scene.note(`${(await stage.test.cells('Acteurs')).size} records; said: ${said(service).join(' | ')}`)
    },
  },
  {
    name: 'the-clock-goes-a-day-back-and-two-ahead',
    async act(scene) {
      const { stage } = scene
      const service = await scene.start()
      await scene.settled('first run')
      for (const [at, offset] of [-86_400_000, 172_800_000, 0].entries()) {
        service.clock(offset)
        await sleep(300)
        await edit(stage, stage.actors.slice(at * 10, at * 10 + 10), (id) => ({
          Adresse: `${id} rue ${at}`,
          Horaires: 'Mo-Fr 08:00-12:00',
        }))
        await sleep(3000)
      }
      await until(30, async () => true)
      await scene.settled('with the clock right again')
      scene.note(`said: ${said(service).join(' | ')}`)
    },
  },
]

function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

async function send(
  { stage }: Scene,
  method: 'POST' | 'DELETE',
  table: string,
  body: unknown,
): Promise<void> {
  await stage.test.base.http.send({
    method,
    path: `/api/v2/tables/${stage.test.base.table(table).id}/records`,
    body,
  })
}

async function lastMessage({ stage }: Scene): Promise<string> {
  return String([...(await stage.test.cells('Synchronisations')).values()].at(-1)?.['Message'])
}
