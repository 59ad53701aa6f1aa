import { Client } from 'pg'
import { inject } from 'vitest'
import { storeSuite } from './store-suite.ts'

const databaseUrl = inject('databaseUrl')

storeSuite('PostgreSQL', async () => {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query('drop schema if exists portrea cascade')
  await client.end()
  return { dataDir: '', databaseUrl }
})
