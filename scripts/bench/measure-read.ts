import { settings } from './our-work.ts'
import { inTurn, secondsOf } from './measure.ts'
import type { Bench } from './measure.ts'
import { runJob } from './run-job.ts'

const REPEATS = 5
/** The SDK loop may stop after so long, once it has read so many. */
const SDK = { seconds: 170, enough: 2000 }

/** Target 1: reading and assessing everything, beside the bare pages and the loop of the SDK. */
export async function measureRead({ stage, ratios, times, say }: Bench): Promise<void> {
  const { records } = stage
  const read = await stage.bareRead()
  await stage.database.restore('settled')
  say(`Full read, ${REPEATS} times in turn with the bare pages…`)
  const [bare, ours] = await inTurn(REPEATS, [
    () => runJob({ kind: 'bare', read }),
    () => runJob({ kind: 'read', place: stage.place('settled') }),
  ])
  const bareSeconds = secondsOf(bare!)
  const seconds = secondsOf(ours!)
  say('The SDK loop at its defaults…')
  const { url, token } = stage.place('settled')
  const table = stage.base.table(settings.columns.actors.title).id
  const sdk = await runJob({ kind: 'sdk', read: { url, token, table, ...SDK } })
  const whole = sdk.rows === records
  ratios.push(
    {
      ...{ target: 1, name: 'full read, assessed / bare lean read' },
      ...{ value: seconds / bareSeconds, better: 'lower', floor: 1.3, aim: 1.15, unit: '×' },
    },
    {
      ...{ target: 1, name: `SDK loop / full read${whole ? '' : ', by record'}` },
      ...{
        value: sdk.seconds / sdk.rows! / (seconds / records),
        better: 'higher',
        floor: 8,
        aim: 8,
        unit: '×',
      },
    },
  )
  times.push(
    {
      name: 'bare lean read',
      seconds: bareSeconds,
      records,
      repeats: REPEATS,
      note: `${read.paths.length} pages, JSON.parse only`,
    },
    { name: 'full read', seconds, records, repeats: REPEATS, note: 'read, assessed, counted by EPCI' },
    {
      name: 'SDK loop',
      seconds: sdk.seconds,
      records: sdk.rows!,
      repeats: 1,
      note: `25 a page, every column${whole ? '' : '; stopped before the end'}`,
    },
  )
}
