// People work in the base while everything around the service breaks; at the end nothing may be missing, nothing written
// twice, no cell of theirs touched, and every refusal told.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/database.ts'
import { listFailed } from '../../src/store/inbox.ts'
import type { RealNocodb } from '../helpers/real-nocodb.ts'
import { peopleAt } from './people.ts'
import type { Fault } from './proxy.ts'
import type { Served } from './serve.ts'
import { API_TOKEN, leftBy, openStage, quiet } from './stage.ts'
import type { Stage } from './stage.ts'

/** What a chaos run did and found. */
export type ChaosReport = {
  readonly seconds: number
  /** What people did, by kind. */
  readonly people: Readonly<Record<string, number>>
  /** Calls of webhooks: those NocoDB made, those lost on the way, what the service answered the others (0: nobody). */
  readonly hooks: {
    readonly made: number
    readonly lost: number
    readonly answered: Readonly<Record<string, number>>
  }
  /** What was broken, by kind. */
  readonly broken: Readonly<Record<string, number>>
  readonly cellsWritten: number
  /** Cells that a whole run that saw nothing of it would still write, at the end. */
  readonly lost: readonly unknown[]
  readonly writtenTwice: readonly string[]
  /** Columns of people that the service wrote to. */
  readonly human: readonly string[]
  /** Cells of people that are not what they last wrote. */
  readonly changed: readonly string[]
  /** Refusals that the service answered, and those that it told of in its log. */
  readonly refusals: { readonly answered: number; readonly told: number }
  readonly givenUp: number
  /** Lines of its log that hold what people wrote. */
  readonly leaks: number
}

export type ChaosOptions = {
  readonly seconds: number
  readonly records: number
  readonly seed: number
  readonly say: (text: string) => void
}

/** Runs it on a base of its own in this NocoDB. */
export async function chaos(nocodb: RealNocodb, options: ChaosOptions): Promise<ChaosReport> {
  const stage = await openStage(nocodb, 'chaos', options.records)
  try {
    return await breakOn(stage, options)
  } finally {
    await stage.close()
  }
}

type Breaking = {
  readonly stage: Stage
  readonly random: () => number
  readonly count: (kind: string) => void
  service: Served
  readonly all: Served[]
  readonly dataDir: string
  readonly say: (text: string) => void
}

async function breakOn(stage: Stage, { seconds, seed, say }: ChaosOptions): Promise<ChaosReport> {
  const begin = performance.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-chaos-store-'))
  const broken = new Map<string, number>()
  const count = (kind: string) => void broken.set(kind, (broken.get(kind) ?? 0) + 1)
  const random = generator(seed)
  const service = await stage.serve({ dataDir })
  const it: Breaking = { stage, random, count, service, all: [service], dataDir, say }
  stage.receiver.to = hookUrl(service)
  await settle(it)
  stage.receiver.calls.length = 0
  stage.receiver.answers.clear()
  let lost = 0
  let losing = 0
  stage.receiver.loses = () => losing > 0 && random() < losing && (lost += 1) > 0
  say('everything is in place: it begins to break')

  const people = peopleAt(stage, generator(seed + 1))
  const end = begin + seconds * 1000 * SHARE
  const working = people.workUntil(end)
  const events: Event[] = [] // each in its turn, in another order each time
  while (performance.now() < end) {
    if (events.length === 0) events.push(...shuffled(EVENTS, random))
    const [name, act] = events.pop()!
    losing = random() < 0.4 ? 0.3 : 0
    say(name)
    await act(it)
    await sleep(random() * 500)
  }
  await working
  losing = 0
  say('nothing breaks any more: it has to find its way back')
  await mend(it)
  await settle(it)
  const dead = await withStore(dataDir, (store) => listFailed(store, 100))
  await it.service.stop()
  const told = it.all.flatMap(({ lines }) => lines)
  const { account, faults } = stage.proxy
  const answered = Object.fromEntries(stage.receiver.answers)
  return {
    seconds: Math.round((performance.now() - begin) / 1000),
    people: people.done(),
    hooks: { made: stage.receiver.calls.length, lost, answered },
    broken: { ...Object.fromEntries(broken), ...Object.fromEntries(faults) },
    cellsWritten: account.cells,
    lost: await leftBy(stage.test, { dataDir }),
    writtenTwice: account.twice,
    human: [...account.human],
    changed: await people.changed(),
    refusals: {
      answered: Object.entries(answered).reduce(
        (sum, [status, times]) => sum + (Number(status) >= 400 ? times : 0),
        0,
      ),
      told: told.filter(({ msg }) => msg === 'webhook refused').length,
    },
    givenUp: dead.length,
    leaks: told.filter((line) => people.wrote(JSON.stringify(line))).length,
  }
}

