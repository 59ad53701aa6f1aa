import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Ratio, Time } from './figures.ts'
import { runJob } from './run-job.ts'
import type { Place } from './run-job.ts'

const COUNTS = [100_000, 1_000_000] as const
const MEMORY_MB = 300

/** Target 3: the memory of a whole run over a million records, and over a tenth of it: it does not grow. */
export async function measureMillion({
  ratios,
  times,
  say,
}: {
  readonly ratios: Ratio[]
  readonly times: Time[]
  say(text: string): void
}): Promise<void> {
  for (const records of COUNTS) {
    say(`A whole run over ${records} records, on the double of NocoDB…`)
    const { seconds, rssMb, rows } = await onDouble(records, (place) => runJob({ kind: 'sync', place }))
    if (rows !== records) throw new Error(`${rows} records were read out of ${records}.`)
    ratios.push({
      ...{ target: 3, name: `memory of a whole run, ${records} records, names apart` },
      ...{ value: rssMb, better: 'lower', floor: MEMORY_MB, aim: MEMORY_MB, unit: 'MB' },
    })
    times.push({ name: 'job on the double', seconds, records, repeats: 1, note: `${Math.round(rssMb)} MB` })
  }
}

async function onDouble<Result>(records: number, work: (place: Place) => Promise<Result>): Promise<Result> {
  const child = fork(join(import.meta.dirname, 'million-double.ts'), { execArgv: [] })
  const ended = new Promise((end) => child.once('exit', end))
  try {
    const place = await new Promise<Place>((done, reject) => {
      child.once('message', (answer: Place) => done(answer))
      child.once('exit', (code) => reject(new Error(`The double of NocoDB ended with ${code}.`)))
      child.send(records)
    })
    return await work(place)
  } finally {
    if (child.connected) child.disconnect()
    await ended
  }
}
