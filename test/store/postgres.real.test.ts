import { Client } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, inject, it } from 'vitest'
import { openStore } from '../../src/store/database.ts'
import { storeSuite } from './store-suite.ts'

const databaseUrl = inject('databaseUrl')

storeSuite('PostgreSQL', async () => {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query('drop schema if exists portrea cascade')
  await client.end()
  return { dataDir: '', databaseUrl }
})

it('says that the server is away, and goes on, where a connection is cut between two queries of a transaction', async () => {
  const store = await openStore({ dataDir: '', databaseUrl })
  const other = new Client(databaseUrl)
  await other.connect()
  const cut = store.db.transaction().execute(async (db) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
    await other.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await sleep(200) // the connection hears of it while nothing is asked of it
    await sql`select 1`.execute(db)
  })
  await expect(cut).rejects.toThrow(/connection/iu)
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(store.db)
  expect(rows).toEqual([{ one: 1 }])
  await other.end()
  await store.close()
})
