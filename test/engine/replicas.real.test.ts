import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import type { Store } from '../../src/store/database.ts'
import { listFailed } from '../../src/store/inbox.ts'
import { listRuns } from '../../src/store/runs.ts'
import { leftBy, openStage, quiet, API_TOKEN } from '../chaos/stage.ts'
import type { Stage } from '../chaos/stage.ts'
import type { Served } from '../chaos/serve.ts'

const RECORDS = 80
const EDITS = 60
/** A service that deals with none of so many leaves them to the other. */
const MOST_EDITS = 2000

let stage: Stage
let store: Store
let databaseUrl: string
const services: Served[] = []

beforeAll(async () => {
  databaseUrl = await newDatabase('replicas')
  store = await openStore({ dataDir: '', databaseUrl })
  stage = await openStage(inject('postgresNocodb'), 'replicas', RECORDS)
}, 120_000)
afterAll(async () => {
  for (const service of services) await service.stop()
  await stage.close()
  await store.close()
})

it('two services on one PostgreSQL share the inbox; one that is killed in the middle loses nothing', async () => {
  const [one, two] = await Promise.all([stage.serve({ databaseUrl }), stage.serve({ databaseUrl })])
  services.push(one, two)
  await quiet(store)
  const whole = (await listRuns(store, 10)).filter(({ status }) => status === 'done')
  expect(whole, 'one of them did the first whole run').toHaveLength(1)

  let calls = 0
  let killed = false
  // As a balancer would: in turn, and to the other where one does not answer.
  Object.defineProperty(stage.receiver, 'to', {
    get: () => `${(killed || (calls += 1) % 2 === 0 ? two : one).url}/webhooks/nocodb`,
  })
  let made = 0
  const editFour = () => Promise.all([0, 1, 2, 3].map(() => edit((made += 1))))
  const shared = async () => [await processed(one), await processed(two)]
  while (Math.min(...(await shared())) <= 5) {
    expect(made, `each deals with some: ${(await shared()).join(' and ')}`).toBeLessThan(MOST_EDITS)
    await editFour()
  }
  const editing = (async () => {
    for (let left = EDITS; left > 0; left -= 4) await editFour()
  })()
  await expect.poll(() => leasedBy(store, 2), { timeout: 20_000, interval: 5 }).toBeGreaterThan(0)
  killed = true
  await one.kill()
  await editing
  await quiet(store)

  expect(await leftBy(stage.test, { dataDir: '', databaseUrl })).toEqual([])
  expect(await listFailed(store, 9)).toEqual([])
  const { account } = stage.proxy
  expect([...account.human], 'columns of people').toEqual([])
  expect(account.twice, `of ${account.cells} cells written`).toEqual([])
}, 120_000)

async function edit(at: number): Promise<void> {
  const { base } = stage.test
  const Id = stage.actors[(at * 7) % RECORDS]
  const path = `/api/v2/tables/${base.table('Acteurs').id}/records`
  await base.http.send({
    method: 'PATCH',
    path,
    body: [{ Id, Horaires: `Mo-Fr 08:00-12:${10 + (at % 50)}`, Source: `s${at}` }],
  })
}

/** How many leases are held now: rows that somebody is working on. */
async function leasedBy({ db }: Store, least: number): Promise<number> {
  const rows = await db.selectFrom('inbox').select('leasedBy').where('leasedBy', 'is not', null).execute()
  return rows.length >= least ? rows.length : 0
}

async function processed({ url }: Served): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${API_TOKEN}` } })
  const [, count] = /portrea_inbox_processed_total\{outcome="done"\} (\d+)/.exec(await answer.text()) ?? []
  return Number(count)
}

/** A database of our own beside the one that other tests empty. */
async function newDatabase(name: string): Promise<string> {
  const url = new URL(inject('databaseUrl'))
  const client = new Client(url.href)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}
