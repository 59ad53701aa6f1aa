// One breakdown is played on a service that runs as it does for people, on the real NocoDB; what it leaves is held,
// cell by cell, against what a service that never saw this base would write.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Base } from '../../../src/nocodb/base.ts'
import { openStore } from '../../../src/store/database.ts'
import type { Store, StoreOptions } from '../../../src/store/database.ts'
import { leftBy, quiet, API_TOKEN } from '../stage.ts'
import type { Stage } from '../stage.ts'
import type { Served } from '../serve.ts'

/** What is done beside NocoDB's API. */
export type Besides = {
  /** Sets the instants at which NocoDB says that a row was made and changed. */
  age(base: Base, table: string, id: number, instant: string): Promise<void>
  /** Sends rows in one request, as a person's session may; answers its status. */
  insertAtOnce(base: Base, table: string, rows: readonly object[]): Promise<number>
  /** An empty database of its PostgreSQL, for a store. */
  newDatabase(name: string): Promise<string>
}

/** The NocoDB of the breakdowns, which may be killed and started again at the same address. */
export type Killable = Besides & {
  /** kill -9 of NocoDB; its PostgreSQL goes on. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Starts it where it was left dead. */
  ensure(): Promise<void>
  /** Its PostgreSQL, for that long. */
  postgresAway(milliseconds: number): Promise<void>
}

/** What a breakdown plays on. */
export type Scene = {
  readonly stage: Stage
  readonly nocodb: Killable
  readonly store: StoreOptions
  /** The one started last. */
  service: Served
  /** All that were started. */
  readonly all: Served[]
  /** Starts one more on the same store; hooks then go there. */
  start(store?: Partial<StoreOptions>): Promise<Served>
  /** Says what was seen. */
  note(text: string): void
  /** Says what is wrong. */
  fault(text: string): void
  /** As `fault`, unless it holds. */
  expect(holds: boolean, text: string): void
  /** Waits for the end of all that is to be done, and holds the base against a fresh whole run. */
  settled(what: string, seconds?: number): Promise<void>
  /** Holds the base against a fresh whole run, as it is now. */
  held(what: string): Promise<void>
  /** Asks for a whole run, and waits for its end. */
  wholeRun(): Promise<void>
  inStore<Result>(use: (store: Store) => Promise<Result>): Promise<Result>
}

export type Breakdown = {
  readonly name: string
  /** Records of the base (40). */
  readonly records?: number
  readonly act: (scene: Scene) => Promise<void>
}

/** What came of a breakdown. */
export type Played = {
  readonly name: string
  readonly notes: readonly string[]
  readonly faults: readonly string[]
  readonly seconds: number
}

