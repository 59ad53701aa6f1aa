import { Client } from 'pg'
import { describe, it } from 'vitest'
import { storeSuite } from './store-suite.ts'

const databaseUrl = process.env.PORTREA_TEST_DATABASE_URL

if (databaseUrl === undefined) {
  describe('store on PostgreSQL', () => {
    it.skip('needs PORTREA_TEST_DATABASE_URL, an empty database', () => {})
  })
} else {
  storeSuite('PostgreSQL', async () => {
    const client = new Client(databaseUrl)
    await client.connect()
    await client.query('drop schema if exists portrea cascade')
    await client.end()
    return { dataDir: '', databaseUrl }
  })
}
