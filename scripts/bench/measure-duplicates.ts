import { inTurn, secondsOf } from './measure.ts'
import type { Bench } from './measure.ts'
import { runJob } from './run-job.ts'

const REPEATS = 3
const SECONDS = 10

/** The pairs that look alike among all records: within ten seconds, and a few hundred bytes a record. */
export async function measureDuplicates({ stage, ratios, times, say }: Bench): Promise<void> {
  const { records } = stage
  say(`Possible duplicates among ${records} records, ${REPEATS} times…`)
  const [runs] = await inTurn(REPEATS, [() => runJob({ kind: 'duplicates', records })])
  const seconds = secondsOf(runs!)
  const [{ gathered = 0, pairs = 0, crowds = 0, bytes = 0 }] = runs as [(typeof runs & {})[number]]
  ratios.push({
    ...{ target: 3, name: `possible duplicates of ${records} records` },
    ...{ value: seconds, better: 'lower', floor: SECONDS, aim: SECONDS / 5, unit: 's' },
  })
  times.push({
    ...{ name: 'possible duplicates', seconds, records, repeats: REPEATS },
    note: `${gathered.toFixed(2)} s of it while pages come; ${pairs} pairs, ${crowds} crowds; ${Math.round(bytes)} bytes a record`,
  })
}
