import type { Bench } from './measure.ts'
import { runJob } from './run-job.ts'

/** Target 3: scoring one record beside `JSON.parse` of it. */
export async function measureScore({ stage, ratios, times, say }: Bench): Promise<void> {
  say('Scoring one record…')
  await stage.database.restore('settled')
  const read = await stage.bareRead()
  const {
    rows: records = 0,
    parseNs = 0,
    leanNs = 0,
    wholeNs = 0,
  } = await runJob({
    kind: 'score',
    ...{ place: stage.place('settled'), read },
  })
  const bare = times.find(({ name }) => name === 'bare lean read')
  const leanRead = (bare?.seconds ?? 0) / (bare?.records ?? 1)
  ratios.push(
    {
      ...{ target: 3, name: 'scoring a record without phone and hours / JSON.parse' },
      ...{ value: leanNs / parseNs, better: 'lower', floor: 0.5, aim: 0.5, unit: '×' },
    },
    {
      ...{ target: 3, name: 'scoring a record, all checks / its share of the lean read' },
      ...{ value: (100 * wholeNs) / 1e9 / leanRead, better: 'lower', floor: 10, aim: 10, unit: '%' },
    },
  )
  const time = (name: string, ns: number) =>
    times.push({
      name,
      seconds: (ns * records) / 1e9,
      records,
      repeats: 7,
      note: `${Math.round(ns)} ns a record`,
    })
  time('JSON.parse of each record', parseNs)
  time('scoring without phone and hours', leanNs)
  time('scoring, all checks', wholeNs)
}
