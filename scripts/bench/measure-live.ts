import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { desiredSchema } from '../../src/nocodb/provision/desired-schema.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'
import { percentile } from './figures.ts'
import type { Ratio } from './figures.ts'
import { sendHooks } from './hook-load.ts'
import type { HookLoad } from './hook-load.ts'
import { timeEdits } from './live-edits.ts'
import { SECRET, startLiveService } from './live-service.ts'
import type { LiveService } from './live-service.ts'
import type { Bench } from './measure.ts'
import { settings } from './our-work.ts'

const EDITS = { perSecond: 10, seconds: 60 }
const HOOKS = { perSecond: 200, seconds: 60 }

/** Target 4: what happens between a person's edit and the figures, with the service in a process of its own. */
export async function measureLive(bench: Bench): Promise<void> {
  const { stage, say } = bench
  await stage.database.restore('settled')
  const store = await mkdtemp(join(tmpdir(), 'portrea-bench-live-'))
  const place = stage.place('settled')
  await cp(place.store!, store, { recursive: true })
  const service = await startLiveService(place, store)
  try {
    const target = { url: `${service.url}/webhooks/nocodb`, secret: SECRET }
    await provision(stage.base, desiredSchema(settings.columns, settings.rules, { target }))
    await sleep(20_000) // at its start it looks for what no notice said, and reads each EPCI whole, once
    say(`${EDITS.perSecond} edits a second for ${EDITS.seconds} s, over every EPCI…`)
    await edits(bench, service)
    say(`${HOOKS.perSecond} webhooks a second for ${HOOKS.seconds} s…`)
    await hooks(bench, service)
  } finally {
    await service.stop()
    await rm(store, { recursive: true })
  }
  await hooksAlone(bench)
}

/** The same webhooks with a NocoDB that does not answer, as if it had cores of its own: the time that is the service's. */
async function hooksAlone({ stage, ratios, say }: Bench): Promise<void> {
  say('The same, without NocoDB…')
  const store = await mkdtemp(join(tmpdir(), 'portrea-bench-alone-'))
  const service = await startLiveService({ ...stage.place(null), url: 'http://127.0.0.1:9' }, store)
  try {
    const load = await sendHooks(service, hooked(stage), HOOKS)
    ratios.push(...answered(`at ${HOOKS.perSecond} a second, NocoDB apart`, load))
  } finally {
    await service.stop()
    await rm(store, { recursive: true })
  }
}

/** Webhooks of our own go along with those of NocoDB, as many: how long NocoDB waits for its own is not told. */
async function edits({ stage, ratios, times }: Bench, service: LiveService): Promise<void> {
  const [{ record, epci }, load] = await Promise.all([
    timeEdits(stage, EDITS),
    sendHooks(service, hooked(stage), EDITS),
  ])
  const row = (name: string, value: number, aim: number) => ratios.push(milliseconds(name, value, aim))
  row('edit → figures of the record, p50', percentile(record, 50), 250)
  row('edit → figures of the record, p95', percentile(record, 95), 600)
  row('edit → figures of its EPCI, p95', percentile(epci, 95), 1200)
  ratios.push(...answered('beside the edits', load))
  times.push({
    ...{
      name: 'live edits, until the EPCI is there (p50)',
      seconds: percentile(epci, 50) / 1000,
      records: 1,
    },
    ...{
      repeats: record.length,
      note: `record p99 ${Math.round(percentile(record, 99))} ms; EPCI p99 ${Math.round(percentile(epci, 99))} ms`,
    },
  })
}

async function hooks({ stage, ratios, times }: Bench, service: LiveService): Promise<void> {
  const load = await sendHooks(service, hooked(stage), HOOKS)
  if (load.refused > 0) throw new Error(`${load.refused} of ${load.sent} webhooks were refused.`)
  ratios.push(...answered(`at ${HOOKS.perSecond} a second, NocoDB on the same cores`, load))
  // What the first seconds need to warm up is no growth.
  const [warm, last] = [load.rssMb[2] ?? Number.NaN, load.rssMb.at(-1) ?? Number.NaN]
  ratios.push({
    ...{ target: 4, name: `memory after ${load.sent} webhooks / after 2,000` },
    ...{ value: last / warm, better: 'lower', floor: 1.2, aim: 1.1, unit: '×' },
  })
  times.push({
    ...{
      name: 'webhook stored and answered (p50)',
      seconds: percentile(load.milliseconds, 50) / 1000,
      records: 1,
    },
    ...{
      repeats: load.sent,
      note: `${HOOKS.perSecond} a second; memory ${load.rssMb.map(Math.round).join(', ')} MB`,
    },
  })
}

/** How long webhooks took, and what is ours of that time: the rest is the machine's, at that moment and under that load. */
function answered(when: string, { milliseconds: took, bare }: HookLoad): Ratio[] {
  const [ours, least] = [percentile(took, 99), percentile(bare, 99)]
  const name = `  beside a bare server with one durable write (p99 ${least.toFixed(1)} ms)`
  return [
    milliseconds(`webhook stored and answered ${when}, p99`, ours, 5),
    { target: 4, name, value: ours / least, better: 'lower', floor: 2, aim: 1.25, unit: '×' },
  ]
}

/** The rows that webhooks tell of. */
function hooked({ base, records }: Bench['stage']) {
  return { base: base.id, table: base.table(settings.columns.actors.title).id, rows: records }
}

function milliseconds(name: string, value: number, aim: number): Ratio {
  return { target: 4, name, value, better: 'lower', floor: aim, aim, unit: 'ms' }
}
