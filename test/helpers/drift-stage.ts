import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect } from 'vitest'
import { openNamed } from '../../src/app.ts'
import { loadGeography } from '../../src/config/geography.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { PortreaError } from '../../src/errors.ts'
import { startService } from '../../src/main.ts'
import type { Service } from '../../src/main.ts'
import { openStore } from '../../src/store/database.ts'
import { enqueue, countInbox } from '../../src/store/inbox.ts'
import { listRuns } from '../../src/store/runs.ts'
import { rememberNames } from '../../src/engine/known-base.ts'
import { all } from './double-base.ts'
import { runSync } from '../../src/engine/run-sync.ts'
import type { SyncOptions, SyncResult } from '../../src/engine/run-sync.ts'
import type { DriftCase, DriftPlace } from '../engine/drift.ts'
import { HOOK_SECRET } from './live-service.ts'

import type { Values } from './nocodb-double/store.ts'
import { plain } from './plain.ts'
import { settings } from './portrea-base.ts'

/** A base of ours on a server, where a person and the service meet: the person's token, the service's own. */
export type Server = {
  readonly url: string
  readonly token: string
  readonly serviceToken: string
  readonly base: string
  /** Where NocoDB's webhooks go on to from now on. */
  listen(url: string): void
}

const geography = loadGeography()
const LONGEST_MS = 90_000

/** The service with a store of its own on that base, run by night (`sync`) or live (`start`); and what people see of it. */
export async function driftStage(server: Server) {
  const { url, token, base, serviceToken } = server
  const dataDir = await mkdtemp(join(tmpdir(), 'portrea-drift-'))
  const store = await openStore({ dataDir })
  const environment = readEnvironment([], {
    ...{ NOCODB_URL: url, NOCODB_TOKEN: serviceToken, NOCODB_BASE: base, PORTREA_DATA_DIR: dataDir },
    ...{ PORTREA_API_TOKEN: 'a-token-for-tests', PORTREA_WEBHOOK_SECRET: HOOK_SECRET, PORT: '0' },
    PORTREA_CRON: '0 3 1 1 *',
  })
  const log = pino({ level: 'silent' })
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers = { 'xc-token': token, 'content-type': 'application/json' }
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as T
  }
  const ids = await idsOf(call, base)
  const place: DriftPlace = {
    call,
    tableId: (table) => ids.get(table)!,
    columnId: (table, column) => ids.get(`${table}.${column}`)!,
  }
  let service: Service | null = null
  const sync = async (options: SyncOptions = all): Promise<SyncResult> => {
    const opened = await openNamed(environment, settings, log, store)
    try {
      await rememberNames(store, opened)
      const { rules, columns, webhooks, nocodb } = settings
      const parts = { base: opened, store, log, rules, columns, webhooks, geography, brake: nocodb.brake }
      return await runSync({ ...parts, now: () => new Date() }, options)
    } finally {
      await opened.close()
    }
  }
  return {
    ...{ place, store, sync },
    /** A person writes in the first record. */
    write: (values: Values) => write(place, values),
    /** A webhook that still came through. */
    notice: () =>
      enqueue(store, [{ base, about: place.tableId('Acteurs'), record: '1', event: 'update' }], new Date()),
    /** What the pages tell of the last run, where it failed. */
    async lastFaults(): Promise<string | null> {
      const [last] = (await listRuns(store, 50)).filter(({ dryRun }) => !dryRun)
      return last?.status === 'failed' ? plain((last.error?.faults ?? []).join('\n')) : null
    },
    async start() {
      service = await startService(environment, settings, log)
      server.listen(`${service.url}/webhooks/nocodb`)
    },
    async stop() {
      await service?.stop()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
    health: async () => {
      const answer = await fetch(`${service!.url}/health/ready`)
      const { checks } = (await answer.json()) as { checks: { nocodb: { detail: string } } }
      return { status: answer.status, detail: checks.nocodb.detail }
    },
  }
}

export type DriftStage = Awaited<ReturnType<typeof driftStage>>

async function idsOf(call: DriftPlace['call'], base: string): Promise<Map<string, string>> {
  const { list } = await call<{ list: { id: string; title: string }[] }>(
    'GET',
    `/api/v3/meta/bases/${base}/tables`,
  )
  const ids = new Map(list.map(({ id, title }) => [title, id]))
  for (const { id, title } of list) {
    const { columns } = await call<{ columns: { id: string; title: string }[] }>(
      'GET',
      `/api/v2/meta/tables/${id}`,
    )
    for (const column of columns) ids.set(`${title}.${column.title}`, column.id)
  }
  return ids
}