/** Plays one on this stage, with a store of its own. */
export async function play(
  { name, act }: Breakdown,
  stage: Stage,
  nocodb: Killable,
  store?: StoreOptions,
): Promise<Played> {
  const begin = performance.now()
  const notes: string[] = []
  const faults: string[] = []
  const dataDir = join(await mkdtemp(join(tmpdir(), 'portrea-breakdown-')), 'var')
  const scene = sceneOn(stage, nocodb, store ?? { dataDir }, { notes, faults })
  try {
    await act(scene)
  } catch (cause) {
    faults.push(`it did not end: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
  } finally {
    for (const service of scene.all) await service.kill()
    stage.receiver.to = null
    stage.proxy.spoil = () => null
    await rm(join(dataDir, '..'), { recursive: true, force: true })
  }
  return { name, notes, faults, seconds: Math.round((performance.now() - begin) / 1000) }
}

function sceneOn(
  stage: Stage,
  nocodb: Killable,
  store: StoreOptions,
  { notes, faults }: { readonly notes: string[]; readonly faults: string[] },
): Scene {
  const inStore: Scene['inStore'] = async (use) => {
    const opened = await openStore(store)
    try {
      return await use(opened)
    } finally {
      await opened.close()
    }
  }
  const scene: Scene = {
    ...{ stage, nocodb, store, inStore, all: [] },
    get service() {
      return scene.all.at(-1)!
    },
    async start(other) {
      const service = await stage.serve({ ...store, ...other })
      scene.all.push(service)
      stage.receiver.to = `${service.url}/webhooks/nocodb`
      return service
    },
    note: (text) => void notes.push(text),
    fault: (text) => void faults.push(text),
    expect: (holds, text) => void (holds ? notes : faults).push(text),
    async settled(what, seconds = 60) {
      const begin = performance.now()
      try {
        await until(seconds, () => hasLooked(scene.service))
        await until(seconds, () =>
          inStore((opened) => quiet(opened, 3)).then(
            () => true,
            () => false,
          ),
        )
      } catch {
        faults.push(`${what}: it does not come to rest in ${seconds} s`)
      }
      const took = ((performance.now() - begin) / 1000).toFixed(1)
      await scene.held(`${what}, at rest after ${took} s`)
    },
    async held(what) {
      const left = await leftToStranger(stage)
      const some = left.length === 0 ? '' : ` ${JSON.stringify(left.slice(0, 3))}`
      scene.expect(left.length === 0, `${what}: ${left.length} rows differ from a fresh whole run${some}`)
    },
    async wholeRun() {
      await until(30, async () => (await wholeRun(scene.service)) === 202)
      await until(120, async () => (await runsOf(scene.service))[0]?.status !== 'running')
    },
  }
  return scene
}

/** Whether it has looked for what nobody told it since it last started. */
function hasLooked({ lines }: Served): boolean {
  const from = lines.findLastIndex(({ msg }) => msg === 'service started')
  return lines.slice(from).some(({ msg }) => String(msg).startsWith('reconciled'))
}

/** What a service that never saw this base would write to it. */
export async function leftToStranger({ test }: Stage) {
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-stranger-'))
  try {
    return await leftBy(test, { dataDir })
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

/** Asks again until the answer is no longer false or null. */
export async function until<Answer>(
  seconds: number,
  ask: () => Promise<Answer | null | false> | Answer | null | false,
): Promise<Answer> {
  const limit = performance.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    if (performance.now() > limit) throw new Error(`not so after ${seconds} s`)
    await sleep(100)
  }
}

/** Waits until nothing is left to do in this store. */
export async function quietIn(options: StoreOptions, seconds: number): Promise<void> {
  const store = await openStore(options)
  try {
    await quiet(store, seconds)
  } finally {
    await store.close()
  }
}

/** What /health/ready says. */
export async function health({ url }: Served): Promise<{ status: number; body: string }> {
  return fetch(`${url}/health/ready`).then(
    async (answer) => ({ status: answer.status, body: await answer.text() }),
    (cause: Error) => ({ status: 0, body: cause.message }),
  )
}

/** Asks for a whole run. */
export async function wholeRun({ url }: Served): Promise<number> {
  const headers = { authorization: `Bearer ${API_TOKEN}` }
  return (await fetch(`${url}/api/syncs`, { method: 'POST', headers })).status
}

/** The runs that it tells of, the newest first. */
export async function runsOf({
  url,
}: Served): Promise<{ id: string; status: string; trigger: string; error: unknown; progress: unknown }[]> {
  const headers = { authorization: `Bearer ${API_TOKEN}` }
  const answer = await fetch(`${url}/api/syncs`, { headers })
  const body = (await answer.json()) as Record<string, unknown>
  return body['syncs'] as never
}

/** Distinct warnings and errors of a service since `from`. */
export function said({ lines }: Served, from = 0): string[] {
  const loud = lines.slice(from).filter(({ level }) => Number(level) >= 40)
  return [
    ...new Set(
      loud.map(
        ({ msg, code, err }) =>
          `${String(msg)}${code === undefined ? '' : ` [${String(code)}]`}${err === undefined ? '' : ` (${String((err as { message?: string }).message).slice(0, 160)})`}`,
      ),
    ),
  ]
}

/** Edits people's cells of these rows, straight in NocoDB, a hundred a request. */
export async function edit(
  { test }: Stage,
  ids: readonly number[],
  cells: (id: number) => Record<string, unknown>,
): Promise<void> {
  const path = `/api/v2/tables/${test.base.table('Acteurs').id}/records`
  for (let from = 0; from < ids.length; from += 100)
    await test.base.http.send({
      method: 'PATCH',
      path,
      body: ids.slice(from, from + 100).map((Id) => ({ Id, ...cells(Id) })),
    })
}
