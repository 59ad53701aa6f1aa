import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, withBase } from '../../src/app.ts'
import type { BareRead } from './bare-read.ts'
import type { Ratio, Time } from './figures.ts'
import type { ToDouble } from './million-double.ts'
import { runJob } from './run-job.ts'
import type { Outcome, Place } from './run-job.ts'
import { environmentOf, settings } from './our-work.ts'

const COUNTS = [20_000, 100_000, 1_000_000] as const
const MEMORY_MB = 300
const EDITED = 1000

type Million = { readonly ratios: Ratio[]; readonly times: Time[]; say(text: string): void }

/**
 * Target 3: a base of a million records beside smaller ones: seconds a record do not grow, memory hardly does; a night reads
 * what changed; the work of one webhook does not hang on how large the base is.
 */
export async function measureMillion(bench: Million, counts: readonly number[] = COUNTS): Promise<void> {
  for (const records of counts) await measureBase(bench, records)
  bench.say('Possible duplicates of a million records…')
  for (const records of [...counts]) await measureDuplicates(bench, records)
}

async function measureBase({ ratios, times, say }: Million, records: number): Promise<void> {
  say(`${records} records on the double of NocoDB…`)
  const folder = await mkdtemp(join(tmpdir(), 'portrea-bench-'))
  const double = await startDouble(records)
  const note = (name: string, { seconds, rssMb, rows = records }: Outcome, more = '') => {
    say(`${name}: ${seconds.toFixed(1)} s, ${Math.round(rssMb)} MB${more}`)
    times.push({
      ...{ name, seconds, records: rows, repeats: 1 },
      note: `${Math.round(rssMb)} MB; ${((1e6 * seconds) / records).toFixed(0)} µs a record of the base${more}`,
    })
  }
  try {
    const { place } = double
    const known = { ...place, store: folder }
    const first = await runJob({ kind: 'sync', place, keepStore: folder })
    if (first['rows'] !== records) throw new Error(`${first['rows']} records were read out of ${records}.`)
    note(`first run of ${records}`, first, `; ${first['cellsWritten']} cells written`)
    const whole = await runJob({ kind: 'sync', place: known, whole: true, keepStore: folder })
    note(`whole run of ${records}`, whole, `; ${whole['cellsWritten']} cells written`)
    for (const [name, { rssMb }] of [
      ['first run', first],
      ['whole run', whole],
    ] as const)
      ratios.push({
        ...{ target: 3, name: `memory of a ${name}, ${records} records, names apart`, value: rssMb },
        ...{ better: 'lower', floor: MEMORY_MB, aim: MEMORY_MB, unit: 'MB' },
      })
    const webhook = await runJob({ kind: 'webhook', place: known })
    const { recordMs = 0, epciMs = 0, epciRecords = 0 } = webhook
    const work = `; record ${recordMs.toFixed(1)} ms, EPCI of ${epciRecords} records ${epciMs.toFixed(1)} ms`
    note(`work of 20 webhooks, ${records}`, webhook, work)
    await night({ ratios, times, say }, records, { double, known, note })
  } finally {
    await double.stop()
    await rm(folder, { recursive: true })
  }
}

/** A night with a thousand records changed, beside the bare reading of the columns that it scans. */
async function night(
  { ratios }: Million,
  records: number,
  {
    double,
    known,
    note,
  }: {
    readonly double: MillionDouble
    readonly known: Place
    readonly note: (name: string, outcome: Outcome, more?: string) => void
  },
): Promise<void> {
  await double.edit(EDITED)
  const bare = await runJob({ kind: 'bare', read: await narrowRead(known, records) })
  note(`bare scan of ${records}`, bare)
  const ours = await runJob({ kind: 'sync', place: known })
  note(`night, ${EDITED} of ${records} changed`, ours, `; ${ours['rowsWritten']} rows written`)
  ratios.push({
    ...{ target: 3, name: `night, ${EDITED} of ${records} changed / bare scan` },
    ...{ value: ours.seconds / bare.seconds, better: 'lower', floor: 3, aim: 3, unit: '×' },
  })
}

async function narrowRead(place: Place, records: number): Promise<BareRead> {
  const { url, token } = place
  const id = await withBase(environmentOf(place), settings, createLog('warn'), (opened) =>
    Promise.resolve(opened.table(settings.columns.actors.title).id),
  )
  const { title: link } = settings.columns.actors.columns.epci
  const fields = encodeURIComponent(['Id', link, 'UpdatedAt', 'CreatedAt'].join(','))
  const paths = Array.from({ length: Math.ceil(records / 1000) }, (_, page) => {
    const where = encodeURIComponent(`(Id,gt,${page * 1000})~and(Id,le,${(page + 1) * 1000})`)
    return `/api/v2/tables/${id}/records?fields=${fields}&limit=1000&sort=Id&where=${where}`
  })
  return { url, token, paths, connections: settings.nocodb.connections }
}

async function measureDuplicates({ times, say }: Million, records: number): Promise<void> {
  const outcome = await runJob({ kind: 'duplicates', records })
  const { seconds, gathered = 0, pairs = 0, crowds = 0, bytes = 0, rssMb } = outcome
  const note = `${gathered.toFixed(1)} s of it while pages come; ${pairs} pairs, ${crowds} crowds; ${Math.round(bytes)} bytes a record held at the end; ${Math.round(rssMb)} MB with what makes them; Splink's own word for a million: about a minute on a laptop`
  say(`possible duplicates of ${records}: ${seconds.toFixed(1)} s; ${note}`)
  times.push({ name: `possible duplicates of ${records}`, seconds, records, repeats: 1, note })
}

type MillionDouble = {
  readonly place: Place
  edit(count: number): Promise<void>
  stop(): Promise<void>
}

async function startDouble(records: number): Promise<MillionDouble> {
  const child = fork(join(import.meta.dirname, 'million-double.ts'), { execArgv: [] })
  const ended = new Promise((end) => child.once('exit', end))
  const ask = <Answer>(asked: ToDouble) =>
    new Promise<Answer>((done, reject) => {
      const gone = (code: number | null) => reject(new Error(`The double of NocoDB ended with ${code}.`))
      child.once('exit', gone)
      child.once('message', (answer: Answer) => {
        child.off('exit', gone)
        done(answer)
      })
      child.send(asked)
    })
  const stop = async () => {
    if (child.connected) child.disconnect()
    await ended
  }
  try {
    const place = await ask<Place>({ serve: records })
    const edit = async (count: number) => void (await ask({ edit: count }))
    return { place, edit, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}
