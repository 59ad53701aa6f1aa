// `npm run bench`: the targets of speed against a real NocoDB that it starts, beside the peers, in one run.
//   --records N   actors in the base (20000)
//   --million     also bases of up to a million records, on the double of NocoDB
//   --scale N,…   those alone, with so many records
//   --live        the live work alone
//   --night       the first run and the nights alone, without the peers
//   --sources     the reading of lists alone, without NocoDB
//   --import      sources of 20,000 and 100,000 rows matched with 20,000 records, without a NocoDB
//   --pages       the pages over 1,255 EPCI alone, without a NocoDB
//   --all         everything
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { tables, verdict } from './figures.ts'
import type { Bench } from './measure.ts'
import { measureDuplicates } from './measure-duplicates.ts'
import { measureImport } from './measure-import.ts'
import { measureJob, measureNight } from './measure-job.ts'
import { measureLive } from './measure-live.ts'
import { measurePages } from './measure-pages.ts'
import { measureRead } from './measure-read.ts'
import { measureScore } from './measure-score.ts'
import { measureSources } from './measure-sources.ts'
import { measureMillion } from './million.ts'
import { openStage } from './stage.ts'

const FILE = join('var', 'bench.json')
const MEMORY_MB = 150

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    live: { type: 'boolean', default: false },
    night: { type: 'boolean', default: false },
    import: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    scale: { type: 'string' },
    sources: { type: 'boolean', default: false },
    pages: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
})
const begin = performance.now()
const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model ?? '', node: process.version }
const scale = values.scale?.split(',').map(Number)
const { ratios, times } =
  scale === undefined && !values.sources && !values.import && !values.pages
    ? await measured(Number(values.records))
    : { ratios: [], times: [] }
if (values.import || values.all) await measureImport({ ratios, times, say })
if (values.million || values.all || scale !== undefined) await measureMillion({ ratios, times, say }, scale)
if (values.sources || values.all) await measureSources({ ratios, times, say })
if (values.pages || values.all) await measurePages({ ratios, times, say })
console.log(`\n${tables(ratios, times)}\n`)
console.log(
  `${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${values.import || values.pages ? '' : 'NocoDB on PostgreSQL, '}all on this machine.`,
)
const missed = ratios.filter((ratio) => verdict(ratio) === 'missed')
if (missed.length > 0) {
  console.log(`Below the floor: ${missed.map(({ name }) => name).join('; ')}.`)
  process.exitCode = 1
}
mkdirSync('var', { recursive: true })
const report = ratios.map((ratio) => ({ ...ratio, verdict: verdict(ratio) }))
writeFileSync(
  FILE,
  `${JSON.stringify({ at: new Date().toISOString(), machine, ratios: report, times }, null, 2)}\n`,
)
console.log(`The same as JSON: ${FILE}`)

async function measured(records: number): Promise<Bench> {
  const stage = await openStage(records, say)
  const measuring: Bench = { stage, ratios: [], times: [], say }
  try {
    say('The first run, which writes everything…')
    const first = await stage.settle('settled', records)
    if (values.live) {
      await measureLive(measuring)
      return measuring
    }
    await measureRead(measuring)
    if (values.night) await measureNight(measuring)
    else {
      await measureJob(measuring)
      await measureScore(measuring)
      await measureLive(measuring)
      await measureDuplicates(measuring)
    }
    measuring.ratios.push({
      ...{ target: 3, name: `memory of a whole run, ${records} records` },
      ...{ value: first.rssMb, better: 'lower', floor: MEMORY_MB, aim: MEMORY_MB, unit: 'MB' },
    })
    return measuring
  } finally {
    await stage.close()
  }
}

function say(text: string): void {
  const seconds = Math.round((performance.now() - begin) / 1000)
  process.stderr.write(`${String(seconds).padStart(4)} s  ${text}\n`)
}
