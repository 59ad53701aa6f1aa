import { careful, oneByOne } from './peers.ts'
import { inTurn, secondsOf } from './measure.ts'
import type { Bench } from './measure.ts'
import { runJob } from './run-job.ts'
import type { Outcome } from './run-job.ts'
import type { Stage } from './stage.ts'

const REPEATS = 3
const ONE_PERCENT = 100

/** Target 2: the nightly job, with the EPCI link on the table. */
export async function measureJob(bench: Bench): Promise<void> {
  const seconds = await measureNight(bench)
  await carefulScripts(bench, seconds)
  await allChanged(bench)
  await oneByOneScript(bench, seconds)
}

/** The same without the peers. Answers the seconds of a night with 1 % changed. */
export async function measureNight(bench: Bench): Promise<number> {
  await nothingChanged(bench)
  return onePercent(bench)
}

async function nothingChanged({ stage, ratios, times, say }: Bench): Promise<void> {
  say(`The nightly job, nothing changed, ${REPEATS} times in turn with the bare pages…`)
  const { records, database } = stage
  const read = await stage.bareRead()
  await database.restore('settled')
  const [bare, ours] = await inTurn(REPEATS, [
    () => runJob({ kind: 'bare', read }),
    () => sync(stage, 'settled'),
  ])
  const [{ cellsWritten, opened, rssMb }] = ours! as [Outcome]
  if (cellsWritten !== 0) throw new Error(`A second run wrote ${cellsWritten} cells: it must write none.`)
  const seconds = secondsOf(ours!)
  ratios.push({
    ...{ target: 2, name: 'job, nothing changed / bare lean read' },
    ...{ value: seconds / secondsOf(bare!), better: 'lower', floor: 0.5, aim: 0.4, unit: '×' },
  })
  times.push({
    ...{ name: 'job, nothing changed', seconds, records, repeats: REPEATS },
    note: `0 cells written; ${opened!.toFixed(2)} s of it to open the base; ${Math.round(rssMb)} MB`,
  })
}

async function onePercent({ stage, ratios, times, say }: Bench): Promise<number> {
  say(`The nightly job, 1 % changed, ${REPEATS} times in turn with the bare pages…`)
  const { records, database } = stage
  const read = await stage.bareRead()
  const edited = async (work: () => Promise<Outcome>) => {
    await database.restore('settled')
    await database.edit(ONE_PERCENT)
    return work()
  }
  const [bare, ours] = await inTurn(REPEATS, [
    () => edited(() => runJob({ kind: 'bare', read })),
    () => edited(() => sync(stage, 'settled')),
  ])
  const seconds = secondsOf(ours!)
  ratios.push({
    ...{ target: 2, name: 'job, 1 % changed / bare lean read' },
    ...{ value: seconds / secondsOf(bare!), better: 'lower', floor: 1.4, aim: 1.2, unit: '×' },
  })
  const [{ rowsWritten, cellsWritten, opened } = ours![0]!] = ours!
  times.push({
    ...{ name: 'job, 1 % changed', seconds, records, repeats: REPEATS },
    note: `${rowsWritten} rows, ${cellsWritten} cells written; ${opened!.toFixed(2)} s of it to open the base`,
  })
  return seconds
}

async function carefulScripts({ stage, ratios, times, say }: Bench, ours: number): Promise<void> {
  say('The careful Python script, 1 % changed…')
  const { records, database } = stage
  await database.restore('settled')
  await database.edit(ONE_PERCENT)
  const all = await careful(stage, false)
  await database.edit(ONE_PERCENT)
  const diff = await careful(stage, true)
  if (all === null || diff === null) return say('There is no Python here: its rows are left out.')
  ratios.push({
    ...{ target: 2, name: 'careful Python / job, 1 % changed' },
    ...{ value: all.seconds / ours, better: 'higher', floor: 8, aim: 60, unit: '×' },
  })
  const written = ({ written }: { written: number }) => `page 1000, batches of 100, ${written} rows written`
  times.push(
    { name: 'careful Python', seconds: all.seconds, records, repeats: 1, note: written(all) },
    {
      name: 'careful Python that compares first',
      seconds: diff.seconds,
      records,
      repeats: 1,
      note: written(diff),
    },
  )
}

async function allChanged({ stage, ratios, times, say }: Bench): Promise<void> {
  say('The nightly job and the careful script, everything changed…')
  const { records, database } = stage
  const seconds = secondsOf(
    (
      await inTurn(2, [
        async () => {
          await database.restore('raw')
          return sync(stage, null)
        },
      ])
    )[0]!,
  )
  times.push({ name: 'job, all changed', seconds, records, repeats: 2, note: '' })
  await database.restore('raw')
  const peer = await careful(stage, false)
  if (peer === null) return
  ratios.push({
    ...{ target: 2, name: 'careful Python / job, all changed' },
    ...{ value: peer.seconds / seconds, better: 'higher', floor: 1.5, aim: 1.5, unit: '×' },
  })
  times.push({ name: 'careful Python, all changed', seconds: peer.seconds, records, repeats: 1, note: '' })
}

async function oneByOneScript({ stage, ratios, times, say }: Bench, ours: number): Promise<void> {
  const { records, database } = stage
  say(`One PATCH a row, unshortened, on ${records} records…`)
  await database.restore('settled')
  await database.edit(ONE_PERCENT)
  const peer = await oneByOne(stage)
  if (peer === null) return
  ratios.push({
    ...{ target: 2, name: 'one PATCH a row / job, 1 % changed' },
    ...{ value: peer.seconds / ours, better: 'higher', floor: 100, aim: 100, unit: '×' },
  })
  times.push({
    ...{ name: 'one PATCH a row', seconds: peer.seconds, records: peer.written, repeats: 1 },
    note: 'pages of 100, unshortened',
  })
}

function sync(stage: Stage, store: string | null): Promise<Outcome> {
  return runJob({ kind: 'sync', place: stage.place(store) })
}