/** Of the time, the part in which things break. */
const SHARE = 0.6

type Event = readonly [name: string, act: (it: Breaking) => Promise<void>]

const EVENTS: readonly Event[] = [
  ['NocoDB refuses connections', spoiling('refuse')],
  ['answers are late', spoiling('delay')],
  ['connections are cut before the work', spoiling('cut-before')],
  ['connections are cut after the work', spoiling('cut-after')],
  ['NocoDB says 429', spoiling(429)],
  ['NocoDB says 500', spoiling(500)],
  ['a proxy answers with its page', spoiling('garbage')],
  ['NocoDB says 200 and writes nothing', spoiling('lose')],
  ['nobody listens in place of NocoDB', away],
  ['the service is killed', kill],
  ['a whole run is asked for', whole],
  ['a whole run is asked for, and the service killed', (it) => whole(it).then(() => kill(it))],
  ['the disk is full', full],
  ['the clock goes back an hour', (it) => clock(it, -3_600_000)],
  ['the clock goes a day ahead', (it) => clock(it, 86_400_000)],
]

function spoiling(what: 429 | 500 | Exclude<Fault['kind'], 'answer'>): (it: Breaking) => Promise<void> {
  return async ({ stage: { proxy }, random }) => {
    const often = 0.2 + random() * 0.6
    proxy.spoil = ({ method }) => {
      if (random() > often) return null
      if (what === 'lose') return method === 'PATCH' ? { kind: 'lose' } : null
      if (what === 'delay') return { kind: 'delay', milliseconds: random() * 1500 }
      return typeof what === 'number' ? { kind: 'answer', status: what } : { kind: what }
    }
    await sleep(1000 + random() * 3000)
    proxy.spoil = () => null
  }
}

async function away({ stage: { proxy }, random, count }: Breaking): Promise<void> {
  count('away')
  await proxy.down()
  await sleep(500 + random() * 3000)
  await proxy.up()
}

async function kill(it: Breaking): Promise<void> {
  it.count('kill -9')
  await it.service.kill()
  await sleep(it.random() * 800)
  await start(it)
}

async function whole({ service, random, count }: Breaking): Promise<void> {
  count('whole run')
  const headers = { authorization: `Bearer ${API_TOKEN}` }
  await fetch(`${service.url}/api/syncs`, { method: 'POST', headers })
  await sleep(random() * 1000)
}

async function full(it: Breaking): Promise<void> {
  it.count('disk full')
  await it.service.disk(true)
  await sleep(1000 + it.random() * 2000)
  await it.service.disk(false)
}

async function clock({ service, random, count }: Breaking, offset: number): Promise<void> {
  count('clock stepped')
  service.clock(offset)
  await sleep(1000 + random() * 2000)
  service.clock(0)
}

async function start(it: Breaking): Promise<void> {
  it.service = await it.stage.serve({ dataDir: it.dataDir })
  it.all.push(it.service)
  it.stage.receiver.to = hookUrl(it.service)
}

/** All is well again; a start finds what no notice said. */
async function mend(it: Breaking): Promise<void> {
  it.stage.proxy.spoil = () => null
  it.service.clock(0)
  await it.service.stop()
  await start(it)
}

function settle({ dataDir }: Breaking): Promise<void> {
  return withStore(dataDir, (store) => quiet(store, 90))
}

async function withStore<Result>(
  dataDir: string,
  use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({ dataDir })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

function hookUrl({ url }: Served): string {
  return `${url}/webhooks/nocodb`
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

/** The same numbers for the same seed (mulberry32, public domain). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The lines that a person reads. */
export function chaosLines(report: ChaosReport): string[] {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ') || 'none'
  const { hooks, refusals } = report
  return [
    `${report.seconds} s. People: ${list(report.people)}.`,
    `Broken: ${list(report.broken)}.`,
    `Webhooks: ${hooks.made} made, ${hooks.lost} lost on the way; answered: ${list(hooks.answered)}.`,
    `Cells written: ${report.cellsWritten}; twice: ${report.writtenTwice.length}; in columns of people: ${report.human.length}.`,
    `Cells of people changed: ${report.changed.length}. Left to write: ${report.lost.length}. Given up: ${report.givenUp}.`,
    `Refusals answered: ${refusals.answered}, told in the log: ${refusals.told}. Lines with what people wrote: ${report.leaks}.`,
  ]
}
