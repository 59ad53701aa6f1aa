import axios from 'axios'
import { Client } from 'pg'
import { signIn } from '../../../scripts/local-nocodb/account.ts'
import type { RealNocodb } from '../../helpers/real-nocodb.ts'
import type { Besides } from './scene.ts'

/** What is done beside NocoDB's API. @param databaseUrl of a database of the PostgreSQL that NocoDB is on */
export function besides({ url, email, password }: RealNocodb, databaseUrl: () => string): Besides {
  const inDatabase = async (name: string | null, use: (client: Client) => Promise<unknown>) => {
    const address = new URL(databaseUrl())
    if (name !== null) address.pathname = `/${name}`
    const client = new Client(address.href)
    await client.connect()
    try {
      await use(client)
    } finally {
      await client.end()
    }
  }
  return {
    age: ({ id: base }, table, id, instant) =>
      inDatabase('nocodb', async (client) => {
        const { rows } = await client.query<{ schema: string; name: string }>(
          'select table_schema as schema, table_name as name from information_schema.tables where table_schema = $1 and table_name ilike $2',
          [base, table],
        )
        for (const { schema, name } of rows) {
          const place = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
          await client.query(`update ${place} set created_at = $1, updated_at = $1 where id = $2`, [
            instant,
            id,
          ])
        }
      }),
    async insertAtOnce(base, table, rows) {
      const address = `${url}/api/v2/tables/${base.table(table).id}/records`
      const headers = { 'xc-auth': await signIn(url, email, password) }
      const { status } = await axios.post(address, rows, { headers }) // fetch would wait five minutes at most
      return status
    },
    async newDatabase(name) {
      await inDatabase(null, (client) => client.query(`create database ${client.escapeIdentifier(name)}`))
      const address = new URL(databaseUrl())
      address.pathname = `/${name}`
      return address.href
    },
  }
}