/** By night: right figures, or none and a sentence; and right again once it is mended. */
export async function proveByNight({ place, store, sync }: DriftStage, one: DriftCase): Promise<void> {
  await one.change(place)
  try {
    const before = await cells(place)
    if (typeof one.outcome === 'string') {
      const { counts, reported } = await sync()
      expect(counts.refused).toBe(0)
      if (one.says !== undefined)
        expect(plain(reported.map(({ message }) => message).join('\n'))).toMatch(one.says)
    } else {
      const fault = await sync().catch((cause: unknown) => cause)
      expect(fault).toBeInstanceOf(PortreaError)
      expect(plain((fault as PortreaError).faults.join('\n'))).toMatch(one.outcome)
      expect(await lastMessage(place)).toMatch(one.outcome)
    }
    expect(await cells(place)).toEqual(before)
  } finally {
    await one.mend?.(place)
  }
  if (one.mend === null) return
  await sync({ ...all, accept: true })
  expect((await sync({ ...all, dryRun: true, whole: true })).plan).toEqual([])
  expect(await countInbox(store)).toMatchObject({ failed: 0 })
}

/** Live: the same, while a person writes in a record; nobody starts anything again. */
export async function proveLive(stage: DriftStage, one: DriftCase): Promise<void> {
  const { place } = stage
  await one.change(place)
  try {
    await changedLive(stage, one)
  } finally {
    await one.mend?.(place)
  }
  if (one.mend === null) return
  await write(place, { 'Prise de rendez-vous': `https://${one.name.length}.example.org/rdv` })
  await right(stage)
  await until('health is well again', async () => (await stage.health()).status === 200)
}

async function changedLive(stage: DriftStage, { name, outcome, says }: DriftCase): Promise<void> {
  const { place } = stage
  const changed = new Date().toISOString()
  const before = await cells(place)
  await write(place, { 'Site web': `https://${name.length}.example.org` })
  if (typeof outcome === 'string') {
    await right(stage)
    if (says !== undefined)
      await until('people read it', async () => says.test((await lastMessage(place)) ?? ''))
    expect((await stage.health()).status).toBe(200)
    return
  }
  await until('health says so', async () => {
    const { status, detail } = await stage.health()
    return status === 503 && detail.startsWith('SCHEMA_MISMATCH: ')
  })
  await until('people read it', async () => outcome.test((await lastMessage(place)) ?? ''))
  const [last] = await wholeRuns(stage)
  expect(last).toMatchObject({ status: 'failed', error: { code: 'SCHEMA_MISMATCH' } })
  expect(plain(last!.error!.faults!.join('\n'))).toMatch(outcome)
  expect(last!.startedAt > changed).toBe(true)
  expect(await cells(place)).toEqual(before)
}

/** Nothing waits, the last whole run is done, and a whole run would write nothing. */
export async function right(stage: DriftStage): Promise<void> {
  await until(
    'the figures are right',
    async () => {
      const [last] = await wholeRuns(stage)
      if (last?.status === 'held') await stage.sync({ ...all, accept: true }) // what was emptied is so for good
      if (last?.status !== 'done' || (await countInbox(stage.store)).waiting > 0) return false
      const { plan } = await stage.sync({ ...all, dryRun: true, whole: true })
      return plan!.every(({ changes, inserts }) => changes.length + inserts.length === 0)
    },
    1500,
  ) // a run, even a dry one, keeps NocoDB busy
}

async function wholeRuns({ store }: DriftStage) {
  return (await listRuns(store, 50)).filter(({ dryRun }) => !dryRun)
}

export async function until(what: string, holds: () => Promise<boolean>, everyMs = 300): Promise<void> {
  const limit = performance.now() + LONGEST_MS
  for (let fault: unknown = null; ; await new Promise((resolve) => setTimeout(resolve, everyMs))) {
    try {
      if (await holds()) return
      fault = null
    } catch (cause) {
      fault = cause // it is under way
    }
    if (performance.now() > limit) throw new Error(`it never was so: ${what}`, { cause: fault })
  }
}

/** A person writes in the first record. */
async function write(place: DriftPlace, values: Values): Promise<void> {
  const byId = Object.entries(values).map(([title, cell]) => [place.columnId('Acteurs', title), cell])
  const path = `/api/v2/tables/${place.tableId('Acteurs')}/records`
  await place.call('PATCH', path, [{ [place.columnId('Acteurs', 'Id')]: 1, ...Object.fromEntries(byId) }])
}

/** What the service writes, by id of column, whatever they are called. */
async function cells(place: DriftPlace): Promise<unknown> {
  return Promise.all(
    (['Acteurs', 'EPCI'] as const).map(async (table) => {
      const path = `/api/v2/tables/${place.tableId(table)}/records`
      const { list } = await place.call<{ list: Values[] }>('GET', `${path}?limit=100`)
      return list.map((row) => Object.entries(row).filter(([title]) => !OTHERS.has(title)))
    }),
  )
}

const OTHERS = new Set(['UpdatedAt', 'Touché le', 'nc_updated_by', 'Site web', 'Prise de rendez-vous'])

async function lastMessage(place: DriftPlace): Promise<string | null> {
  const path = `/api/v2/tables/${place.tableId('Synchronisations')}/records`
  const { list } = await place.call<{ list: Values[] }>('GET', `${path}?limit=1&sort=-Id`)
  const message = list[0]?.['Message']
  return typeof message === 'string' ? plain(message) : null
}
