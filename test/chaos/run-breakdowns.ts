import { parseArgs } from 'node:util'
import { BREAKDOWNS } from './breakdowns/all.ts'
import { startKillable } from './breakdowns/killable-nocodb.ts'
import { playAll } from './breakdowns/run.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const begin = performance.now()
const say = (text: string) =>
  void process.stderr.write(
    `${String(Math.round((performance.now() - begin) / 1000)).padStart(5)} s  ${text}\n`,
  )
const wanted = BREAKDOWNS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
)
const nocodb = await startKillable(say)
try {
  const played = await playAll(wanted, { access: nocodb.access, nocodb, say })
  process.exitCode = played.every(({ faults }) => faults.length === 0) ? 0 : 1
} finally {
  await nocodb.stop()
}
