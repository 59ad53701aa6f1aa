// `npm run chaos`: the same as in the tests, longer, on a NocoDB that it starts.
//   --minutes N   how long (10)
//   --records N   actors in the base (200)
//   --seed N      the same accidents again
// `npm run chaos -- --breakdowns [WORD…]`: instead, one after the other, every breakdown whose name holds a word (none: all),
// each held against a fresh whole run; NocoDB itself is killed, and its PostgreSQL restarted.
import { mkdtemp, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startNocodb } from '../../scripts/local-nocodb/start-nocodb.ts'
import { playBreakdowns } from './breakdowns/run.ts'
import { chaos, chaosLines } from './chaos.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    breakdowns: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    records: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const begin = performance.now()
const say = (text: string) =>
  void process.stderr.write(
    `${String(Math.round((performance.now() - begin) / 1000)).padStart(5)} s  ${text}\n`,
  )
if (values.breakdowns) process.exitCode = (await playBreakdowns(positionals, say)) ? 0 : 1
else await runChaos()

async function runChaos(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-chaos-nocodb-'))
  await chmod(dataDir, 0o711) // PostgreSQL may run as another user
  const account = { email: 'chaos@portrea.test', password: 'Portrea-chaos-1' }
  const nocodb = await startNocodb({
    database: 'postgres',
    dataDir,
    ...account,
    onStep: say,
    disposable: true,
  })
  try {
    say(`seed ${values.seed}`)
    const token = await nocodb.createToken('chaos')
    const options = {
      seconds: Number(values.minutes) * 60,
      records: Number(values.records),
      seed: Number(values.seed),
    }
    const report = await chaos({ url: nocodb.url, token, ...account }, { ...options, say })
    console.log(chaosLines(report).join('\n'))
    const { lost, writtenTwice, human, changed, givenUp, refusals, leaks } = report
    const faults = [...lost, ...writtenTwice, ...human, ...changed]
    for (const fault of faults.slice(0, 20)) console.log(JSON.stringify(fault))
    process.exitCode = faults.length + givenUp + leaks === 0 && refusals.told === refusals.answered ? 0 : 1
  } finally {
    await nocodb.stop()
  }
}
